package org.asntally.sources.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * An input in one array that is filled again and again: what was not {@link #consume consumed}
 * moves to its beginning, and more is read behind it. One thread.
 */
public abstract sealed class Blocks implements Closeable permits LineBlocks, ByteBlocks {

    /** What reading on came to. */
    public enum Next {
        /** More may be there; perhaps nothing whole yet. */
        MORE,
        /** Nothing before {@link #available}. */
        WAIT,
        /** Nothing will come any more. */
        END
    }

    final ByteFeed feed;
    byte[] bytes;

    /** Where the array begins in the (unpacked) input. */
    long base;

    int from;

    /** What has been read ends here. */
    int filled;

    boolean ended;
    boolean stopped;

    Blocks(ByteFeed feed, long position, byte[] bytes) {
        this.feed = feed;
        this.base = position;
        this.bytes = bytes;
    }

    /**
     * Reads on, once; what was not {@link #consume consumed} stays.
     *
     * @throws IOException when the input cannot be read to its end
     */
    public abstract Next next() throws IOException;

    /** Where in {@link #bytes} what there is ends. */
    public abstract int to();

    /** Moves what was not consumed to the beginning; gives by how much. */
    final int compact() {
        int by = from;
        if (by > 0) {
            System.arraycopy(bytes, by, bytes, 0, filled - by);
            base += by;
            filled -= by;
            from = 0;
        }
        return by;
    }

    /** Reads up to {@code room} bytes behind those that there are; gives what the feed gives. */
    final int read(int room) throws IOException {
        int n = feed.read(bytes, filled, room);
        if (n < 0) {
            ended = true;
            stopped = n == ByteFeed.STOPPED;
        } else {
            filled += n;
        }
        return n;
    }

    /** The array, good until {@link #next}. */
    public final byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the first begins that was not consumed. */
    public final int from() {
        return from;
    }

    /** What stands before {@code at} in {@link #bytes} is done with. */
    public final void consume(int at) {
        from = at;
    }

    /** Where in the (unpacked) input the first byte stands that was not consumed. */
    public final long position() {
        return base + from;
    }

    /** Where {@code at} in {@link #bytes} stands in the (unpacked) input. */
    public final long positionOf(int at) {
        return base + at;
    }

    /** Whether all that comes has been given. */
    public final boolean isEnded() {
        return ended;
    }

    /** Whether the input was left before its end, by {@link #stop}. */
    public final boolean isStopped() {
        return stopped;
    }

    /** Done when {@link #next} is worth a call. */
    public final CompletableFuture<Void> available() {
        return feed.available();
    }

    /** What has been read already still comes, then the end. */
    public final void stop() {
        feed.stop();
    }

    @Override
    public final void close() {
        feed.close();
    }
}
