package org.asntally.sources.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a thread of its own reads into a ring, so that a silent pipe blocks nobody and
 * unpacking runs beside parsing.
 *
 * <p>A writer that prints line by line would wake us for each line. So after a small read the
 * thread rests up to 50 ms while the kernel's pipe gathers; as long as more is waiting than that,
 * it reads on. What was read is there at once.
 *
 * <p>A thread that is blocked in the operating system is left behind: it is a daemon.
 */
final class StreamBytes implements ByteFeed {
    private static final int RING = 1 << 19;
    private static final int CHUNK = 1 << 18;

    /** A reader that waits is woken for no less, unless nothing more is there. */
    private static final int WORTH_WAKING = 1 << 17;

    /** A pipe holds 64 KB: reads of at least half of it must not be put off. */
    private static final int FAST = 1 << 15;

    /** What a rest should let gather. */
    private static final long GATHER = 3 << 13;

    private static final int PAGE = 4096;
    private static final long LONGEST_REST_MILLIS = 50;

    private final InputOpener opener;
    private final long skip;
    private final boolean live;
    private final byte[] ring = new byte[RING];

    // All below guarded by this.
    private long written;
    private long published;
    private long taken;
    private boolean blocked;
    private boolean wantsRoom;
    private boolean stopping;
    private boolean closed;
    private boolean ended;
    private boolean atEnd;
    private @Nullable IOException failure;
    private @Nullable CompletableFuture<Void> wake;

    /**
     * Starts reading.
     *
     * @param skip so many bytes at the start are not wanted
     * @param live whether bytes come at their writer's pace: a pipe, not a file
     */
    StreamBytes(String name, InputOpener opener, long skip, boolean live) {
        this.opener = opener;
        this.skip = skip;
        this.live = live;
        Thread thread = new Thread(this::run, "read " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized int read(byte[] into, int at, int length) throws IOException {
        int start = (int) (taken % RING);
        int n = (int) Math.min(Math.min(length, written - taken), RING - start);
        if (n > 0) {
            System.arraycopy(ring, start, into, at, n);
            taken += n;
            if (wantsRoom) {
                notifyAll();
            }
            return n;
        }
        if (failure != null) {
            throw failure;
        }
        return ended && atEnd ? END : isOver() ? STOPPED : 0;
    }

    @Override
    public synchronized CompletableFuture<Void> available() {
        if (published > taken || isOver()) {
            return NOW;
        }
        if (wake == null) {
            wake = new CompletableFuture<>();
        }
        return wake;
    }

    @Override
    public void stop() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        wakeReader();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    /** Nothing more will be written, or nobody waits for it. */
    private boolean isOver() {
        return ended || (stopping && blocked);
    }

    private void run() {
        IOException broken = null;
        block();
        try (InputStream in = opener.open()) {
            in.skipNBytes(skip);
            pump(in);
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException e) {
            // Unpackers are not proof against hostile bytes.
            broken = new IOException("cannot be unpacked: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            failure = broken;
            ended = true;
        }
        wakeReader();
    }

    private void pump(InputStream in) throws IOException, InterruptedException {
        long restedNanos = System.nanoTime();
        long sinceRest = 0;
        while (awaitRoom()) {
            boolean last = isStopping();
            int at = (int) (written % RING);
            int room = (int) Math.min(Math.min(CHUNK, RING - at), RING - backlog());
            if (last) {
                // What the kernel holds already was written before the wish to end.
                room = Math.min(room, waiting(in));
                if (room == 0) {
                    return;
                }
            } else {
                block();
            }
            int n = in.read(ring, at, room);
            int more = live ? waiting(in) : 1;
            boolean publish = wrote(n, more);
            if (n < 0 || last) {
                return;
            }
            if (publish) {
                wakeReader();
            }
            sinceRest += n;
            if (more == 0 && n < FAST && n % PAGE != 0) {
                long now = System.nanoTime();
                rest(GATHER * ((now - restedNanos) / 1_000) / sinceRest / 1_000);
                restedNanos = now;
                sinceRest = 0;
            }
        }
    }

    /** Whether to read on. */
    private synchronized boolean awaitRoom() throws InterruptedException {
        blocked = false;
        wantsRoom = true;
        while (written - taken == RING && !closed && !stopping) {
            wait();
        }
        wantsRoom = false;
        return !closed && written - taken < RING;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized long backlog() {
        return written - taken;
    }

    /** Whether a reader that waits is to be woken. */
    private synchronized boolean wrote(int n, int more) {
        blocked = false;
        atEnd = n < 0;
        written += Math.max(n, 0);
        if (more > 0 && written - taken < WORTH_WAKING) {
            return false;
        }
        published = written;
        return true;
    }

    private synchronized void rest(long millis) throws InterruptedException {
        long end = System.nanoTime() + 1_000_000 * Math.min(millis, LONGEST_REST_MILLIS);
        long left = end - System.nanoTime();
        while (left >= 1_000_000 && !stopping && !closed) {
            wait(left / 1_000_000);
            left = end - System.nanoTime();
        }
    }

    private void block() {
        boolean over;
        synchronized (this) {
            blocked = true;
            over = isOver();
        }
        if (over) {
            wakeReader();
        }
    }

    private void wakeReader() {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            waiting = wake;
            wake = null;
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private static int waiting(InputStream in) {
        try {
            return in.available();
        } catch (IOException e) {
            return 0;
        }
    }
}
