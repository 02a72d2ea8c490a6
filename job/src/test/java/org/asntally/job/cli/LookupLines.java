package org.asntally.job.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.asntally.job.local.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What both readers of lookup's command line make of it, as text. */
final class LookupLines {

    private static final Console CONSOLE =
            Console.of(
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    Map.of("HOME", "/nonexistent"));

    private LookupLines() {}

    static @Nullable String quick(List<String> words) throws Exception {
        LookupCommand command = QuickLine.lookup(words, CONSOLE, Clock.systemUTC());
        return command == null ? null : text(command);
    }

    static String picocli(List<String> words) throws Exception {
        LookupCommand command = new LookupCommand(CONSOLE, Clock.systemUTC());
        new CommandLine(command)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .parseArgs(words.toArray(String[]::new));
        return text(command);
    }

    private static String text(LookupCommand command) throws Exception {
        // The folder has no text of its own.
        return command.request().toString().replaceAll("DataFolder@\\w+", "DataFolder")
                + command.request().table().dataFolder().path();
    }
}
