package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.asntally.sources.files.InputFile;

/**
 * One line on a terminal's standard error that says how far a long count is; gone when it ends.
 * What was read is what the kernel says this process has read.
 */
final class ProgressLine implements AutoCloseable {

    private static final long FIRST_MILLIS = 2_000;
    private static final long EACH_MILLIS = 500;
    private static final Path READ = Path.of("/proc/self/io");

    private final TerminalLine line;
    private final long size;
    private final long began = System.nanoTime();
    private final long readBefore;

    private ProgressLine(Console console, long size) {
        this.line = new TerminalLine(console);
        this.size = size;
        this.readBefore = read();
    }

    static ProgressLine start(CountRequest request, ChosenInputs inputs, Console console) {
        long size = inputs.files().stream().mapToLong(InputFile::size).sum();
        ProgressLine progress = new ProgressLine(console, inputs.hasStream() ? 0 : size);
        if (request.run().progress() && !request.run().quiet() && console.errTerminal()) {
            progress.line.keep(FIRST_MILLIS, EACH_MILLIS, progress::text);
        }
        return progress;
    }

    private String text() {
        return text(Math.max(0, read() - readBefore), size, elapsed());
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
        line.close();
    }
}
