package org.asntally.job.attribute;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/** What the one who watches the archive has the reader tell. */
final class RibTold implements SourceEvent {

    private static final long serialVersionUID = 1;

    private static final int MOST = 1000;

    private final ArrayList<RibMessage> messages;

    private RibTold(List<RibMessage> messages) {
        this.messages = new ArrayList<>(messages);
    }

    /** As many events as it takes to have none too large for a message between processes. */
    static List<RibTold> of(List<RibMessage> messages) {
        List<RibTold> events = new ArrayList<>();
        List<RibMessage> next = new ArrayList<>();
        for (RibMessage message : messages) {
            if (message.chunk() != null || next.size() == MOST) {
                if (!next.isEmpty()) {
                    events.add(new RibTold(next));
                }
                next.clear();
            }
            if (message.chunk() != null) {
                events.add(new RibTold(List.of(message)));
            } else {
                next.add(message);
            }
        }
        if (!next.isEmpty()) {
            events.add(new RibTold(next));
        }
        return events;
    }

    List<RibMessage> messages() {
        return messages;
    }
}
