package org.asntally.job.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.ask.Explain;
import org.asntally.job.ask.ExplainRequest;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.TableChoice;
import org.asntally.job.problem.Fault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally explain ADDRESS}: why does an address belong to this network? */
@Command(
        name = "explain",
        header = "Say why an address has its network: routes, origins, table, special purpose.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Shows the route that is matched and those that cover it, all origins, the line of the"
                    + " table that it was read from, and what the IANA registries set the address"
                    + " aside for. Of a prefix also the routes within it; of an AS what it originates.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "Input:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally explain 8.8.8.8",
            "  asntally explain --at 2026-05-27T16:00Z 192.0.2.77 2001:db8::1",
            "  asntally explain -O json 192.0.2.0/24 AS15169"
        })
final class ExplainCommand implements Callable<Integer> {

    /** What answers look like. */
    enum Shape {
        TEXT,
        JSON
    }

    @Parameters(
            paramLabel = "ADDRESS|PREFIX|AS",
            arity = "1..*",
            description = "IP addresses, prefixes, and AS numbers as AS15169.")
    private List<String> questions = List.of();

    @Option(
            names = {"-O", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            completionCandidates = Shapes.class,
            description = "text, or json (an object per line); default: text.")
    private String format = "text";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Use the table that was in force then, RFC 3339 (default: the newest).")
    private @Nullable String at;

    @Option(
            names = "--rib",
            paramLabel = "FILE|DIR",
            description =
                    "Routing table or archive: any that rib build reads or makes (default: the"
                            + " archive in the data folder, else the starter table).")
    private @Nullable String rib;

    @Option(
            names = "--no-map-v4",
            description =
                    "Look ::ffff:192.0.2.1 up as IPv6, not as the IPv4 address that it carries.")
    private boolean noMapV4;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Fault {
        boolean all =
                Explain.run(
                        new ExplainRequest(
                                List.copyOf(questions),
                                Values.one("--format", format, Shape.class) == Shape.JSON,
                                !noMapV4,
                                new TableChoice(
                                        CountCommand.path("--rib", rib),
                                        Values.time("--at", at),
                                        null,
                                        DataFolder.of(common.dataDir, console))),
                        console);
        return (all ? ExitStatus.DONE : ExitStatus.PARTLY).code();
    }

    static final class Shapes extends CountCommand.Names {
        private static final long serialVersionUID = 1L;

        Shapes() {
            super(Shape.values());
        }
    }
}
