package org.asntally.job.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.asntally.job.config.Finding;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFileReading;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally check FILE|-}: all that is wrong with a job file, by place. */
@Command(
        name = "check",
        header = "Check a job file: every problem by its place; nothing is started.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Each problem is a line FILE:LINE:COLUMN: on standard error. Warnings, such as a pattern"
                    + " that matches no file now, do not fail the check.",
            ""
        },
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally check edge.yaml",
            "  asntally check --print edge.yaml",
            "",
            "Exit status: 0 valid, 2 problems or usage, 4 the file cannot be read, 70 a defect."
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE|-", description = "The job file; - is standard input.")
    private @Nullable String file;

    @Option(
            names = "--print",
            description =
                    "Print the configuration as it takes effect, with all defaults; secrets stay"
                            + " references.")
    private boolean print;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Fault {
        String shown = String.valueOf(file);
        JobFileReading reading = read(shown);
        for (Finding finding : reading.findings()) {
            console.err().println(finding.line());
        }
        JobFile job = reading.file();
        if (job == null) {
            int errors = reading.errors();
            console.err()
                    .println(
                            errors == 1
                                    ? "1 problem, nothing was started"
                                    : errors + " problems, nothing was started");
            return ExitStatus.USAGE.code();
        }
        String said =
                Problem.printable(shown)
                        + ": valid: "
                        + many(job.sources().size(), "source")
                        + ", "
                        + many(job.counts().size(), "count")
                        + ", "
                        + many(job.sinks().size(), "sink");
        console.out().print(print ? "# " + said + "\n" + job.print() : said + "\n");
        return ExitStatus.DONE.code();
    }

    private JobFileReading read(String shown) throws Fault {
        if (shown.equals("-")) {
            try {
                return JobFiles.read(console.in(), shown, console::variable);
            } catch (IOException e) {
                throw Fault.because(e, Problem.NO_STDIN, String.valueOf(e.getMessage()));
            }
        }
        Path path = CountCommand.path("FILE", shown);
        return JobFiles.read(Objects.requireNonNull(path), console::variable);
    }

    private static String many(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
