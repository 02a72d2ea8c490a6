package org.asntally.job.attribute;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a table's file on its way to tasks that cannot read the archive. Immutable: nobody
 * changes the bytes.
 */
public final class RibChunk implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * The most bytes of a part. Flink spills records above 5 MiB to disk, and its messages between
     * processes hold 10 MiB.
     */
    static final int LARGEST = 4 << 20;

    private final String id;
    private final long validFrom;
    private final int index;
    private final int count;
    private final byte[] bytes;

    RibChunk(String id, long validFrom, int index, int count, byte[] bytes) {
        this.id = id;
        this.validFrom = validFrom;
        this.index = index;
        this.count = count;
        this.bytes = bytes;
    }

    /** Cuts the file of a version into parts, in their order. */
    static List<RibChunk> of(RibVersion version, Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            if (size > Integer.MAX_VALUE) {
                throw new IOException("'" + file + "' is larger than 2 GB: no RIB file of ours");
            }
            int count = (int) ((size + LARGEST - 1) / LARGEST);
            List<RibChunk> chunks = new ArrayList<>(count);
            for (int index = 0; index < count; index++) {
                long from = (long) index * LARGEST;
                ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LARGEST, size - from));
                while (bytes.hasRemaining()) {
                    if (in.read(bytes, from + bytes.position()) < 0) {
                        throw new EOFException("'" + file + "' was cut off while it was read");
                    }
                }
                chunks.add(
                        new RibChunk(
                                version.id(), version.validFrom(), index, count, bytes.array()));
            }
            return chunks;
        }
    }

    /** The table's content hash. */
    String id() {
        return id;
    }

    /** Event time from which the version is in force, milliseconds. */
    long validFrom() {
        return validFrom;
    }

    /** Which part this is, from 0. */
    int index() {
        return index;
    }

    /** How many parts there are. */
    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes;
    }
}
