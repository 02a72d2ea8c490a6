package org.asntally.sources.udp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real sockets on the loopback interface. */
@Timeout(60)
class UdpReceiverTest {

    private static final int RING = 4 * Datagrams.LONGEST;

    private final Semaphore arrivals = new Semaphore(0);

    /** Whose sockets are used. */
    enum Kind {
        LINUX,
        JDK
    }

    @ParameterizedTest
    @EnumSource
    void takesEachDatagramWithSenderAndTime(Kind kind) throws Exception {
        try (UdpReceiver receiver = open(kind, "127.0.0.1", 0, false, 1 << 20, RING)) {
            long before = System.currentTimeMillis();
            receiver.wakeWith(1);
            send(receiver, "127.0.0.1", 1, 0, 65_507, 1_400);
            assertThat(arrivals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            List<Integer> lengths = new ArrayList<>();
            byte[] out = new byte[RING];
            while (lengths.size() < 4) {
                int filled = receiver.poll(out, 0, out.length - Datagrams.LONGEST);
                for (int at = 0; at < filled; at = Datagrams.next(out, at)) {
                    lengths.add(Datagrams.length(out, at));
                    assertThat(Datagrams.family(out, at)).isEqualTo(4);
                    assertThat(Datagrams.senderLow(out, at)).isEqualTo(0x7f000001L);
                    assertThat(Datagrams.millis(out, at))
                            .isBetween(before, System.currentTimeMillis());
                }
            }
            assertThat(lengths).containsExactly(1, 0, 65_507, 1_400);
            assertThat(receiver.received()).isEqualTo(4);
            assertThat(receiver.takeRingDrops()).isZero();
        }
    }

    /** Real-time where that is allowed, else short ones where Linux (6.12) has them. */
    @Test
    void threadThatReceivesHasPromptTurns() throws Exception {
        assumeTrue(LinuxSocket.isThere(), "not Linux here");
        String[] release = System.getProperty("os.version").split("[.-]", 3);
        int kernel = Integer.parseInt(release[0]) * 1000 + Integer.parseInt(release[1]);
        CompletableFuture<Memory> turns = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            PromptTurns.take();
                            turns.complete(requireNonNull(PromptTurns.attributes()));
                        });
        thread.start();
        thread.join();
        Memory taken = turns.get();
        if (taken.getInt(PromptTurns.POLICY) != PromptTurns.ROUND_ROBIN) {
            assertThat(taken.getInt(PromptTurns.POLICY)).isEqualTo(PromptTurns.NORMAL);
            assertThat(taken.getLong(PromptTurns.RUNTIME) == PromptTurns.NANOS)
                    .isEqualTo(kernel >= 6012);
        }
        Memory here = requireNonNull(PromptTurns.attributes());
        assertThat(here.getInt(PromptTurns.POLICY)).isEqualTo(PromptTurns.NORMAL);
        assertThat(here.getLong(PromptTurns.RUNTIME)).isNotEqualTo(PromptTurns.NANOS);
    }

    @Test
    void restsOnlyWhenNothingIsLeft() throws Exception {
        assumeTrue(LinuxSocket.isThere());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (LinuxSocket socket = LinuxSocket.bind(any, false, 1 << 20);
                DatagramChannel sender = DatagramChannel.open()) {
            int sent = 2 * LinuxSocket.BATCH + 5;
            for (int i = 0; i < sent; i++) {
                sender.send(ByteBuffer.allocate(100), socket.address());
            }
            int[] taken = new int[1];
            List<Boolean> rests = new ArrayList<>();
            while (taken[0] < sent) {
                socket.receive((memory, at, length, family, high, low) -> taken[0]++);
                rests.add(socket.hasEmptied());
            }
            assertThat(taken[0]).isEqualTo(sent);
            assertThat(rests).containsExactly(false, false, true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAllAddressesTakesBothFamilies(Kind kind) throws Exception {
        UdpReceiver opened;
        try {
            opened = open(kind, "::", 0, false, 1 << 20, RING);
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here: " + e.getMessage());
            return;
        }
        try (UdpReceiver receiver = opened) {
            send(receiver, "127.0.0.1", 10);
            await(receiver, 1);
            send(receiver, "::1", 20);
            await(receiver, 2);
            byte[] out = new byte[RING];
            receiver.poll(out, 0, 10_000);
            assertThat(Datagrams.family(out, 0)).isEqualTo(4);
            assertThat(Datagrams.senderLow(out, 0)).isEqualTo(0x7f000001L);
            int second = Datagrams.next(out, 0);
            assertThat(Datagrams.family(out, second)).isEqualTo(6);
            assertThat(Datagrams.senderHigh(out, second)).isZero();
            assertThat(Datagrams.senderLow(out, second)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsWhatTheRingHasNoRoomFor(Kind kind) throws Exception {
        try (UdpReceiver receiver = open(kind, "127.0.0.1", 0, false, 1 << 20, RING)) {
            int sent = 0;
            long dropped = 0;
            while (dropped < 10) {
                send(receiver, "127.0.0.1", 60_000);
                sent++;
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (receiver.received() + dropped < sent && System.nanoTime() < end) {
                    dropped += receiver.takeRingDrops();
                }
            }
            assertThat(receiver.received() + dropped).isEqualTo(sent);
            byte[] out = new byte[2 * RING];
            int filled = receiver.poll(out, 0, RING);
            int count = 0;
            for (int at = 0; at < filled; at = Datagrams.next(out, at)) {
                count++;
            }
            assertThat(count).isEqualTo((int) receiver.received());
        }
    }

    /** The thread that empties the socket waits in here until the kernel had to drop. */
    @Test
    void tellsWhatTheKernelHadNoRoomFor() throws Exception {
        Semaphore goOn = new Semaphore(0);
        UdpReceiver receiver =
                UdpReceiver.open(
                        "127.0.0.1", 0, false, 4096, 4L << 20, goOn::acquireUninterruptibly);
        try (receiver) {
            assumeTrue(receiver.knowsKernelDrops(), "the kernel tells no drops here");
            receiver.wakeWith(1);
            int sent = 500;
            for (int i = 0; i < sent; i++) {
                send(receiver, "127.0.0.1", 1_000);
            }
            goOn.release(1_000);
            long dropped = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (receiver.received() + dropped < sent && System.nanoTime() < end) {
                dropped += receiver.takeKernelDrops();
            }
            assertThat(dropped).isPositive();
            assertThat(receiver.received() + dropped).isEqualTo(sent);
            assertThat(receiver.takeKernelDrops()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatIsTakenIsRefused(Kind kind) throws Exception {
        try (UdpReceiver first = open(kind, "127.0.0.1", 0, false, 1 << 20, RING)) {
            int port = first.address().getPort();
            assertThatThrownBy(() -> open(kind, "127.0.0.1", port, false, 1 << 20, RING))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("in use");
            assertThatThrownBy(() -> open(kind, "127.0.0.1", port, true, 1 << 20, RING))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void aHostThatIsNotThereIsNamed() {
        String host = "no.such.host.invalid";
        assertThatThrownBy(() -> UdpReceiver.open(host, 6343, false, 1, 1, arrivals::release))
                .hasMessageContaining(host);
    }

    /** What the kernel held, and what it dropped, is not forgotten by who closes. */
    @Test
    void whatTheKernelHoldsIsTakenBeforeTheAddressIsGivenUp() throws Exception {
        assumeTrue(LinuxSocket.isThere(), "not Linux here");
        Semaphore goOn = new Semaphore(0);
        UdpReceiver receiver =
                UdpReceiver.open(
                        "127.0.0.1", 0, false, 1 << 16, 4L << 20, goOn::acquireUninterruptibly);
        receiver.wakeWith(1);
        int sent = 500;
        for (int i = 0; i < sent; i++) {
            send(receiver, "127.0.0.1", 1_000);
        }
        Thread closes = new Thread(receiver::close);
        closes.start();
        goOn.release(1_000);
        closes.join();
        long dropped = receiver.takeKernelDrops();
        assertThat(dropped).isPositive();
        assertThat(receiver.received()).isGreaterThan(LinuxSocket.BATCH);
        assertThat(receiver.received() + dropped).isEqualTo(sent);
    }

    @Test
    void aSocketThatNobodySendsToEndsAtOnce() throws Exception {
        for (Kind kind : Kind.values()) {
            UdpReceiver receiver = open(kind, "127.0.0.1", 0, false, 1 << 16, RING);
            Thread.sleep(20);
            receiver.close();
            assertThat(receiver.received()).isZero();
            assertThat(receiver.failure()).isNull();
        }
    }

    /** Senders are spread over the sockets, and what one sends stays together. */
    @ParameterizedTest
    @EnumSource
    void socketsShareAnAddress(Kind kind) throws Exception {
        try (UdpReceiver first = open(kind, "127.0.0.1", 0, true, 1 << 20, RING);
                UdpReceiver second =
                        open(kind, "127.0.0.1", first.address().getPort(), true, 1 << 20, RING)) {
            int senders = 64;
            int each = 5;
            for (int i = 0; i < senders; i++) {
                int[] lengths = new int[each];
                Arrays.fill(lengths, i);
                send(first, "127.0.0.1", lengths);
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (first.received() + second.received() < (long) senders * each
                    && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(first.received() % each).isZero();
            assertThat(first.received()).isPositive();
            assertThat(second.received()).isPositive();
            assertThat(first.received() + second.received()).isEqualTo((long) senders * each);
            assertThat(second.isShared()).isFalse();
            assertThat(second.knowsKernelDrops()).isEqualTo(kind == Kind.LINUX);
        }
    }

    private UdpReceiver open(
            Kind kind, String host, int port, boolean together, int buffer, long ring)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (kind == Kind.JDK) {
            return UdpReceiver.of(
                    ChannelSocket.bind(address, together, buffer), false, ring, arrivals::release);
        }
        assumeTrue(LinuxSocket.isThere(), "not Linux here");
        return UdpReceiver.open(host, port, together, buffer, ring, arrivals::release);
    }

    private static void await(UdpReceiver receiver, long received) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (receiver.received() < received && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(receiver.received()).isEqualTo(received);
    }

    private static void send(UdpReceiver to, String address, int... lengths) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            InetSocketAddress target =
                    new InetSocketAddress(InetAddress.getByName(address), to.address().getPort());
            for (int length : lengths) {
                channel.send(ByteBuffer.allocate(length), target);
            }
        }
    }
}
