package org.asntally.sources;

import java.io.Serializable;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is known of one exporter's datagrams since the reader began. Plain data.
 *
 * @param exporter its address
 * @param subAgent its part, unsigned; 0 where it has none
 * @param datagrams that came, duplicates too
 * @param samples flow samples in them
 * @param lostDatagrams whose numbers never came
 * @param lostSamples whose numbers never came
 * @param duplicates datagrams that came twice: the second was rejected
 * @param reordered datagrams that came behind a later one
 * @param resets how often it began to count anew
 * @param drops samples that it had no room for by itself
 * @param rate the sampling rate in force, as it was applied last; 0 before the first sample
 * @param lastMillis when the last datagram came, milliseconds since 1970-01-01 UTC
 * @param refused how many datagrams and samples of it were refused or could not be read, by reason
 */
public record ExporterHealth(
        ExporterId exporter,
        int subAgent,
        long datagrams,
        long samples,
        long lostDatagrams,
        long lostSamples,
        long duplicates,
        long reordered,
        long resets,
        long drops,
        long rate,
        long lastMillis,
        Map<SkipReason, Long> refused)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** An unmodifiable copy. */
    public ExporterHealth {
        refused = Map.copyOf(refused);
    }

    /** The same, of which so much was refused. */
    public ExporterHealth refusing(Map<SkipReason, Long> reasons) {
        return new ExporterHealth(
                exporter,
                subAgent,
                datagrams,
                samples,
                lostDatagrams,
                lostSamples,
                duplicates,
                reordered,
                resets,
                drops,
                rate,
                lastMillis,
                reasons);
    }

    /** An exporter of which nothing was taken. */
    public static ExporterHealth refused(ExporterId exporter, Map<SkipReason, Long> reasons) {
        return new ExporterHealth(exporter, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, reasons);
    }

    /** What is missing, in words. */
    public String text() {
        StringBuilder text = new StringBuilder(160);
        text.append("exporter ").append(exporter);
        if (subAgent != 0) {
            text.append(", sub-agent ").append(Integer.toUnsignedString(subAgent));
        }
        text.append(": ").append(datagrams).append(" datagrams came");
        append(text, lostDatagrams, " were lost");
        append(text, duplicates, " of them twice");
        text.append("; ").append(samples).append(" samples");
        append(text, lostSamples, " were lost");
        append(text, drops, " it had no room for");
        if (!refused.isEmpty()) {
            text.append("; refused: ").append(reasons(refused));
        }
        return text.toString();
    }

    /** {@code bad-sample 3, implausible 1}. */
    public static String reasons(Map<SkipReason, Long> reasons) {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(reason -> reason.getKey().label() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(what);
        }
    }

    /** Whether something of it never came, came more than once, or was refused. */
    public boolean hasLoss() {
        return lostDatagrams > 0
                || lostSamples > 0
                || duplicates > 0
                || drops > 0
                || !refused.isEmpty();
    }
}
