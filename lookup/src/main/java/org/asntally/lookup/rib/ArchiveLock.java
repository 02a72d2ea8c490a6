package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second update out of a folder while one is running. The lock is the kernel's: it goes
 * with the process that holds it, however that ends; the file stays.
 */
public final class ArchiveLock implements AutoCloseable {

    private static final int MOST = 200;

    private final FileChannel channel;

    private ArchiveLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, and notes who holds it.
     *
     * @return null when another one holds it
     * @throws IOException when the file cannot be made or written
     */
    public static @Nullable ArchiveLock take(Path file, Instant now) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                return null;
            }
            taken = true;
            String holder =
                    "process "
                            + ProcessHandle.current().pid()
                            + ", since "
                            + now.truncatedTo(ChronoUnit.SECONDS);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            return new ArchiveLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held within this JVM.
            return null;
        }
    }

    /** Who holds the lock, in words. */
    public static String holder(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty()
                    ? "another process"
                    : text.substring(0, Math.min(MOST, text.length()));
        } catch (IOException e) {
            return "another process";
        }
    }

    @Override
    public void close() throws IOException {
        channel.truncate(0);
        channel.close();
    }
}
