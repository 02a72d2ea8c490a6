package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.asntally.sources.files.InputFile;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal's standard error that says how far a long count is; gone when it ends.
 * What was read is what the kernel says this process has read.
 */
final class ProgressLine implements AutoCloseable {

    private static final long FIRST_MILLIS = 2_000;
    private static final long EACH_MILLIS = 500;
    private static final Path READ = Path.of("/proc/self/io");
    private static final String ERASE = "\r\u001b[K";

    private final Console console;
    private final long size;
    private final long began = System.nanoTime();
    private final long readBefore;
    private @Nullable ScheduledExecutorService ticks;
    private volatile boolean shown;

    private ProgressLine(Console console, long size) {
        this.console = console;
        this.size = size;
        this.readBefore = read();
    }

    static ProgressLine start(CountRequest request, ChosenInputs inputs, Console console) {
        long size = inputs.files().stream().mapToLong(InputFile::size).sum();
        ProgressLine line = new ProgressLine(console, inputs.hasStream() ? 0 : size);
        if (request.run().progress() && !request.run().quiet() && console.errTerminal()) {
            line.tick();
        }
        return line;
    }

    private void tick() {
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "progress");
                            thread.setDaemon(true);
                            return thread;
                        });
        ticks = executor;
        var ignored =
                executor.scheduleAtFixedRate(
                        this::show, FIRST_MILLIS, EACH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void show() {
        shown = true;
        console.err().print(ERASE + text(Math.max(0, read() - readBefore), size, elapsed()));
        console.err().flush();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The line: how much of how much, how fast. */
    static String text(long done, long size, Duration elapsed) {
        long megabytes = done / 1_000_000;
        long perSecond = megabytes * 1000 / Math.max(1, elapsed.toMillis());
        String rate = megabytes + " MB read, " + perSecond + " MB/s, " + Durations.text(elapsed);
        return size <= 0 ? rate : Math.min(100, 100 * done / size) + " %, " + rate;
    }

    private static long read() {
        try {
            for (String line : Files.readAllLines(READ)) {
                if (line.startsWith("rchar: ")) {
                    return Long.parseLong(line.substring(7));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Without /proc there is the time alone.
        }
        return 0;
    }

    @Override
    public void close() {
        ScheduledExecutorService executor = ticks;
        if (executor != null) {
            executor.shutdownNow();
            if (shown) {
                console.err().print(ERASE);
                console.err().flush();
            }
        }
    }
}
