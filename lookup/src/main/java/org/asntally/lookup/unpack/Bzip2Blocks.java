package org.asntally.lookup.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What is in a bzip2 file, stream after stream, unpacked by all processors: blocks begin at any bit
 * with a pattern of 48 bits, and each can be unpacked alone. A block is given out when its checksum
 * is right.
 *
 * <pre>
 * 'B' 'Z' 'h' '1'..'9'                                 a stream
 *   0x314159265359  checksum (32)  ...                 blocks, not aligned
 *   0x177245385090  checksum of the checksums (32)     its end, then up to the next byte
 * </pre>
 */
final class Bzip2Blocks extends InputStream {

    private static final byte[] NOTHING = {};

    /** Of four processors each holds a block of up to 46 MB, when it is made to burst. */
    private static final int MOST_THREADS = 4;

    /** A block, and what becomes of it. */
    private record Waiting(Bzip2Bits bits, Future<byte @Nullable []> unpacked) {}

    private final InputStream in;
    private final Bzip2Scanner scanner;
    private final int threads =
            Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    private final ExecutorService unpackers =
            Executors.newFixedThreadPool(
                    threads,
                    task -> {
                        Thread thread = new Thread(task, "bunzip2");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable DamagedException damage;
    private boolean scanned;
    private byte[] current = NOTHING;
    private int next;
    private long blocks;
    private int streamSum;

    Bzip2Blocks(InputStream in) {
        this.in = in;
        this.scanner = new Bzip2Scanner(in);
    }

    static boolean begin(byte[] magic) {
        return magic.length >= 4
                && magic[0] == 'B'
                && magic[1] == 'Z'
                && magic[2] == 'h'
                && magic[3] >= '1'
                && magic[3] <= '9';
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
        while (next == current.length) {
            byte[] block = block();
            if (block == null) {
                return -1;
            }
            current = block;
            next = 0;
        }
        int count = Math.min(length, current.length - next);
        System.arraycopy(current, next, to, from, count);
        next += count;
        return count;
    }

    /** The next block, or null at the end. */
    private byte @Nullable [] block() throws IOException {
        current = NOTHING;
        next = 0;
        while (!scanned && waiting.size() <= threads) {
            scan();
        }
        Waiting first = waiting.poll();
        if (first == null) {
            if (damage != null) {
                throw damage;
            }
            return null;
        }
        Bzip2Bits bits = first.bits;
        byte[] block = result(first.unpacked);
        if (block == null && !waiting.isEmpty()) {
            // The pattern may stand within a block by chance: once in some 10,000 large files.
            bits = Bzip2Bits.joined(bits, waiting.remove().bits);
            block = bits.unpackOrNull();
        }
        if (block == null) {
            throw damaged("its block " + (blocks + 1) + " cannot be unpacked");
        }
        blocks++;
        streamSum = Integer.rotateLeft(streamSum, 1) ^ bits.checksum();
        if (bits.ends()) {
            if (streamSum != bits.streamSum()) {
                damaged("the checksum of its blocks up to " + blocks + " is wrong");
            }
            streamSum = 0;
        }
        return block;
    }

    /** Nothing more is given out but this. */
    private DamagedException damaged(String what) {
        waiting.clear();
        scanned = true;
        damage = new DamagedException(true, "a damaged bzip2 file: " + what);
        return damage;
    }

    private void scan() throws IOException {
        try {
            Bzip2Bits bits = scanner.next();
            if (bits == null) {
                scanned = true;
            } else {
                waiting.add(new Waiting(bits, unpackers.submit(bits::unpackOrNull)));
            }
        } catch (DamagedException e) {
            scanned = true;
            damage = e;
        }
    }

    private static byte @Nullable [] result(Future<byte @Nullable []> unpacked) throws IOException {
        try {
            return unpacked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while unpacking");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        unpackers.shutdownNow();
        in.close();
    }
}
