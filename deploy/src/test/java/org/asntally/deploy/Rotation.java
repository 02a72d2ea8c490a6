package org.asntally.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What logrotate does to a log that somebody goes on writing. */
final class Rotation {

    private static final int MOST = 20;

    private Rotation() {}

    /** Gives it a name with a number that no other has. */
    static void rename(Path log, int number) throws IOException {
        Files.move(log, beside(log, "." + number));
    }

    /**
     * Makes it the first, and each one that was before, packed or not, the next: the oldest first.
     */
    static void shift(Path log) throws IOException {
        for (int old = MOST; old > 0; old--) {
            for (String packed : new String[] {"", ".gz"}) {
                Path from = beside(log, "." + old + packed);
                if (Files.exists(from)) {
                    Files.move(from, beside(log, "." + (old + 1) + packed));
                }
            }
        }
        Files.move(log, beside(log, ".1"));
    }

    /** The file whose name goes on like this. */
    static Path beside(Path log, String ending) {
        return log.resolveSibling(log.getFileName() + ending);
    }
}
