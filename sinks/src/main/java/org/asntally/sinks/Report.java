package org.asntally.sinks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a count found: windows by time with their tables, and the counters. */
public final class Report {

    private final List<ReportWindow> windows;
    private final List<ReportCounter> counters;
    private final int measures;
    private final @Nullable Instant newest;

    Report(List<ReportWindow> windows, KeyedRows counters, int measures) {
        this.windows = List.copyOf(windows);
        this.counters = read(counters);
        this.measures = measures;
        this.newest = newest(counters);
    }

    private static List<ReportCounter> read(KeyedRows rows) {
        List<ReportCounter> counters = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            TallyRows page = rows.page(row);
            int at = KeyedRows.at(row);
            CounterWord word = page.word(at);
            byte[] name = page.name(at);
            String text = name == null ? "" : new String(name, StandardCharsets.UTF_8);
            int tab = text.indexOf('\t');
            String reason = tab < 0 ? text : text.substring(0, tab);
            reason = hasReasons(word) ? reason : "";
            String source = tab < 0 ? "" : text.substring(tab + 1);
            counters.add(new ReportCounter(word, reason, source, page.sum(at, 0)));
        }
        counters.sort(new ByWord());
        return List.copyOf(counters);
    }

    private Report(Report of) {
        this.windows = of.windows;
        this.counters = of.counters;
        this.measures = of.measures;
        this.newest = null;
    }

    /** The same, of input that tells no times: its flows are of the moment of reading. */
    public Report withoutTimes() {
        return new Report(this);
    }

    private static @Nullable Instant newest(KeyedRows rows) {
        long newest = Long.MIN_VALUE;
        for (int row = 0; row < rows.size(); row++) {
            newest = Math.max(newest, rows.page(row).newest(KeyedRows.at(row)));
        }
        return newest == Long.MIN_VALUE ? null : Instant.ofEpochMilli(newest);
    }

    /** Of the other words there is one reason only. */
    private static boolean hasReasons(CounterWord word) {
        return switch (word) {
            case REJECTED, SKIPPED, DROPPED, LOST, NOTED -> true;
            case READ, COUNTED, UNROUTED, BLANK -> false;
        };
    }

    /** By word, source, then reason. */
    private static final class ByWord implements Comparator<ReportCounter> {
        @Override
        public int compare(ReportCounter a, ReportCounter b) {
            int order = a.word().compareTo(b.word());
            order = order != 0 ? order : a.source().compareTo(b.source());
            return order != 0 ? order : a.reason().compareTo(b.reason());
        }
    }

    /** The windows by their start; empty if nothing was counted. */
    public List<ReportWindow> windows() {
        return windows;
    }

    /** All windows as one. */
    public ReportWindow whole() {
        if (windows.size() == 1) {
            return windows.get(0);
        }
        ReportWindow whole =
                new ReportWindow(WindowTally.WHOLE_START, WindowTally.WHOLE_END, measures);
        for (ReportWindow window : windows) {
            whole.addAll(window);
        }
        return whole;
    }

    /** All counters, by word, source and reason. */
    public List<ReportCounter> counters() {
        return counters;
    }

    /**
     * The newest time of a flow that was read, counted or not: how far the answer reaches; null
     * where the input tells no times.
     */
    public @Nullable Instant newest() {
        return newest;
    }

    /** The sum of a word's counters. */
    public long count(CounterWord word) {
        long count = 0;
        for (ReportCounter counter : counters) {
            if (counter.word() == word) {
                count += counter.count();
            }
        }
        return count;
    }

    /** The counter of a word and a reason over all sources, or null if there is none. */
    public @Nullable ReportCounter counter(CounterWord word, String reason) {
        ReportCounter found = null;
        for (ReportCounter counter : counters) {
            if (counter.word() == word && counter.reason().equals(reason)) {
                long count = counter.count() + (found == null ? 0 : found.count());
                found = new ReportCounter(word, reason, "", count);
            }
        }
        return found;
    }
}
