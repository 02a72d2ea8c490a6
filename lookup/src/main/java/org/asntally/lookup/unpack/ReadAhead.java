package org.asntally.lookup.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream in a thread of its own, a megabyte ahead, so that unpacking and parsing overlap.
 */
final class ReadAhead extends InputStream {

    private static final int BLOCK = 1 << 18;
    private static final int AHEAD = 3;
    private static final byte[] NOTHING = {};

    /** Some bytes; none at the end, and why it is the end when it is not that of the stream. */
    private static final class Block {
        final byte[] bytes;
        final int length;
        final @Nullable Throwable broken;

        Block(byte[] bytes, int length, @Nullable Throwable broken) {
            this.bytes = bytes;
            this.length = length;
            this.broken = broken;
        }
    }

    private final InputStream in;
    private final BlockingQueue<Block> filled = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(AHEAD + 2);
    private final Thread thread = new Thread(this::run, "unpack");
    private @Nullable Block block;
    private int next;

    ReadAhead(InputStream in) {
        this.in = in;
        for (int i = 0; i < AHEAD + 2; i++) {
            free.add(new byte[BLOCK]);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Throwable broken = null;
            boolean ended = false;
            while (!ended) {
                byte[] bytes = free.take();
                int length = 0;
                try {
                    while (length < bytes.length && !ended) {
                        int count = in.read(bytes, length, bytes.length - length);
                        length += Math.max(count, 0);
                        ended = count < 0;
                    }
                } catch (IOException | RuntimeException | OutOfMemoryError e) {
                    broken = e;
                    ended = true;
                }
                if (length > 0) {
                    filled.put(new Block(bytes, length, null));
                }
            }
            filled.put(new Block(NOTHING, 0, broken));
        } catch (InterruptedException e) {
            // Closed: nobody waits for more.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        Block current = block;
        if (current == null || (next == current.length && current.length > 0)) {
            current = take(current);
            block = current;
            next = 0;
        }
        if (current.length == 0) {
            Throwable broken = current.broken;
            if (broken instanceof IOException io) {
                throw io;
            }
            if (broken instanceof OutOfMemoryError error) {
                throw error;
            }
            if (broken instanceof RuntimeException defect) {
                throw defect;
            }
            return -1;
        }
        int count = Math.min(length, current.length - next);
        System.arraycopy(current.bytes, next, to, from, count);
        next += count;
        return count;
    }

    private Block take(@Nullable Block used) throws InterruptedIOException {
        try {
            if (used != null) {
                free.put(used.bytes);
            }
            return filled.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while unpacking");
        }
    }

    /** Ends the thread; it may be within a read, so that the stream is closed behind it. */
    @Override
    public void close() throws IOException {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        in.close();
    }
}
