package org.asntally.job.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;

/**
 * The one folder below which this process leaves anything behind while it runs. Its name holds the
 * process id, so that what a killed process left is found and removed at the next start.
 */
public final class TemporaryFolder implements AutoCloseable {

    private static final String PREFIX = "asntally-";

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Makes one in the system's temporary folder, after removing those of dead processes. */
    public static TemporaryFolder make() throws Fault {
        return make(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    static TemporaryFolder make(Path parent) throws Fault {
        sweep(parent);
        Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rwx------");
        try {
            return new TemporaryFolder(
                    Files.createTempDirectory(
                            parent,
                            PREFIX + ProcessHandle.current().pid() + "-",
                            PosixFilePermissions.asFileAttribute(mine)));
        } catch (IOException e) {
            throw Fault.because(e, Problem.TEMPORARY_FOLDER, parent, Reasons.of(e));
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes folders of ours whose process is gone; those of others stay. */
    static void sweep(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
            for (Path folder : left) {
                long pid = pid(String.valueOf(folder.getFileName()));
                if (pid > 0 && ProcessHandle.of(pid).isEmpty() && Files.isDirectory(folder)) {
                    remove(folder);
                }
            }
        } catch (IOException | UncheckedIOException | SecurityException e) {
            // Not ours to remove, or gone already: whoever may will do it.
        }
    }

    private static long pid(String name) {
        String digits = name.substring(PREFIX.length(), name.indexOf('-', PREFIX.length()));
        if (digits.isEmpty() || digits.length() > 10) {
            return -1;
        }
        long pid = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            pid = 10 * pid + digit - '0';
        }
        return pid;
    }

    /**
     * Removes the folder with all that is in it; what cannot be removed stays for the next start.
     */
    @Override
    public void close() {
        remove(path);
    }

    /** Removes a folder with all that is in it; what cannot be removed stays. */
    public static void remove(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            return delete(file);
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path directory, @org.jspecify.annotations.Nullable IOException e) {
                            return delete(directory);
                        }
                    });
        } catch (IOException e) {
            // The next start tries again.
        }
    }

    private static FileVisitResult delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A task may still write there; the next start tries again.
        }
        return FileVisitResult.CONTINUE;
    }
}
