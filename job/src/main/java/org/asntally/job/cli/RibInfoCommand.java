package org.asntally.job.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code asntally rib info [FILE|DIR]}: what a table is. */
@Command(
        name = "info",
        header = "Say what a routing table is: kind, size, age, source, licence.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  asntally rib info", "  asntally rib info today.rib"})
final class RibInfoCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE|DIR",
            arity = "0..1",
            description =
                    "A table or a folder of tables (default: the newest in the data folder, else"
                            + " the starter table).")
    private @Nullable String table;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;

    RibInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Fault {
        Path path = CountCommand.path("FILE", table);
        RibChoice choice = new RibChoice(path, null, DataFolder.of(common.dataDir, console));
        RibOpening opened = RibOpening.open(choice, true, false, console);
        console.out().print(RibText.facts(opened.place(), opened.rib()));
        return ExitStatus.DONE.code();
    }
}
