package org.asntally.sinks;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.asntally.lookup.read.Reasons;

/**
 * Where reports go. A regular file is written beside and renamed, so that it holds the old report
 * or the new one, whole; devices, pipes, symbolic links, and files in folders that take no other
 * file, are written through.
 */
public final class ReportOutput {

    /** How standard output is called in messages. */
    public static final String STDOUT = "standard output";

    private static final OutputStream PROCESS_OUT = new FileOutputStream(FileDescriptor.out);

    private static volatile OutputStream standardOut = PROCESS_OUT;

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; does not close. */
        void writeTo(OutputStream out) throws IOException;
    }

    private ReportOutput() {}

    /** Standard output, unbuffered. */
    public static OutputStream stdout() {
        return standardOut;
    }

    /** Puts another stream in the place of standard output, and gives the former. */
    public static OutputStream replaceStdout(OutputStream out) {
        OutputStream former = standardOut;
        standardOut = out;
        return former;
    }

    /**
     * Writes to standard output. A reader that went away ({@code | head}) is no error.
     *
     * @return whether all was written
     * @throws IOException if it cannot be written for another reason
     */
    public static boolean toStdout(Content content) throws IOException {
        return to(stdout(), content);
    }

    /** As {@link #toStdout}, to a stream that stands for standard output. */
    public static boolean to(OutputStream out, Content content) throws IOException {
        try {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
            content.writeTo(buffered);
            buffered.flush();
            return true;
        } catch (IOException e) {
            if (isBrokenPipe(e) || (out instanceof FileOutputStream && isPipe(1))) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isBrokenPipe(IOException e) {
        String said = e.getMessage();
        return said != null && said.contains("Broken pipe");
    }

    /** The system's words come in its own language; but of a pipe nothing else can break. */
    private static boolean isPipe(int descriptor) {
        try {
            Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException noProc) {
            return false;
        }
    }

    /**
     * Sees, before any work is done, whether a file can be written; leaves nothing behind.
     *
     * @throws IOException whose message says why not
     */
    public static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder");
        }
        if (isWrittenBeside(file)) {
            Path beside = beside(file);
            try {
                Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW).close();
                Files.delete(beside);
                return;
            } catch (FileSystemException e) {
                if (!Files.exists(file)) {
                    throw told(file, e);
                }
            }
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new FileSystemException(file.toString(), null, "permission denied");
        }
    }

    /** Sees whether files can be made in a folder, which is made where it is missing. */
    public static void checkFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new FileSystemException(folder.toString(), null, "is no folder");
        }
        Path probe = beside(folder.resolve("report"));
        Files.newOutputStream(probe, StandardOpenOption.CREATE_NEW).close();
        Files.delete(probe);
    }

    /**
     * Writes a file.
     *
     * @throws IOException if it cannot be written; a regular file is then what it was
     */
    public static void toFile(Path file, Content content) throws IOException {
        if (!isWrittenBeside(file)) {
            through(file, content);
            return;
        }
        Path beside = beside(file);
        OutputStream out;
        try {
            out = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW);
        } catch (FileSystemException e) {
            if (Files.exists(file)) {
                through(file, content);
                return;
            }
            throw told(file, e);
        }
        try {
            try (OutputStream buffered = new BufferedOutputStream(out, 1 << 16)) {
                content.writeTo(buffered);
            }
            keepPermissions(file, beside);
            try {
                Files.move(
                        beside,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static boolean isWrittenBeside(Path file) {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void through(Path file, Content content) throws IOException {
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                file,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        1 << 16)) {
            content.writeTo(out);
        } catch (IOException e) {
            // The reader of a FIFO may go away as that of standard output may.
            if (!isBrokenPipe(e)) {
                throw e;
            }
        }
    }

    /** A new name each time: what a killed process left behind must not be in the way. */
    private static Path beside(Path file) {
        Path name = file.getFileName();
        String hidden = ".".concat(name == null ? "report" : name.toString());
        String now = Long.toHexString(System.nanoTime());
        return file.resolveSibling(hidden.concat(".").concat(now).concat(".tmp"));
    }

    private static void keepPermissions(Path file, Path beside) {
        try {
            Set<PosixFilePermission> permissions =
                    Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(beside, permissions);
        } catch (IOException | UnsupportedOperationException e) {
            // A new file, or a file system that keeps none: those of any new file.
        }
    }

    /** The reason of another file's failure told of the one that the user named. */
    private static IOException told(Path file, FileSystemException e) {
        Path folder = file.toAbsolutePath().getParent();
        String reason = e.getReason();
        if (e instanceof NoSuchFileException && folder != null) {
            reason = "no folder '".concat(folder.toString()).concat("'");
        }
        FileSystemException told =
                new FileSystemException(
                        file.toString(), null, reason == null ? Reasons.of(e) : reason);
        told.initCause(e);
        return told;
    }
}
