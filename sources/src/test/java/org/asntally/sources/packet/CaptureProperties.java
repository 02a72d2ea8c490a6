package org.asntally.sources.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures with random cuts and flipped bits: read to some end, alike in pieces of any size. */
class CaptureProperties {

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("asntally.long") ? 100_000 : 3_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedCapturesAreReadAlikeInPiecesOfAnySize(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] file = any(random);
        for (int flips = random.nextInt(5); flips > 0; flips--) {
            file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
        file = Arrays.copyOf(file, random.nextInt(file.length + 1));

        ReadCapture whole = ReadCapture.of(file, 1 << 18);
        ReadCapture pieces = ReadCapture.of(file, 1 + random.nextInt(200));

        assertThat(pieces.packets).as("seed %d", seed).isEqualTo(whole.packets);
        assertThat(pieces.failure).as("seed %d", seed).isEqualTo(whole.failure);
        assertThat(pieces.whole).as("seed %d", seed).isEqualTo(whole.whole);
        // No record is shorter.
        assertThat(whole.packets.size()).as("seed %d", seed).isLessThanOrEqualTo(file.length / 16);
    }

    /** Some capture of some packets. */
    static byte[] any(SplittableRandom random) {
        ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int[] links = {
            1, 1, 1, 0, 9, 50, 101, 104, 105, 107, 108, 113, 117, 127, 192, 219, 239, 242, 258, 276
        };
        int link = links[random.nextInt(links.length)];
        int packets = random.nextInt(12);
        if (random.nextBoolean()) {
            int[] magics = {0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34};
            Captures file =
                    Captures.pcap(order, magics[random.nextInt(3)], random.nextInt(2, 5), link);
            for (int i = 0; i < packets; i++) {
                file.packet(
                        random.nextLong(), random.nextInt(), Frames.any(random), random.nextInt());
            }
            return file.bytes();
        }
        Captures file =
                Captures.pcapng(order).section().on(link, random.nextInt(90), random.nextInt());
        for (int i = 0; i < packets; i++) {
            byte[] frame = Frames.any(random);
            switch (random.nextInt(7)) {
                case 0 -> file.simple(frame, random.nextInt(2_000));
                case 1 -> file.old(random.nextInt(3), random.nextLong(), frame, random.nextInt());
                case 2 -> file.block(random.nextInt(12), new byte[random.nextInt(90)]);
                case 3 -> file.on(links[random.nextInt(links.length)], random.nextInt(90));
                case 4 -> file.section().on(1, 0);
                default ->
                        file.enhanced(
                                random.nextInt(2), random.nextLong(), frame, random.nextInt());
            }
        }
        return file.bytes();
    }
}
