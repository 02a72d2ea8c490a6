package org.asntally.job.attribute;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * A timeline in broadcast state: versions (content hash and valid-from time) with the place of
 * their bytes, and the time up to which all are known. Some hundred bytes a version. One thread.
 */
final class TimelineState {

    private static final String KNOWN_UNTIL = "known-until";

    private final BroadcastState<String, String> versions;
    private final BroadcastState<String, Long> known;

    TimelineState(OperatorStateStore store) throws Exception {
        versions =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                "versions", StringSerializer.INSTANCE, StringSerializer.INSTANCE));
        known =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                "known", StringSerializer.INSTANCE, LongSerializer.INSTANCE));
    }

    /** Tells a timeline all that was kept. */
    void restore(RibTimeline timeline) throws Exception {
        Long until = known.get(KNOWN_UNTIL);
        if (until != null) {
            timeline.add(RibMessage.knownUntil(until));
        }
        for (var entry : versions.immutableEntries()) {
            timeline.add(RibMessage.version(version(entry.getKey(), entry.getValue())));
        }
    }

    /** Keeps what a message says that a timeline is going to learn; no part of a table. */
    void add(RibMessage message, RibTimeline timeline) throws Exception {
        RibVersion version = message.version();
        if (version != null) {
            versions.put(key(version), version.location());
        } else {
            known.put(KNOWN_UNTIL, Math.max(message.knownUntil(), timeline.knownUntil()));
        }
    }

    /** One table may be in force more than once, so its hash alone names no version. */
    private static String key(RibVersion version) {
        return version.id() + '@' + version.validFrom();
    }

    private static RibVersion version(String key, String location) {
        int at = key.indexOf('@');
        return new RibVersion(
                key.substring(0, at), Long.parseLong(key.substring(at + 1)), location);
    }
}
