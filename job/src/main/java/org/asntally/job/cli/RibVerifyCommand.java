package org.asntally.job.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibFormatException;
import org.asntally.lookup.starter.StarterTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally rib verify [FILE|DIR]}: are the tables whole? */
@Command(
        name = "verify",
        header = "Check RIB files from end to end: checksums, structure, content hash.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally rib verify",
            "  asntally rib verify today.rib",
            "",
            "Exit status: 0 all are whole, 1 some are not, 3 none is."
        })
final class RibVerifyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE|DIR",
            arity = "0..1",
            description =
                    "A RIB file or an archive (default: rib in the data folder, else the starter"
                            + " table).")
    private @Nullable String place;

    @Option(names = "--rib", paramLabel = "FILE|DIR", description = "The same.")
    private @Nullable String rib;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;

    RibVerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Fault {
        Path named = CountCommand.path("FILE", place != null ? place : rib);
        Path path = named != null ? named : DataFolder.of(common.dataDir, console).archive();
        if (named != null && !Files.exists(named)) {
            throw new Fault(Problem.NO_SUCH_RIB, named);
        }
        List<Path> files = files(path);
        if (files.isEmpty() && named != null) {
            throw new Fault(Problem.BAD_RIB, "'" + named + "' holds no RIB file");
        }
        if (files.isEmpty()) {
            Path starter = StarterTable.file();
            if (starter == null) {
                throw new Fault(Problem.NO_STARTER_TABLE);
            }
            files = List.of(starter);
        }
        int bad = 0;
        for (Path file : files) {
            bad += check(file) ? 0 : 1;
        }
        return (bad == 0
                        ? ExitStatus.DONE
                        : bad == files.size() ? ExitStatus.NO_RIB : ExitStatus.PARTLY)
                .code();
    }

    private static List<Path> files(Path path) throws Fault {
        try {
            return Files.isDirectory(path) || !Files.exists(path)
                    ? new RibArchive(path).files()
                    : List.of(path);
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, path + ": " + Reasons.of(e));
        }
    }

    private boolean check(Path file) {
        try {
            String facts = RibText.routes(RibFile.verify(file).info());
            if (!common.quiet) {
                console.out().println("ok " + Problem.printable(file.toString()) + ": " + facts);
            }
            return true;
        } catch (RibFormatException e) {
            console.flush();
            console.err().println(Problem.BAD_TABLE_FILE.say(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            console.flush();
            console.err().println(Problem.NOT_READABLE.say(file, Reasons.of(e)));
        }
        return false;
    }
}
