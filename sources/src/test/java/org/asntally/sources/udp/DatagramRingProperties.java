package org.asntally.sources.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken over comes out, whole, once and in order; what is not is refused, not torn. */
@Timeout(60)
class DatagramRingProperties {

    private static final int SIZE = 4 * Datagrams.LONGEST;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatWentInComesOut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DatagramRing ring = new DatagramRing(SIZE);
        List<Integer> expected = new ArrayList<>();
        List<Integer> found = new ArrayList<>();
        byte[] out = new byte[SIZE];
        for (int turn = 0; turn < 2_000; turn++) {
            int offers = random.nextInt(40);
            for (int i = 0; i < offers; i++) {
                int length = random.nextInt(10) == 0 ? random.nextInt(65_508) : random.nextInt(300);
                long room = ring.size() - ring.waiting();
                boolean taken = ring.offer(datagram(turn, length), 0, length, turn, 4, 0, i);
                if (taken) {
                    expected.add(hash(turn, length, i));
                }
                long record = Datagrams.record(length);
                // A wrap may cost as much again, no more.
                assertThat(room)
                        .as("seed %d: room, taken %b", seed, taken)
                        .isBetween(taken ? record : 0, taken ? ring.size() : 2 * record);
            }
            int most = 1 + random.nextInt(100_000);
            int filled = ring.poll(out, 8, most);
            for (int at = 8; at < 8 + filled; at = Datagrams.next(out, at)) {
                found.add(hashOf(out, at));
            }
        }
        int filled;
        while ((filled = ring.poll(out, 0, 1_000)) > 0) {
            for (int at = 0; at < filled; at = Datagrams.next(out, at)) {
                found.add(hashOf(out, at));
            }
        }
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
        assertThat(ring.waiting()).isZero();
    }

    @Test
    void twoThreadsAgree() throws Exception {
        DatagramRing ring = new DatagramRing(SIZE);
        int count = 300_000;
        Thread writer =
                new Thread(
                        () -> {
                            ByteBuffer datagram = ByteBuffer.allocate(148);
                            for (int i = 0; i < count; ) {
                                datagram.putInt(0, i).putInt(144, i);
                                if (ring.offer(datagram, 0, 148, i, 6, i, ~i)) {
                                    i++;
                                } else {
                                    Thread.onSpinWait();
                                }
                            }
                        });
        writer.start();
        byte[] out = new byte[100_000];
        int next = 0;
        while (next < count) {
            int filled = ring.poll(out, 0, 20_000);
            for (int at = 0; at < filled; at = Datagrams.next(out, at)) {
                ByteBuffer payload = ByteBuffer.wrap(out, Datagrams.payload(at), 148).slice();
                boolean same =
                        payload.getInt(0) == next
                                && payload.getInt(144) == next
                                && Datagrams.millis(out, at) == next
                                && Datagrams.senderHigh(out, at) == next
                                && Datagrams.senderLow(out, at) == ~next;
                assertThat(same).as("datagram %d", next).isTrue();
                next++;
            }
        }
        writer.join();
        assertThat(ring.waiting()).isZero();
    }

    private static ByteBuffer datagram(int turn, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i += 97) {
            bytes[i] = (byte) (turn + i);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static int hash(int turn, int length, int low) {
        return 31 * (31 * turn + low) + Arrays.hashCode(datagram(turn, length).array());
    }

    private static int hashOf(byte[] out, int at) {
        int payload = Datagrams.payload(at);
        byte[] bytes = Arrays.copyOfRange(out, payload, payload + Datagrams.length(out, at));
        int turn = (int) Datagrams.millis(out, at);
        return 31 * (31 * turn + (int) Datagrams.senderLow(out, at)) + Arrays.hashCode(bytes);
    }
}
