package org.asntally.job.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code asntally rib}: routing tables. */
@Command(
        name = "rib",
        header = "Make routing tables and look at them.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally rib build -o today.rib ipasn_20260527.1600.dat.gz",
            "  asntally rib info today.rib"
        })
final class RibCommand implements Runnable {

    @Mixin CommonOptions common = new CommonOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }
}
