package org.asntally.job.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes, and which of it is a terminal. Writes UTF-8 in every locale;
 * output that nobody takes any more (a closed pipe) is not an error here.
 */
public final class Console {

    private final InputStream in;
    private final OutputStream rawOut;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final boolean inTerminal;
    private final boolean outTerminal;
    private final boolean errTerminal;

    private Console(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Map<String, String> environment,
            boolean inTerminal,
            boolean outTerminal,
            boolean errTerminal) {
        this.in = in;
        this.rawOut = out;
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.environment = Map.copyOf(environment);
        this.inTerminal = inTerminal;
        this.outTerminal = outTerminal;
        this.errTerminal = errTerminal;
    }

    /** The process's own. */
    public static Console ofProcess() {
        return new Console(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.getenv(),
                isTerminal(0),
                isTerminal(1),
                isTerminal(2));
    }

    /** One without a terminal, for tests. */
    public static Console of(
            InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
        return new Console(in, out, err, environment, false, false, false);
    }

    // System.console() cannot tell input from output. Without /proc nothing is taken for a
    // terminal.
    private static boolean isTerminal(int descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Standard input. */
    public InputStream in() {
        return in;
    }

    /** Standard output; buffered, flushed by {@link #flush}. */
    public PrintStream out() {
        return out;
    }

    /** Standard output without a buffer; what cannot be written is thrown. */
    public OutputStream rawOut() {
        return rawOut;
    }

    /** Standard error. */
    public PrintStream err() {
        return err;
    }

    /** Whether standard input is a terminal. */
    public boolean inTerminal() {
        return inTerminal;
    }

    /** Whether standard output is a terminal. */
    public boolean outTerminal() {
        return outTerminal;
    }

    /** Whether standard error is a terminal. */
    public boolean errTerminal() {
        return errTerminal;
    }

    /** A variable of the environment, if it is set and not empty. */
    public @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Says something in asncounter's manner. */
    public void info(String text) {
        err.println("INFO: " + Problem.printable(text));
    }

    /** Writes what is buffered. */
    public void flush() {
        out.flush();
        err.flush();
    }
}
