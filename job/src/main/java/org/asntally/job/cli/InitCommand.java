package org.asntally.job.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.asntally.job.config.StarterFile;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code asntally init [FILE]}: a job file to begin with. */
@Command(
        name = "init",
        header = "Write a commented job file to begin with.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        parameterListHeading = "Output:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally init edge.yaml",
            "  asntally init | asntally check -",
            "",
            "Exit status: 0 written, 2 usage, 4 the file cannot be written or is there already."
        })
final class InitCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "The file to write; one that is there stays as it is. None: standard output.")
    private @Nullable String file;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Fault {
        Path path = CountCommand.path("FILE", file);
        String text = StarterFile.text();
        if (path == null) {
            console.out().print(text);
            return ExitStatus.DONE.code();
        }
        try {
            Files.write(path, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new Fault(Problem.ALREADY_THERE, path.toString());
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, path.toString(), Reasons.of(e));
        }
        if (!common.quiet) {
            console.err()
                    .println(
                            "wrote "
                                    + Problem.printable(path.toString())
                                    + "; check it: asntally check "
                                    + Problem.printable(path.toString()));
        }
        return ExitStatus.DONE.code();
    }
}
