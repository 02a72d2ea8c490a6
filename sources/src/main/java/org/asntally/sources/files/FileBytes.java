package org.asntally.sources.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A regular file from some byte on: reading it never waits for anybody. */
abstract class FileBytes implements ByteFeed {
    // Not mapped: mapped pages count as resident memory.
    final RandomAccessFile file;
    long position;
    private boolean stopped;

    FileBytes(Path path, long position) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.position = position;
    }

    @Override
    public final int read(byte[] into, int at, int length) throws IOException {
        if (stopped) {
            return STOPPED;
        }
        int n = readOn(into, at, length);
        position += Math.max(n, 0);
        return n;
    }

    /** Reads what stands at {@link #position}; as {@link #read} has it. */
    abstract int readOn(byte[] into, int at, int length) throws IOException;

    @Override
    public final CompletableFuture<Void> available() {
        return NOW;
    }

    @Override
    public final void stop() {
        stopped = true;
    }

    @Override
    public final void close() {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing was written, so nothing can be lost.
        }
    }
}
