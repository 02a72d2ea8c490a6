package org.asntally.sources.live;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.BadPackets;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.LivePackets;
import org.jspecify.annotations.Nullable;

/**
 * An interface that is captured from. The kernel gathers packets in a ring of its own; {@link
 * #read} takes them out without waiting, and a thread waits for more. What the kernel had no room
 * for is counted.
 *
 * <p>One thread reads and closes; {@link #stop} may be called by any.
 */
public final class LiveCapture implements Closeable {

    /** The kernel hands over what has gathered after so long, however little. */
    private static final int GATHER_MILLIS = 50;

    /** As often it is looked whether to stop. */
    private static final int POLL_MILLIS = 100;

    /** Where nothing tells of packets, they are looked for as often. */
    private static final long NO_DESCRIPTOR_NANOS = 10_000_000;

    private static final int HEADER = 24;

    private final Pointer handle;
    private final int link;
    private final LivePackets packets = CaptureFormat.PCAP.live();
    private final Memory places = new Memory(16);
    private final Pointer headerPlace = places.share(0);
    private final Pointer dataPlace = places.share(8);
    private final Moving header = new Moving();
    private final Moving data = new Moving();
    private final Memory stats = new Memory(12);
    private final byte[] headerBytes = new byte[HEADER];
    private final byte[] bytes;
    private final Thread waiter;
    private long dropped;
    private long droppedByInterface;
    private volatile boolean stopping;
    private boolean closed;
    private @Nullable CompletableFuture<Void> wake;

    /** A pointer that can be set anew, so that none is made for each packet. */
    private static final class Moving extends Pointer {
        Moving() {
            super(0);
        }

        void to(long address) {
            peer = address;
        }
    }

    private LiveCapture(String name, LiveFormat format, Pointer handle) {
        this.handle = handle;
        this.bytes = new byte[format.snapLength()];
        this.link = Libpcap.pcap_datalink(handle);
        this.waiter = new Thread(this::waitForPackets, "capture " + name);
        waiter.setDaemon(true);
    }

    /**
     * Begins to capture.
     *
     * @param name the interface
     */
    public static LiveCapture open(String name, LiveFormat format) throws CaptureException {
        LiveCapture capture = new LiveCapture(name, format, activate(name, format));
        capture.waiter.start();
        return capture;
    }

    /** Makes sure that {@link #open} would succeed, by doing it for a moment. */
    public static void check(String name, LiveFormat format) throws CaptureException {
        Libpcap.pcap_close(activate(name, format));
    }

    private static Pointer activate(String name, LiveFormat format) throws CaptureException {
        Libpcap.need();
        byte[] error = new byte[Libpcap.ERROR_BUFFER];
        Pointer handle = Libpcap.pcap_create(name, error);
        if (handle == null) {
            throw new CaptureException(CaptureException.Trouble.NO_INTERFACE, Libpcap.text(error));
        }
        boolean whole = false;
        try {
            Libpcap.pcap_set_snaplen(handle, format.snapLength());
            Libpcap.pcap_set_promisc(handle, format.promiscuous() ? 1 : 0);
            Libpcap.pcap_set_timeout(handle, GATHER_MILLIS);
            Libpcap.pcap_set_buffer_size(handle, format.buffer());
            int status = Libpcap.pcap_activate(handle);
            if (status < 0) {
                throw new CaptureException(trouble(status), said(status, handle));
            }
            if (Libpcap.pcap_setnonblock(handle, 1, error) < 0) {
                throw new CaptureException(CaptureException.Trouble.NOT_READY, Libpcap.text(error));
            }
            if (!format.filter().isEmpty()) {
                Memory program = BpfProgram.compile(format.filter(), handle);
                int set = Libpcap.pcap_setfilter(handle, program);
                Libpcap.pcap_freecode(program);
                if (set < 0) {
                    throw new CaptureException(
                            CaptureException.Trouble.BAD_FILTER, Libpcap.pcap_geterr(handle));
                }
            }
            whole = true;
            return handle;
        } finally {
            if (!whole) {
                Libpcap.pcap_close(handle);
            }
        }
    }

    private static CaptureException.Trouble trouble(int status) {
        return switch (status) {
            case Libpcap.NO_SUCH_DEVICE -> CaptureException.Trouble.NO_INTERFACE;
            case Libpcap.NO_RIGHT, Libpcap.NO_RIGHT_TO_LISTEN_TO_ALL ->
                    CaptureException.Trouble.NO_RIGHT;
            default -> CaptureException.Trouble.NOT_READY;
        };
    }

