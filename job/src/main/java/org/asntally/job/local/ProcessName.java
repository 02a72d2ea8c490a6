package org.asntally.job.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The name under which {@code ps} and {@code pkill} know this process: else each JVM is called
 * java. Where there is no /proc it stays as it is.
 */
public final class ProcessName {

    private static final int LONGEST = 15;

    private ProcessName() {}

    /** Sets the name; the kernel keeps 15 bytes. */
    public static void set(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        try {
            // Of the first thread, which is the process's; main runs on another.
            Files.write(
                    Path.of("/proc/self/comm"),
                    java.util.Arrays.copyOf(bytes, Math.min(LONGEST, bytes.length)),
                    StandardOpenOption.WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            // The name is a convenience.
        }
    }
}
