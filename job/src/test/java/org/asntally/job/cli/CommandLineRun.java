package org.asntally.job.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest;
import org.jspecify.annotations.Nullable;

/** One run of a command line in this JVM, with a counter that only notes what it was asked. */
final class CommandLineRun {

    final int status;
    final String out;
    final String err;
    final @Nullable CountRequest request;

    private CommandLineRun(int status, String out, String err, @Nullable CountRequest request) {
        this.status = status;
        this.out = out;
        this.err = err;
        this.request = request;
    }

    static CommandLineRun of(String... arguments) {
        return as("asntally", arguments);
    }

    static CommandLineRun as(String name, String... arguments) {
        return as(name, "", arguments);
    }

    /** {@code asntally} with a text on its standard input. */
    static CommandLineRun reading(String input, String... arguments) {
        return as("asntally", input, arguments);
    }

    static CommandLineRun as(String name, String input, String[] arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                Console.of(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err,
                        Map.of("HOME", "/nonexistent"));
        CountRequest[] asked = new CountRequest[1];
        int status =
                new AsntallyCommand(
                                console,
                                (request, where) -> {
                                    asked[0] = request;
                                    return 0;
                                })
                        .execute(name, arguments);
        return new CommandLineRun(
                status,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                asked[0]);
    }

    CountRequest asked() {
        if (request == null) {
            throw new AssertionError("nothing was counted: exit " + status + ", " + err);
        }
        return request;
    }
}
