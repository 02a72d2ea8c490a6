package org.asntally.job.update;

import java.time.Duration;
import org.asntally.job.local.Console;
import org.asntally.job.local.Durations;
import org.asntally.job.local.TerminalLine;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.download.Downloader;

/**
 * One line on a terminal's standard error that says how far it is; elsewhere nothing, unless each
 * step is to be said.
 */
final class FetchProgress implements Downloader.Watcher, AutoCloseable {

    private static final long EACH_NANOS = 250_000_000;

    private final Console console;
    private final TerminalLine line;
    private final boolean shown;
    private final boolean verbose;
    private String address = "";
    private long began = System.nanoTime();
    private long last;

    FetchProgress(Console console, TableOrder order) {
        this.console = console;
        this.line = new TerminalLine(console);
        this.shown = order.progress() && console.errTerminal();
        this.verbose = order.verbose();
    }

    @Override
    public void received(String from, long bytes, long size) {
        long now = System.nanoTime();
        if (!address.equals(from)) {
            address = from;
            began = now;
            last = 0;
        }
        if (now - last > EACH_NANOS) {
            last = now;
            show(text(bytes, size, Duration.ofNanos(now - began)) + " of " + name(from));
        }
    }

    /** The line: how much of how much, how fast. */
    static String text(long bytes, long size, Duration elapsed) {
        long perSecond = bytes / Math.max(1, elapsed.toMillis()) / 1000;
        return (size > 0 ? Math.min(100, 100 * bytes / size) + " %, " : "")
                + bytes / 1_000_000
                + " MB, "
                + perSecond
                + " MB/s, "
                + Durations.text(elapsed);
    }

    private static String name(String from) {
        return from.substring(from.lastIndexOf('/') + 1);
    }

    @Override
    public void again(String from, String why, Duration pause) {
        say(why + "; once more in " + Durations.text(pause));
    }

    /** Shows what is being done now. */
    void say(String text) {
        if (verbose) {
            close();
            console.info(text);
        } else {
            show(text);
        }
    }

    private void show(String text) {
        if (shown) {
            line.show(Problem.printable(text));
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
