package org.asntally.sources;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts by exporter: flows, and what of theirs was refused and why. An open-addressing table of
 * bounded size: exporters beyond it are not counted apart. One thread; allocates for new exporters
 * only.
 */
public final class ExporterTable {

    /** As many exporters are told apart. */
    public static final int MOST = 8_192;

    private static final long SEED = System.nanoTime() | 1;

    private final int most;
    private @Nullable Entry[] entries = new Entry[64];
    private final List<Entry> known = new ArrayList<>();

    /** For {@link #MOST} exporters. */
    public ExporterTable() {
        this(MOST);
    }

    /** For so many exporters. */
    public ExporterTable(int most) {
        this.most = most;
    }

    /** What is known of an exporter. Numbers may be read by other threads, a little late. */
    public static final class Entry {
        private final ExporterId exporter;
        private final long[] refused = new long[SkipReason.values().length];
        private long flows;
        private long rate;
        private long latest = Long.MIN_VALUE;
        private long ahead;

        private Entry(ExporterId exporter) {
            this.exporter = exporter;
        }

        /** Its address. */
        public ExporterId exporter() {
            return exporter;
        }

        /**
         * A flow of it.
         *
         * @param appliedRate the sampling rate in force
         * @param millis the flow's time
         * @param clockMillis the time of another clock, when the flow was told
         */
        public void flow(long appliedRate, long millis, long clockMillis) {
            flows++;
            rate = appliedRate;
            if (millis >= latest) {
                latest = millis;
                ahead = millis - clockMillis;
            }
        }

        /** Something of it gave no flow. */
        public void refuse(SkipReason reason) {
            refused[reason.ordinal()]++;
        }

        /** Flows of it. */
        public long flows() {
            return flows;
        }

        /** The sampling rate in force; 0 before the first flow. */
        public long rate() {
            return rate;
        }

        /**
         * How far its latest flow was ahead of the moment when it was told, in milliseconds;
         * negative: behind.
         */
        public long aheadMillis() {
            return ahead;
        }

        /** How often something of it was refused for this reason. */
        public long refused(SkipReason reason) {
            return refused[reason.ordinal()];
        }

        /** How often for any reason. */
        public long allRefused() {
            long all = 0;
            for (long count : refused) {
                all += count;
            }
            return all;
        }

        /** How often for each reason that there was. */
        public Map<SkipReason, Long> refused() {
            Map<SkipReason, Long> all = new EnumMap<>(SkipReason.class);
            for (SkipReason reason : SkipReason.values()) {
                if (refused[reason.ordinal()] > 0) {
                    all.put(reason, refused[reason.ordinal()]);
                }
            }
            return all;
        }
    }

    /** The counts of an exporter; null when there are none. */
    public @Nullable Entry find(ExporterId exporter) {
        return entries[place(exporter.v6(), exporter.high(), exporter.low())];
    }

    /** The counts of an exporter, new ones if need be; null when there is no room for one more. */
    public @Nullable Entry of(boolean v6, long high, long low) {
        int at = place(v6, high, low);
        Entry there = entries[at];
        if (there != null || known.size() == most) {
            return there;
        }
        Entry fresh = new Entry(new ExporterId(v6, high, low));
        entries[at] = fresh;
        known.add(fresh);
        if (2 * known.size() > entries.length) {
            widen();
        }
        return fresh;
    }

    /** Where an exporter is, or would be. */
    private int place(boolean v6, long high, long low) {
        int mask = entries.length - 1;
        int at = hash(v6, high, low) & mask;
        for (Entry entry = entries[at]; entry != null; entry = entries[at]) {
            ExporterId exporter = entry.exporter;
            if (exporter.low() == low && exporter.high() == high && exporter.v6() == v6) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return at;
    }

    private void widen() {
        @Nullable Entry[] wide = new Entry[2 * entries.length];
        for (Entry entry : known) {
            ExporterId exporter = entry.exporter;
            int at = hash(exporter.v6(), exporter.high(), exporter.low()) & (wide.length - 1);
            while (wide[at] != null) {
                at = (at + 1) & (wide.length - 1);
            }
            wide[at] = entry;
        }
        entries = wide;
    }

    private static int hash(boolean v6, long high, long low) {
        long hash = SEED ^ high * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 29 ^ low ^ (v6 ? SEED : 0)) * 0xC2B2AE3D27D4EB4FL;
        return (int) (hash ^ hash >>> 32);
    }

    /** All exporters, in the order in which they came; a view. */
    public List<Entry> known() {
        return known;
    }
}
