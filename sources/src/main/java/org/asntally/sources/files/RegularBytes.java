package org.asntally.sources.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A regular file from some byte on: reading it never waits for anybody. */
final class RegularBytes implements ByteFeed {
    private final RandomAccessFile file;
    private final long listedSize;
    private long position;
    private boolean stopped;

    /**
     * Opens the file.
     *
     * @param listedSize how long the file was when it was listed; one that has become shorter is
     *     not read to its end
     */
    RegularBytes(Path path, long position, long listedSize) throws IOException {
        // Not mapped: mapped pages count as resident memory.
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.listedSize = listedSize;
        this.position = position;
        file.seek(position);
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (stopped) {
            return STOPPED;
        }
        int n = file.read(into, at, length);
        if (n < 0 && position < listedSize) {
            throw new IOException(
                    "ends at byte " + position + ", had " + listedSize + " when it was listed");
        }
        position += Math.max(n, 0);
        return n;
    }

    @Override
    public CompletableFuture<Void> available() {
        return NOW;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing was written, so nothing can be lost.
        }
    }
}
