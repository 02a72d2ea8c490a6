package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a killed process left half written: files and folders whose names end with the number of the
 * process that made them. They go when that process is gone and they are an hour old; a folder may
 * be shared with another machine, whose processes cannot be seen from here.
 */
public final class Leftovers {

    private static final Duration OLD = Duration.ofHours(1);
    private static final String PROCESS = "[0-9]{1,19}";

    private Leftovers() {}

    /** Deletes them in a folder, of all names that begin so. What cannot be deleted stays. */
    public static void sweep(Path directory, String begin) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(
                        directory, file -> String.valueOf(file.getFileName()).startsWith(begin))) {
            for (Path file : files) {
                String rest = String.valueOf(file.getFileName()).substring(begin.length());
                if (rest.matches(PROCESS) && isLeft(file, Long.parseLong(rest))) {
                    delete(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            // The next one sweeps again.
        }
    }

    private static boolean isLeft(Path file, long process) throws IOException {
        Optional<ProcessHandle> alive = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        return alive.isEmpty() && changed.isBefore(Instant.now().minus(OLD));
    }

    /** Deletes a file, or a folder with all that is in it. */
    public static void delete(Path file) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(file)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
