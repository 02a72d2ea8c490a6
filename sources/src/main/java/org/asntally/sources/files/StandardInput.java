package org.asntally.sources.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about file descriptor 0. */
public final class StandardInput {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    static final Path PATH = DESCRIPTORS.resolve("0");
    private static final Path INFO = Path.of("/proc/self/fdinfo/0");

    private StandardInput() {}

    /**
     * Whether the process was started without. Then the JVM's first own file has taken its number,
     * and reading it would give the JVM's classes.
     */
    public static boolean isClosed() {
        try {
            if (!Files.isDirectory(DESCRIPTORS)) {
                return false;
            }
            Path target = Files.readSymbolicLink(PATH);
            return target.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
                    || target.toString().endsWith(".jsa");
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Whether it is a regular file that nobody has read from yet: it can be read like any other.
     */
    static boolean isUnreadFile() {
        try {
            return !isClosed()
                    && Files.isRegularFile(PATH)
                    && Files.isReadable(PATH)
                    && Files.readAllLines(INFO).stream().anyMatch(l -> l.matches("pos:\\s*0"));
        } catch (IOException e) {
            return false;
        }
    }
}
