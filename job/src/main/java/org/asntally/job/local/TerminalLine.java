package org.asntally.job.local;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One line on a terminal's standard error that is written over again and again, and then gone. */
public final class TerminalLine implements AutoCloseable {

    private static final String ERASE = "\r\u001b[K";

    private final Console console;
    private @Nullable ScheduledExecutorService ticks;
    private volatile boolean shown;

    /** Shows nothing yet. */
    public TerminalLine(Console console) {
        this.console = console;
    }

    /** Writes it anew. */
    public void show(String text) {
        shown = true;
        console.err().print(ERASE + text);
        console.err().flush();
    }

    /** Makes room for a message; what is shown next stands behind it. */
    public void hide() {
        if (shown) {
            shown = false;
            console.err().print(ERASE);
            console.err().flush();
        }
    }

    /** Shows what {@code text} gives, again and again; nothing while that is null. */
    public void keep(long firstMillis, long eachMillis, Supplier<@Nullable String> text) {
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "terminal-line");
                            thread.setDaemon(true);
                            return thread;
                        });
        ticks = executor;
        var ignored =
                executor.scheduleWithFixedDelay(
                        () -> {
                            String now = text.get();
                            if (now != null) {
                                show(now);
                            }
                        },
                        firstMillis,
                        eachMillis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ScheduledExecutorService executor = ticks;
        if (executor != null) {
            executor.shutdownNow();
        }
        hide();
    }
}
