package org.asntally.job.cli;

import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import picocli.CommandLine.Command;

@Command(name = "build")
final class RibBuildCommand implements Callable<Integer> {
    private final Console console;

    RibBuildCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.flush();
        return 0;
    }
}
