package org.asntally.sources.packet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Finds where a pcap file can be cut: by going from record to record. What is in a packet may look
 * like records, so no other way is safe; it costs some ten nanoseconds a packet and the reading of
 * a file that is about to be read.
 */
public final class PcapCut {

    /** The file cannot be cut behind this place: what is left of it is one part. */
    public static final long NONE = -1;

    private static final int BLOCK = 1 << 16;

    private PcapCut() {}

    /**
     * The first record that begins at or after {@code wanted}.
     *
     * @param start where some record begins, or 0
     * @param size as much of the file counts
     * @return {@link #NONE} where there is none, or the file is broken before it, cannot be read,
     *     or is of another format
     */
    public static long after(Path file, long start, long wanted, long size) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] block = new byte[BLOCK];
            int n = fill(in, block);
            PcapHeader header = n < PcapHeader.LENGTH ? null : PcapHeader.of(block, 0);
            if (header == null) {
                return NONE;
            }
            long at = Math.max(start, PcapHeader.LENGTH);
            long base = 0;
            while (at < wanted) {
                if (at + header.recordHeader() > base + n || at < base) {
                    base = at;
                    in.seek(base);
                    n = fill(in, block);
                    if (n < header.recordHeader()) {
                        return NONE;
                    }
                }
                int captured = header.captured(block, (int) (at - base));
                if (captured < 0) {
                    return NONE;
                }
                at += (long) header.recordHeader() + captured;
            }
            return at < size ? at : NONE;
        } catch (IOException e) {
            // Whoever reads the file will tell.
            return NONE;
        }
    }

    private static int fill(RandomAccessFile in, byte[] block) throws IOException {
        int filled = 0;
        while (filled < block.length) {
            int n = in.read(block, filled, block.length - filled);
            if (n < 0) {
                break;
            }
            filled += n;
        }
        return filled;
    }
}
