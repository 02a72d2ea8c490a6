package org.asntally.job.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of logs and of the times in them. */
final class LogOptions {

    @Option(
            names = "--log-format",
            paramLabel = "NAME|PATTERN",
            description =
                    "common, combined, main, vhost, vhost-combined, caddy, traefik, nginx, ecs,"
                            + " netfilter, or the text of an nginx log_format or Apache LogFormat;"
                            + " implies -I log (default: detected).")
    @Nullable String format;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description =
                    "Zone of times that name none: UTC, +02:00, Europe/Berlin (default: the"
                            + " system's).")
    private @Nullable String timezone;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "First day of times that name none (default: the file's date).")
    private @Nullable String date;

    ZoneId zone() throws Fault {
        if (timezone == null) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(timezone);
        } catch (DateTimeException e) {
            throw new Fault(
                    Problem.BAD_VALUE,
                    timezone,
                    "--timezone",
                    "a zone such as UTC, +02:00 or Europe/Berlin");
        }
    }

    @Nullable LocalDate date() throws Fault {
        if (date == null) {
            return null;
        }
        try {
            return LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new Fault(Problem.BAD_VALUE, date, "--date", "a date such as 2026-05-27");
        }
    }
}
