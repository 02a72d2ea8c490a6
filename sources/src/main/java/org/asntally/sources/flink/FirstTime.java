package org.asntally.sources.flink;

import java.util.Arrays;
import java.util.EnumSet;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.FollowedFile;
import org.asntally.sources.packet.BadPackets;
import org.asntally.sources.packet.PacketFormat;
import org.asntally.sources.text.LineFeed;
import org.asntally.sources.text.LineFormat;

/** Reads from its first lines when a file begins. */
final class FirstTime {
    private final LogFiles what;
    private final FlowBatchBuilder flows = new FlowBatchBuilder(EnumSet.of(FlowColumn.TIME));

    FirstTime(LogFiles what) {
        this.what = what;
    }

    /** The earliest time of the whole lines at its beginning; the least long when there is none. */
    long of(FollowedFile file) {
        byte[] head = file.firstBytes();
        return of(head, head.length, file.changedMillis());
    }

    /** The same of what begins in the middle of a line. */
    long afterLine(byte[] text, int length, long changedMillis) {
        int feed = LineFeed.find(text, 0, length);
        return feed >= length
                ? Long.MIN_VALUE
                : of(Arrays.copyOfRange(text, feed + 1, length), length - feed - 1, changedMillis);
    }

    long of(byte[] head, int length, long changedMillis) {
        if (what.format() instanceof PacketFormat packets) {
            flows.startsAt(0);
            packets.open().read(head, 0, length, 0, flows, BadPackets.UNHEARD);
            return least();
        }
        int end = 0;
        for (int feed = LineFeed.find(head, 0, length); feed < length; ) {
            end = feed + 1;
            feed = LineFeed.find(head, end, length);
        }
        if (end == 0) {
            return Long.MIN_VALUE;
        }
        FlowFormat known = what.format();
        if (known == null) {
            known = what.teller().tell(head, end, false);
        }
        LineFormat format = known instanceof LineFormat lines ? lines : null;
        if (format == null || !format.provides(FlowColumn.TIME)) {
            return Long.MIN_VALUE;
        }
        flows.startsAt(0);
        format.open(OpenLines.dated(what.options(), changedMillis)).readBlock(head, 0, end, flows);
        return least();
    }

    private long least() {
        FlowBatch batch = flows.build();
        if (batch.rows() == 0) {
            return Long.MIN_VALUE;
        }
        long[] times = new long[batch.rows()];
        batch.longs(FlowColumn.TIME, times);
        long least = Long.MAX_VALUE;
        for (long time : times) {
            least = Math.min(least, time);
        }
        return least;
    }
}
