package org.asntally.job.cli;

import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code asntally completion SHELL}: a script that completes commands and options. */
@Command(
        name = "completion",
        header = "Print a completion script for a shell.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally completion bash > /etc/bash_completion.d/asntally",
            "  asntally completion zsh > ~/.asntally-completion; echo '. ~/.asntally-completion' >> ~/.zshrc",
            "  asntally completion fish > ~/.config/fish/completions/asntally.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell = "";

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Fault {
        AsntallyCommand root =
                new AsntallyCommand(console, (request, where) -> ExitStatus.DEFECT.code());
        Completion completion = new Completion(root.program(), root.oldCounter());
        console.out()
                .print(
                        switch (shell) {
                            case "bash" -> completion.bash();
                            case "zsh" -> completion.zsh();
                            case "fish" -> completion.fish();
                            default ->
                                    throw new Fault(
                                            Problem.BAD_VALUE,
                                            shell,
                                            "completion",
                                            "one of: bash, zsh, fish");
                        });
        return ExitStatus.DONE.code();
    }
}
