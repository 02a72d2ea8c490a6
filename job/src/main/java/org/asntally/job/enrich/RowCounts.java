package org.asntally.job.enrich;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asntally.job.local.Durations;
import org.asntally.sources.SkipReason;

/** What became of the rows of one input. */
public final class RowCounts {

    private long rows;
    private long routed;
    private long unrouted;
    private long beforeFirst;
    private final long[] skips = new long[SkipReason.values().length];
    private final long[] renamed = new long[AddedNames.NAMES.size()];

    RowCounts() {}

    void addRow() {
        rows++;
    }

    void addRouted() {
        routed++;
    }

    void addUnrouted() {
        unrouted++;
    }

    void addBeforeFirst() {
        beforeFirst++;
    }

    void addSkipped(SkipReason reason) {
        skips[reason.ordinal()]++;
    }

    /** A row has this name already; whether it is the first one. */
    boolean addRenamed(int column) {
        return renamed[column]++ == 0;
    }

    /** All rows, header and blank ones included. */
    public long rows() {
        return rows;
    }

    /** Rows with a network. */
    public long routed() {
        return routed;
    }

    /** Rows whose address no network holds. */
    public long unrouted() {
        return unrouted;
    }

    /** Rows without columns, or with empty ones, for this reason. */
    public long skipped(SkipReason reason) {
        return skips[reason.ordinal()];
    }

    /** The line for people. */
    String line(Duration taken) {
        List<String> parts = new ArrayList<>();
        parts.add("read " + rows + " rows");
        parts.add("enriched " + routed);
        parts.add("unrouted " + unrouted);
        if (skipped(SkipReason.BLANK) > 0) {
            parts.add("blank " + skipped(SkipReason.BLANK));
        }
        long skipped = 0;
        List<String> reasons = new ArrayList<>();
        for (SkipReason reason : SkipReason.values()) {
            if (reason != SkipReason.NONE && reason != SkipReason.BLANK && skipped(reason) > 0) {
                skipped += skipped(reason);
                reasons.add(reason.label() + " " + skipped(reason));
            }
        }
        if (skipped > 0) {
            parts.add("skipped " + skipped + " (" + String.join(", ", reasons) + ")");
        }
        for (int i = 0; i < renamed.length; i++) {
            if (renamed[i] > 0) {
                parts.add("'" + AddedNames.NAMES.get(i) + "' renamed in " + renamed[i]);
            }
        }
        if (beforeFirst > 0) {
            parts.add("older than the oldest table " + beforeFirst);
        }
        return String.join(", ", parts) + "; " + Durations.text(taken);
    }
}
