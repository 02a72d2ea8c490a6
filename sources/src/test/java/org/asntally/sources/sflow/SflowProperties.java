package org.asntally.sources.sflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.Captures;
import org.asntally.sources.packet.Frames;
import org.asntally.sources.packet.PacketFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any datagrams: what the generator meant is what is read; damaged ones are read to some end. */
class SflowProperties {

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("asntally.long") ? 100_000 : 500);
    }

    /** Datagrams, and what they mean. */
    private static final class Truth {
        final List<Long> rates = new ArrayList<>();
        final List<Long> lengths = new ArrayList<>();
        final List<String> sources = new ArrayList<>();
        long packets;
        long bytes;
        int number;

        byte[] datagram(SplittableRandom random, int sequence) {
            int count = random.nextInt(9);
            byte[][] samples = new byte[count][];
            for (int i = 0; i < count; i++) {
                samples[i] =
                        switch (random.nextInt(8)) {
                            case 0 -> Datagrams.counters(i);
                            case 1 -> Datagrams.typed(random.nextInt(5, 9_000), bytes(random));
                            default -> sample(random);
                        };
            }
            int agent = Datagrams.AGENT + random.nextInt(3);
            return random.nextInt(4) == 0
                    ? Datagrams.datagram6(1, agent, sequence, sequence, samples)
                    : Datagrams.datagram(agent, sequence, sequence, samples);
        }

        private byte[] sample(SplittableRandom random) {
            int rate = random.nextInt(1, 1 << random.nextInt(1, 31));
            int length = random.nextInt(20, 9_000);
            List<byte[]> records = new ArrayList<>();
            if (random.nextInt(3) == 0) {
                records.add(Datagrams.extendedSwitch());
            }
            if (random.nextInt(3) == 0) {
                records.add(Datagrams.gateway(1, 2, new int[random.nextInt(4)]));
            }
            if (random.nextInt(5) == 0) {
                records.add(Datagrams.typed(random.nextInt(5, 1_000), bytes(random)));
            }
            int place = random.nextInt(records.size() + 1);
            switch (random.nextInt(4)) {
                case 0 -> records.add(place, Datagrams.ipv4(length, 6, 1, 2, 3, 4));
                case 1 -> records.add(place, Datagrams.ipv6(length, 6, 1, 2, 3, 4));
                default ->
                        records.add(
                                place,
                                Datagrams.frame(
                                        length, Frames.numbered(number, random.nextInt(9))));
            }
            boolean decoded = records.get(place)[3] != 1;
            sources.add(
                    !decoded
                            ? Address.text4(number)
                            : records.get(place)[3] == 3 ? "192.0.2.1" : "2001:db8::1");
            rates.add((long) rate);
            lengths.add((long) length);
            packets += rate;
            bytes += (long) rate * length;
            number++;
            byte[][] all = records.toArray(new byte[0][]);
            return random.nextInt(3) == 0
                    ? Datagrams.expanded(number, 0, 3, rate, number * rate, 0, 3, 0, 7, all)
                    : Datagrams.sample(number, rate, number * rate, all);
        }

        private static byte[] bytes(SplittableRandom random) {
            byte[] bytes = new byte[4 * random.nextInt(30)];
            random.nextBytes(bytes);
            return bytes;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasMeantIsRead(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Truth truth = new Truth();
        ReadDatagrams read = new ReadDatagrams();

        for (int i = 0; i < 5; i++) {
            SkipReason reason = read.read(truth.datagram(random, i));
            assertThat(reason).as("seed %d", seed).isEqualTo(SkipReason.NONE);
        }

        assertThat(read.addresses(FlowColumn.SOURCE)).as("seed %d", seed).isEqualTo(truth.sources);
        assertThat(read.numbers(FlowColumn.SAMPLING_RATE))
                .as("seed %d", seed)
                .isEqualTo(truth.rates);
        assertThat(read.numbers(FlowColumn.BYTES)).as("seed %d", seed).isEqualTo(truth.lengths);
        assertThat(read.scaled(FlowColumn.PACKETS)).as("seed %d", seed).isEqualTo(truth.packets);
        assertThat(read.scaled(FlowColumn.BYTES)).as("seed %d", seed).isEqualTo(truth.bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedDatagramsAreReadAlikeInPiecesOfAnySize(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Truth truth = new Truth();
        Captures file = Captures.pcap();
        for (int i = random.nextInt(8); i >= 0; i--) {
            byte[] packet = Datagrams.udp(6343, damaged(random, truth.datagram(random, i)));
            file.packet(i, 0, packet, packet.length);
        }
        byte[] bytes = file.bytes();
        SflowFormat format = new SflowFormat(SflowOptions.ALL, PacketFilter.ALL);

        SflowCapture whole = SflowCapture.of(bytes, 1 << 17, format);
        SflowCapture pieces = SflowCapture.of(bytes, 1 + random.nextInt(300), format);

        assertThat(pieces.flows).as("seed %d", seed).isEqualTo(whole.flows);
        assertThat(pieces.skips).as("seed %d", seed).isEqualTo(whole.skips);
        assertThat(whole.failure).as("seed %d", seed).isNull();
        assertThat(whole.flows.size()).as("seed %d", seed).isLessThanOrEqualTo(bytes.length / 80);
    }

    /** With words changed, most of them to what a length or number might lie. */
    static byte[] damaged(SplittableRandom random, byte[] datagram) {
        ByteBuffer words = ByteBuffer.wrap(datagram);
        for (int lies = random.nextInt(4); lies > 0; lies--) {
            int at = 4 * random.nextInt(datagram.length / 4);
            int word = words.getInt(at);
            words.putInt(
                    at,
                    switch (random.nextInt(6)) {
                        case 0 -> word + 4;
                        case 1 -> word - 4;
                        case 2 -> -1;
                        case 3 -> Integer.MAX_VALUE - 3;
                        case 4 -> 0;
                        default -> random.nextInt();
                    });
        }
        return random.nextInt(3) == 0
                ? Arrays.copyOf(datagram, random.nextInt(datagram.length + 1))
                : datagram;
    }

    /** Some datagram, for the fuzzer to begin with. */
    static byte[] any(SplittableRandom random) {
        return damaged(random, new Truth().datagram(random, random.nextInt()));
    }
}
