package org.asntally.sources.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * The bytes of an input in one array that is filled again and again, for formats without lines. One
 * thread.
 */
public final class ByteBlocks implements Closeable {

    /** As many bytes that are not consumed are kept; the reader must ask for no more at once. */
    public static final int BLOCK = 1 << 18;

    /** What {@link #next} came to. */
    public enum Next {
        /** There are more bytes. */
        BYTES,
        /** Nothing before {@link #available}. */
        WAIT,
        /** No byte will come any more. */
        END
    }

    private static final byte[] NONE = new byte[0];

    private final ByteFeed feed;
    private byte[] bytes = NONE;
    private long base;
    private int from;
    private int to;
    private boolean ended;
    private boolean stopped;

    ByteBlocks(ByteFeed feed, long position) {
        this.feed = feed;
        this.base = position;
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

    /**
     * Reads on, once; what was not {@link #consume consumed} stays.
     *
     * @throws IOException when the input cannot be read to its end
     */
    public Next next() throws IOException {
        if (ended) {
            return Next.END;
        }
        if (bytes == NONE) {
            // Not before it is read: an input of lines has an array of its own.
            bytes = new byte[BLOCK];
        }
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            base += from;
            to -= from;
            from = 0;
        }
        if (to == bytes.length) {
            throw new IllegalStateException("nothing was consumed of a full block");
        }
        int n = feed.read(bytes, to, bytes.length - to);
        if (n < 0) {
            ended = true;
            stopped = n == ByteFeed.STOPPED;
            return Next.END;
        }
        to += n;
        return n == 0 ? Next.WAIT : Next.BYTES;
    }

    /** The array, good until {@link #next}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the first byte is that was not consumed. */
    public int from() {
        return from;
    }

    /** Where in {@link #bytes} the last one ends. */
    public int to() {
        return to;
    }

    /** The bytes before {@code at} in {@link #bytes} are done with. */
    public void consume(int at) {
        from = at;
    }

    /** Where in the (unpacked) input the first byte stands that was not consumed. */
    public long position() {
        return base + from;
    }

    /** Where {@code at} in {@link #bytes} stands in the (unpacked) input. */
    public long positionOf(int at) {
        return base + at;
    }

    /** Where in the (unpacked) input the last byte ends that has come. */
    public long end() {
        return base + to;
    }

    /** Whether no byte will come any more. */
    public boolean isEnded() {
        return ended;
    }

    /** Whether the input was left before its end, by {@link #stop}. */
    public boolean isStopped() {
        return stopped;
    }

    /** Done when {@link #next} is worth a call. */
    public CompletableFuture<Void> available() {
        return feed.available();
    }

    /** What has been read already still comes, then the end. */
    public void stop() {
        feed.stop();
    }

    /** The input from here on, what was not consumed first; it takes this one's place. */
    ByteFeed rest() {
        return new Rest();
    }

    @Override
    public void close() {
        feed.close();
    }

    private final class Rest implements ByteFeed {
        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int n = Math.min(length, to - from);
            if (n > 0) {
                System.arraycopy(bytes, from, into, at, n);
                from += n;
                return n;
            }
            return ended ? (stopped ? STOPPED : END) : feed.read(into, at, length);
        }

        @Override
        public CompletableFuture<Void> available() {
            return from < to || ended ? NOW : feed.available();
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
