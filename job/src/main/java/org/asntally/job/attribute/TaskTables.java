package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.flink.api.common.cache.DistributedCache;
import org.jspecify.annotations.Nullable;

/** The bytes of tables as a task of a cluster has them: files of the job, and what was sent. */
final class TaskTables implements TableBytes {

    private final DistributedCache files;
    private final Path folder;
    private final SentTables sent;

    /**
     * Of one task.
     *
     * @param files each by its content hash
     * @param folder a folder of this machine for files that live a moment
     */
    TaskTables(DistributedCache files, Path folder, SentTables sent) {
        this.files = files;
        this.folder = folder;
        this.sent = sent;
    }

    @Override
    public @Nullable Path shipped(String id) throws IOException {
        try {
            return files.getFile(id).toPath();
        } catch (IllegalArgumentException e) {
            // That is how the cache says that it has no such file.
            return null;
        } catch (RuntimeException e) {
            throw new IOException("table " + id + " did not come with the job: " + e, e);
        }
    }

    @Override
    public @Nullable Path sent(String id) throws IOException {
        byte[][] parts = parts(id);
        if (parts == null) {
            return null;
        }
        Path file = Files.createTempFile(folder, "asntally-", ".rib");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (byte[] part : parts) {
                ByteBuffer bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
        }
        return file;
    }

    private byte @Nullable [][] parts(String id) throws IOException {
        try {
            return sent.find(id);
        } catch (Exception e) {
            throw new IOException("the parts of table " + id + " cannot be read", e);
        }
    }
}