    private static String said(int status, Pointer handle) {
        String said = Libpcap.pcap_geterr(handle);
        return said.isEmpty() ? Libpcap.pcap_statustostr(status) : said;
    }

    /** The interfaces that can be captured from, the usual one first. */
    public static List<String> interfaces() throws CaptureException {
        Libpcap.need();
        byte[] error = new byte[Libpcap.ERROR_BUFFER];
        Memory first = new Memory(8);
        first.clear();
        if (Libpcap.pcap_findalldevs(first, error) != 0) {
            throw new CaptureException(CaptureException.Trouble.NO_INTERFACE, Libpcap.text(error));
        }
        List<String> names = new ArrayList<>();
        Pointer all = first.getPointer(0);
        // struct pcap_if: next, name, description, addresses, flags.
        for (Pointer one = all; one != null; one = one.getPointer(0)) {
            names.add(one.getPointer(8).getString(0));
        }
        if (all != null) {
            Libpcap.pcap_freealldevs(all);
        }
        return names;
    }

    /**
     * Takes out what is there, until the builder is full.
     *
     * @return how many packets; 0 when there is none now; -1 when the interface is gone
     */
    public int read(FlowBatchBuilder flows, BadPackets bad) {
        int count = 0;
        while (!flows.isFull() && count < FlowBatchBuilder.CAPACITY) {
            int status = Libpcap.pcap_next_ex(handle, headerPlace, dataPlace);
            if (status <= 0) {
                return status < 0 && count == 0 ? -1 : count;
            }
            // struct pcap_pkthdr: seconds, microseconds, captured, length on the wire.
            header.to(places.getLong(0));
            data.to(places.getLong(8));
            header.read(0, headerBytes, 0, HEADER);
            int captured = Math.min(Math.max(int32(16), 0), bytes.length);
            data.read(0, bytes, 0, captured);
            long millis = 1_000 * int64(0) + int64(8) / 1_000;
            packets.read(
                    link, millis, bytes, captured, Integer.toUnsignedLong(int32(20)), flows, bad);
            count++;
        }
        return count;
    }

    private int int32(int at) {
        return (int) LivePackets.NATIVE_INT.get(headerBytes, at);
    }

    private long int64(int at) {
        return (long) LivePackets.NATIVE_LONG.get(headerBytes, at);
    }

    /** Counts what the kernel had to drop since the last call. */
    public void countDrops(FlowBatchBuilder flows) {
        if (Libpcap.pcap_stats(handle, stats) != 0) {
            return;
        }
        // struct pcap_stat: received, dropped, dropped by the interface; they wrap.
        long now = Integer.toUnsignedLong(stats.getInt(4));
        long byInterface = Integer.toUnsignedLong(stats.getInt(8));
        flows.skip(SkipReason.KERNEL_BUFFER, (now - dropped) & 0xffff_ffffL);
        flows.skip(SkipReason.INTERFACE, (byInterface - droppedByInterface) & 0xffff_ffffL);
        dropped = now;
        droppedByInterface = byInterface;
    }

    /** Why {@link #read} gave -1. */
    public String failure() {
        String said = Libpcap.pcap_geterr(handle);
        return said.isEmpty() ? "the interface is gone" : said;
    }

    /** Done when {@link #read} is worth a call. */
    public synchronized CompletableFuture<Void> available() {
        if (stopping) {
            return CompletableFuture.completedFuture(null);
        }
        if (wake == null) {
            wake = new CompletableFuture<>();
            notifyAll();
        }
        return wake;
    }

    /** Whoever waits is woken, now and from now on. */
    public void stop() {
        stopping = true;
        wakeReader();
    }

    /** Whether {@link #stop} was called. */
    public boolean isStopped() {
        return stopping;
    }

    private void waitForPackets() {
        int descriptor = Libpcap.pcap_get_selectable_fd(handle);
        Memory poll = new Memory(8);
        while (awaitReader()) {
            boolean some = true;
            if (descriptor >= 0) {
                poll.setInt(0, descriptor);
                poll.setInt(4, Posix.POLLIN);
                some = Posix.poll(poll, 1, POLL_MILLIS) != 0;
            } else {
                LockSupport.parkNanos(NO_DESCRIPTOR_NANOS);
            }
            if (some) {
                wakeReader();
            }
        }
    }

    /** Waits until the reader waits; false at the end. */
    private synchronized boolean awaitReader() {
        try {
            while (wake == null && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
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

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try {
            // It must not wait on a handle that is gone.
            waiter.join(10L * POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!waiter.isAlive()) {
            Libpcap.pcap_close(handle);
        }
    }
}
