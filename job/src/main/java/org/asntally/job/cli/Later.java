package org.asntally.job.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the command line will have and does not have yet. It is refused by name, with what to do
 * until then; never taken and ignored.
 */
final class Later {

    /** Commands, and the names of links, of later versions. */
    static final List<String> COMMANDS =
            List.of(
                    "import",
                    "replay",
                    "bans",
                    "status",
                    "subnets",
                    "sql",
                    "web",
                    "apermon",
                    "asn_report");

    /** Options of {@code count}, each with what to do until it is there. */
    static final Map<String, String> COUNT_OPTIONS = countOptions();

    /** Options of {@code asncounter}. */
    static final Map<String, String> ASNCOUNTER_OPTIONS =
            Map.of(
                    "--repl", "send SIGHUP for a report in between: pkill -HUP asncounter",
                    "--manhole", "send SIGHUP for a report in between: pkill -HUP asncounter");

    /** Options of {@code rib build}. */
    static final Map<String, String> RIB_BUILD_OPTIONS =
            Map.of("--overrides", "until then put own routes at the end of the table");

    /** Report formats. */
    static final List<String> REPORT_FORMATS = List.of("html");

    private Later() {}

    private static Map<String, String> countOptions() {
        Map<String, String> options = new HashMap<>();
        options.put("--html", "use --json or --csv");
        options.put("--repl", "send SIGHUP for a report in between: pkill -HUP asntally");
        options.put("--live", "send SIGHUP for a report in between: pkill -HUP asntally");
        return Map.copyOf(options);
    }

    /** The refusal of an option, if it is one of these; {@code --name=value} too. */
    static @Nullable Fault refusal(String argument, Map<String, String> options) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String advice = options.get(name);
        return advice == null ? null : new Fault(Problem.NOT_YET, name, advice);
    }

    /** The refusal of a value. */
    static Fault refusal(String value, String advice) {
        return new Fault(Problem.NOT_YET, value, advice);
    }
}
