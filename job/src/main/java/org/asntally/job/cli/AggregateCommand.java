package org.asntally.job.cli;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.asntally.job.lists.ListMaker;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code asntally aggregate FILE}: any networks in, the fewest prefixes out. */
@Command(
        name = "aggregate",
        header = "Turn addresses, prefixes and ranges into the fewest prefixes.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Reads addresses, prefixes and ranges (192.0.2.9-192.0.2.20), one a line, of both"
                    + " families; comments begin with # or ;. A line that cannot be used is told and"
                    + " left out. plain and json hold exactly the addresses of the input; the other"
                    + " formats leave special-purpose networks out.",
            ""
        },
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally aggregate drop.txt own.txt",
            "  printf '192.0.2.0/25\\n192.0.2.128/25\\n' | asntally aggregate",
            "  asntally aggregate drop.txt --except 192.0.2.0/24 --format ipset | ipset restore",
            "",
            "Exit status: 0 done, 1 a line could not be used, nothing is left, or the list is longer than",
            "--max (in the last two cases nothing is written), 2 usage, 4 an input or output failed."
        })
final class AggregateCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE|NETWORK|-",
            arity = "0..*",
            description =
                    "Files (also .gz, .bz2, .zst, .xz), networks, or - for standard input. None:"
                            + " standard input.")
    private List<String> inputs = List.of();

    @Mixin ListOptions list = new ListOptions();
    @Mixin CommonOptions common = new CommonOptions();

    @Spec private @Nullable CommandSpec spec;

    private final Console console;
    private final Clock clock;

    AggregateCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        var request = list.request(common.quiet, Objects.requireNonNull(spec).commandLine());
        boolean all = new ListMaker(request, console, clock).aggregate(inputs);
        return (all ? ExitStatus.DONE : ExitStatus.PARTLY).code();
    }
}
