package org.asntally.job.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest;
import org.asntally.job.local.LocalRun;

/**
 * {@code RunsInOneJvm RUNS ARGUMENT...}: runs a command several times in one JVM, so that the last is as fast as the
 * compiler makes it; prints the seconds of each. In this package, since a command ends its process otherwise.
 */
public final class RunsInOneJvm {

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int runs = Integer.parseInt(arguments[0]);
        String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
        // ends its cluster too; not public, since nobody else has a process that lives on
        Method whole =
                LocalRun.class.getDeclaredMethod("count", CountRequest.class, Console.class, boolean.class);
        whole.setAccessible(true);
        Counter counter =
                (request, console) -> {
                    try {
                        return (int) whole.invoke(null, request, console, true);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                };
        String temporary = System.getProperty("java.io.tmpdir");
        for (int run = 0; run < runs; run++) {
            System.setProperty("java.io.tmpdir", temporary); // a run points it at its own folder
            long start = System.nanoTime();
            Console console =
                    Console.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(), System.err, Map.of());
            int status = new AsntallyCommand(console, counter).execute("asntally", words);
            System.out.printf("%.3f%n", (System.nanoTime() - start) / 1e9);
            if (status != 0) {
                Runtime.getRuntime().halt(status);
            }
        }
        System.exit(0);
    }
}
