package org.asntally.job.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.asntally.job.local.Console;
import org.asntally.job.local.Durations;
import org.asntally.job.local.TerminalLine;
import org.asntally.lookup.rib.RibArchive;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal's standard error about a job in this process: flows a second, how far the
 * sources are behind, the time that windows have come to, the age of the table in force, and what
 * was lost. Gone when the job ends.
 */
final class StatusLine implements AutoCloseable {

    private static final long EACH_MILLIS = 1_000;
    private static final long TABLES_MILLIS = 10_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final TerminalLine line;
    private final @Nullable RibArchive archive;
    private final Clock clock;
    private long flows;
    private long millis;
    private long tablesMillis;
    private @Nullable Instant validFrom;

    private StatusLine(Console console, @Nullable Path archive, Clock clock) {
        this.line = new TerminalLine(console);
        this.archive = archive == null ? null : new RibArchive(archive);
        this.clock = clock;
        this.millis = clock.millis();
    }

    /** Without an archive it says nothing of tables. For tests: nothing ticks. */
    static StatusLine of(Console console, @Nullable Path archive, Clock clock) {
        return new StatusLine(console, archive, clock);
    }

    /** Shows it, once a second. */
    static StatusLine start(Console console, @Nullable Path archive) {
        StatusLine status = of(console, archive, Clock.systemUTC());
        status.line.keep(EACH_MILLIS, EACH_MILLIS, status::text);
        return status;
    }

    private @Nullable String text() {
        StatusMetrics metrics = StatusMetrics.newest();
        return metrics == null ? null : text(metrics);
    }

    /** The line as it is now. */
    String text(StatusMetrics metrics) {
        long now = clock.millis();
        long all = metrics.sum(word -> word.equals("counted") || word.equals("rejected"));
        // A job that was restored counts anew.
        long more = Math.max(0, all - flows);
        long perSecond = 1_000 * more / Math.max(1, now - millis);
        flows = all;
        millis = now;
        StringBuilder text = new StringBuilder(120);
        text.append(number(perSecond)).append(" flows/s");
        behind(text, metrics.sum("pendingBytes"), "bytes");
        behind(text, metrics.sum("pendingRecords"), "records");
        long time = metrics.least("currentInputWatermark");
        if (time == Long.MAX_VALUE || time == Long.MIN_VALUE) {
            text.append(", no time yet");
        } else {
            text.append(", time ").append(TIME.format(Instant.ofEpochMilli(time)));
            text.append(" (").append(Durations.text(Duration.ofMillis(Math.max(0, now - time))));
            text.append(" ago)");
        }
        tables(text, time, now);
        long lost = metrics.sum(word -> word.equals("lost") || word.equals("dropped"));
        text.append(", ").append(lost == 0 ? "nothing" : number(lost)).append(" lost");
        long skipped = metrics.sum("skipped"::equals);
        if (skipped > 0) {
            text.append(", ").append(number(skipped)).append(" skipped");
        }
        long failed = metrics.sum("numberOfFailedCheckpoints");
        if (failed > 0) {
            text.append(", ").append(number(failed)).append(" checkpoints failed");
        }
        return text.toString();
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void behind(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(", ").append(number(number)).append(' ').append(unit);
            text.append(" to read");
        }
    }

    private void tables(StringBuilder text, long time, long now) {
        RibArchive tables = archive;
        if (tables == null) {
            return;
        }
        if (now - tablesMillis >= TABLES_MILLIS) {
            tablesMillis = now;
            try {
                boolean known = time != Long.MAX_VALUE && time != Long.MIN_VALUE;
                RibArchive.Entry entry = tables.inForce(Instant.ofEpochMilli(known ? time : now));
                validFrom = entry == null ? null : entry.validFrom();
            } catch (IOException e) {
                validFrom = null;
            }
        }
        if (validFrom != null) {
            Duration age = Duration.between(validFrom, Instant.ofEpochMilli(now));
            text.append(", table of ").append(Durations.age(age)).append(" ago");
        }
    }

    /** Makes room for a message. */
    void hide() {
        line.hide();
    }

    @Override
    public void close() {
        line.close();
    }
}
