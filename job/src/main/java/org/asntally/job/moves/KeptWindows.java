package org.asntally.job.moves;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.TallyRowsFormat;
import org.asntally.sinks.WindowTally;
import org.jspecify.annotations.Nullable;

/** The traffic of windows that moves may still be told with, each by prefix. One thread. */
final class KeptWindows {

    private record Window(long end, PrefixRows traffic) {}

    private final int measures;

    /** By their begin. */
    private final NavigableMap<Long, Window> windows = new TreeMap<>();

    private long rows;

    KeptWindows(int measures) {
        this.measures = measures;
    }

    /** Adds the prefixes among rows of a window, corrections too. */
    void add(WindowTally tally) {
        TallyRows from = tally.rows();
        Window window = null;
        for (int row = 0; row < from.size(); row++) {
            if (PrefixRows.isPrefix(from, row)) {
                if (window == null) {
                    window =
                            windows.computeIfAbsent(
                                    tally.windowStart(),
                                    start ->
                                            new Window(
                                                    tally.windowEnd(), new PrefixRows(measures)));
                    rows -= window.traffic.rows().size();
                }
                window.traffic.add(from, row);
            }
        }
        if (window != null) {
            rows += window.traffic.rows().size();
        }
    }

    /** The traffic of a window by its begin; null when there was none. */
    @Nullable PrefixRows of(long start) {
        Window window = windows.get(start);
        return window == null ? null : window.traffic;
    }

    /** Forgets windows that begin before a time. */
    void forgetBefore(long start) {
        Map<Long, Window> over = windows.headMap(start, false);
        for (Window window : over.values()) {
            rows -= window.traffic.rows().size();
        }
        over.clear();
    }

    /** Forgets the last window if it ends after a time; gives how many rows it had, else 0. */
    long forgetLast(long after) {
        Map.Entry<Long, Window> last = windows.lastEntry();
        if (last == null || last.getValue().end <= after) {
            return 0;
        }
        windows.remove(last.getKey());
        long size = last.getValue().traffic.rows().size();
        rows -= size;
        return size;
    }

    /** How many rows all of them have. */
    long rows() {
        return rows;
    }

    /** How many there are. */
    int size() {
        return windows.size();
    }

    /** All of it, to keep; what is large is cut, what is not is no copy. */
    List<WindowTally> list() {
        List<WindowTally> all = new ArrayList<>();
        windows.forEach(
                (start, window) -> {
                    TallyRows traffic = window.traffic.rows();
                    if (traffic.size() <= TallyRowsFormat.MAX_ROWS) {
                        all.add(new WindowTally(start, window.end, 0, false, traffic));
                        return;
                    }
                    for (int from = 0; from < traffic.size(); from += TallyRowsFormat.MAX_ROWS) {
                        int to = Math.min(traffic.size(), from + TallyRowsFormat.MAX_ROWS);
                        TallyRows part = new TallyRows(measures, to - from);
                        for (int row = from; row < to; row++) {
                            part.appendFrom(traffic, row);
                        }
                        all.add(new WindowTally(start, window.end, 0, false, part));
                    }
                });
        return all;
    }
}
