package org.asntally.sources.files;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The bytes of an input, for formats without lines. */
public final class ByteBlocks extends Blocks {

    /** As many bytes that are not consumed are kept; the reader must ask for no more at once. */
    public static final int BLOCK = 1 << 18;

    private static final byte[] NONE = new byte[0];

    ByteBlocks(ByteFeed feed, long position) {
        super(feed, position, NONE);
    }

    /**
     * Opens an input.
     *
     * @param position the byte to begin at, counted in what is unpacked
     * @throws IOException when the input cannot be opened; of streams this is told by {@link #next}
     */
    public static ByteBlocks open(InputFile file, long position) throws IOException {
        return new ByteBlocks(file.feed(position), position);
    }

    /** Opens a stream, whose bytes come at its writer's pace. */
    public static ByteBlocks open(String name, InputOpener stream, long position) {
        return new ByteBlocks(
                new StreamBytes(name, () -> Compression.unpackUnknown(stream.open()), 0, true),
                position);
    }

    @Override
    public Next next() throws IOException {
        if (ended) {
            return Next.END;
        }
        if (bytes == NONE) {
            // Not before it is read: an input of lines has an array of its own.
            bytes = new byte[BLOCK];
        }
        compact();
        if (filled == bytes.length) {
            throw new IllegalStateException("nothing was consumed of a full block");
        }
        int n = read(bytes.length - filled);
        return n < 0 ? Next.END : n == 0 ? Next.WAIT : Next.MORE;
    }

    @Override
    public int to() {
        return filled;
    }

    /** Where in the (unpacked) input the last byte ends that has come. */
    public long end() {
        return base + filled;
    }

    /** The input from here on, what was not consumed first; it takes this one's place. */
    ByteFeed rest() {
        return new Rest();
    }

    private final class Rest implements ByteFeed {
        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int n = Math.min(length, filled - from);
            if (n > 0) {
                System.arraycopy(bytes, from, into, at, n);
                from += n;
                return n;
            }
            return ended ? (stopped ? STOPPED : END) : feed.read(into, at, length);
        }

        @Override
        public CompletableFuture<Void> available() {
            return from < filled || ended ? NOW : feed.available();
        }

        @Override
        public void stop() {
            feed.stop();
        }

        @Override
        public void close() {
            feed.close();
        }
    }
}
