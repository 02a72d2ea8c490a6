package org.asntally.job.local;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportCounter;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.jspecify.annotations.Nullable;

/** What is said of a count after its report. */
final class Summary {

    private Summary() {}

    /**
     * What was read, counted and left out, how far the answer reaches, and the time it took.
     *
     * @param units what was read, of each kind of input; none where no input told its kind
     */
    static String line(Report report, Collection<String> units, Instant started, Instant now) {
        List<String> parts = new ArrayList<>();
        String read = units.isEmpty() ? "lines" : String.join(" and ", new TreeSet<>(units));
        parts.add("read " + report.count(CounterWord.READ) + " " + read);
        parts.add("counted " + report.count(CounterWord.COUNTED));
        parts.add("unrouted " + report.count(CounterWord.UNROUTED));
        long blank = report.count(CounterWord.BLANK);
        if (blank > 0) {
            parts.add("blank " + blank);
        }
        for (CounterWord word :
                List.of(
                        CounterWord.SKIPPED,
                        CounterWord.REJECTED,
                        CounterWord.DROPPED,
                        CounterWord.LOST,
                        CounterWord.NOTED)) {
            reasons(report, word, parts);
        }
        return String.join(", ", parts)
                + upTo(report.newest(), now)
                + "; "
                + Durations.text(Duration.between(started, now));
    }

    private static String upTo(@Nullable Instant newest, Instant now) {
        if (newest == null) {
            return "";
        }
        Duration ago = Duration.between(newest, now);
        return "; up to "
                + newest.truncatedTo(ChronoUnit.SECONDS)
                + (ago.isNegative() ? "" : " (" + Durations.ago(ago) + ")");
    }

    private static void reasons(Report report, CounterWord word, List<String> parts) {
        long count = report.count(word);
        if (count == 0) {
            return;
        }
        StringBuilder reasons = new StringBuilder();
        List<String> told = new ArrayList<>();
        for (ReportCounter counter : report.counters()) {
            if (counter.word() == word && !told.contains(counter.reason())) {
                told.add(counter.reason());
                ReportCounter whole = report.counter(word, counter.reason());
                if (whole != null) {
                    reasons.append(reasons.length() == 0 ? " (" : ", ")
                            .append(counter.reason())
                            .append(' ')
                            .append(whole.count());
                }
            }
        }
        String name = word.name().toLowerCase(java.util.Locale.ROOT);
        parts.add(name + " " + count + reasons + (reasons.length() == 0 ? "" : ")"));
    }

    /** asncounter's numbers under its words: skipped is blank, failed is unreadable. */
    static List<String> oldLines(Report report, CountRequest request) {
        List<String> lines = new ArrayList<>();
        Side side =
                request.counting().sides() == CountRequest.Sides.DESTINATION
                        ? Side.DESTINATION
                        : Side.SOURCE;
        if (request.counting().keys().contains(TableKey.ASN)) {
            lines.add("unique ASN: " + rows(report, KeyKind.ASN, side));
        }
        if (request.counting().keys().contains(TableKey.PREFIX)) {
            lines.add("unique prefixes: " + rows(report, KeyKind.PREFIX, side));
        }
        lines.add("total skipped: " + report.count(CounterWord.BLANK));
        lines.add("total failed: " + report.count(CounterWord.SKIPPED));
        return lines;
    }

    private static int rows(Report report, KeyKind kind, Side side) {
        ReportTable table = report.whole().table(kind, side);
        return table.size();
    }
}
