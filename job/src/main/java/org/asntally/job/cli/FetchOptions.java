package org.asntally.job.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.update.TableOrder;
import org.asntally.job.value.DurationText;
import org.asntally.job.value.SizeText;
import org.asntally.lookup.download.DownloadLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of whatever gets a table from elsewhere. */
final class FetchOptions {

    @Option(
            names = "--allow-shrink",
            description =
                    "Take a table that has less than 90 %% of the routes of the one in use, or none"
                            + " of a family.")
    boolean allowShrink;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) to trust beside those that Java knows (default:"
                            + " $SSL_CERT_FILE, if it is set).")
    @Nullable String certificates;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            description = "Largest download (default: 2G).")
    @Nullable String maxSize;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "Longest download, further attempts included (default: 1h).")
    @Nullable String timeout;

    @Option(
            names = "--stall",
            paramLabel = "DURATION",
            description = "Longest silence of a server (default: 30s).")
    @Nullable String stall;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Further attempts after a failure that may pass (default: 3).")
    @Nullable String retries;

    @Option(names = "--no-progress", description = "No progress line on a terminal.")
    boolean noProgress;

    /** What is asked for. */
    TableOrder order(String from, @Nullable String names, boolean quiet, boolean verbose)
            throws Fault {
        Path trusted = CountCommand.path("--ca-file", certificates);
        return new TableOrder(
                from,
                names,
                limits(),
                trusted,
                allowShrink,
                "asntally/" + Version.text(),
                quiet,
                verbose,
                !noProgress && !quiet);
    }

    private DownloadLimits limits() throws Fault {
        DownloadLimits limits = DownloadLimits.DEFAULT;
        if (maxSize != null) {
            limits = limits.bytes(size("--max-size", maxSize));
        }
        if (timeout != null) {
            limits = limits.total(duration("--timeout", timeout, "1h"));
        }
        if (stall != null) {
            limits = limits.stall(duration("--stall", stall, "30s"));
        }
        if (retries != null) {
            limits = limits.retries(Values.number("--retries", retries, 0, 100));
        }
        return limits;
    }

    static Duration duration(String option, String text, String example) throws Fault {
        Duration duration = DurationText.parse(text);
        if (duration == null) {
            throw new Fault(Problem.BAD_VALUE, text, option, "a duration such as " + example);
        }
        return duration;
    }

    /** A number of bytes with k, M, G or Ki, Mi, Gi behind it. */
    static long size(String option, String text) throws Fault {
        Long size = SizeText.parse(text);
        if (size != null) {
            return size;
        }
        throw new Fault(Problem.BAD_VALUE, text, option, "a size such as 500M or 2G");
    }
}
