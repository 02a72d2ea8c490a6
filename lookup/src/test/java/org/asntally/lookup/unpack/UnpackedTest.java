package org.asntally.lookup.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was packed comes out; damage is told, with where, after all that is sound. */
class UnpackedTest {

    /** Of 100,000 bytes a block, so that there are many. */
    private static final int SMALL_BLOCKS = 1;

    /** Bytes that pack a little, in runs and without. */
    private static byte[] sample(int length) {
        SplittableRandom random = new SplittableRandom(5);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; ) {
            byte value = (byte) random.nextInt(40);
            int run = random.nextInt(50) == 0 ? random.nextInt(400) : 1;
            for (int j = 0; j < run && i < length; j++) {
                bytes[i++] = value;
            }
        }
        return bytes;
    }

    private static byte[] bzip2(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(packed, SMALL_BLOCKS)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** What comes out until the end or until it throws. */
    private static final class Read {
        byte[] bytes = {};
        @Nullable DamagedException damage;

        static Read of(byte[] packed) throws IOException {
            Read read = new Read();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (InputStream in = Unpacked.open(new ByteArrayInputStream(packed))) {
                byte[] buffer = new byte[7_001];
                int count;
                while ((count = in.read(buffer)) > 0) {
                    out.write(buffer, 0, count);
                }
            } catch (DamagedException e) {
                read.damage = e;
            }
            read.bytes = out.toByteArray();
            return read;
        }

        boolean isStartOf(byte[] whole) {
            return bytes.length <= whole.length
                    && Arrays.equals(bytes, 0, bytes.length, whole, 0, bytes.length);
        }
    }

    @Test
    void whatIsNotPackedComesAsItIs() throws IOException {
        for (String text : new String[] {"", "B", "BZh", "192.0.2.0/24\t64496\n", "\u001f"}) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(Read.of(bytes).bytes).isEqualTo(bytes);
        }
    }

    @Test
    void severalBlocksAndStreamsOfBzip2AreOne() throws IOException {
        byte[] first = sample(1_234_567);
        byte[] second = sample(3);
        byte[] none = {};
        byte[] packed = joined(bzip2(first), bzip2(none), bzip2(second), bzip2(first));
        Read read = Read.of(packed);
        assertThat(read.damage).isNull();
        assertThat(read.bytes).isEqualTo(joined(first, second, first));
    }

    @Test
    void severalMembersOfGzipAreOne() throws IOException {
        byte[] first = sample(1_234_567);
        byte[] packed = joined(gzip(first), gzip(new byte[0]), gzip(first), new byte[512]);
        Read read = Read.of(packed);
        assertThat(read.damage).isNull();
        assertThat(read.bytes).isEqualTo(joined(first, first));
    }

    @Test
    void aGzipHeaderMayHoldMore() throws IOException {
        byte[] plain = gzip(new byte[] {7});
        byte[] header = {
            0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0, 1, 2
        };
        byte[] packed = joined(header, Arrays.copyOfRange(plain, 10, plain.length));
        assertThat(Read.of(packed).bytes).containsExactly(7);
    }

    @Test
    void aCutIsToldWithItsPlaceAfterWhatIsBeforeIt() throws IOException {
        byte[] bytes = sample(600_000);
        for (byte[] packed : new byte[][] {gzip(bytes), bzip2(bytes)}) {
            for (int length : new int[] {5, 20, packed.length / 2, packed.length - 1}) {
                Read read = Read.of(Arrays.copyOf(packed, length));
                DamagedException damage = read.damage;
                assertThat(damage)
                        .as("%d bytes", length)
                        .hasMessageContaining("cut off after byte " + length);
                assertThat(damage != null && damage.soundBefore()).isTrue();
                assertThat(read.isStartOf(bytes)).isTrue();
            }
        }
        // Runs make a block of 100,000 bytes hold some 500,000.
        byte[] more = sample(3_000_000);
        byte[] packed = bzip2(more);
        Read read = Read.of(Arrays.copyOf(packed, packed.length / 2));
        assertThat(read.bytes.length).isGreaterThan(more.length / 2 - 600_000);
        assertThat(read.isStartOf(more)).isTrue();
    }

    @Test
    void aFlippedBitIsToldAndBzip2GivesNothingWrong() throws IOException {
        byte[] bytes = sample(300_000);
        byte[] packed = bzip2(bytes);
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = packed.clone();
            int at = i < 14 ? i : random.nextInt(packed.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            if (!Bzip2Blocks.begin(damaged)) {
                continue;
            }
            Read read = Read.of(damaged);
            assertThat(read.isStartOf(bytes)).as("byte %d", at).isTrue();
            assertThat(read.damage != null || read.bytes.length == bytes.length)
                    .as("byte %d", at)
                    .isTrue();
        }
    }

    @Test
    void aFlippedBitInGzipMakesAllOfItSuspect() throws IOException {
        byte[] bytes = sample(300_000);
        byte[] packed = gzip(bytes);
        int suspect = 0;
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = packed.clone();
            int at = 10 + random.nextInt(packed.length - 10);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Read read = Read.of(damaged);
            // A few bits of the format mean nothing.
            boolean whole = Arrays.equals(bytes, read.bytes);
            assertThat(read.damage != null || whole).as("byte %d", at).isTrue();
            suspect += read.damage != null && !read.damage.soundBefore() ? 1 : 0;
        }
        assertThat(suspect).isGreaterThan(50);
    }

    @Test
    void whatIsNoStreamBehindAStreamIsTold() throws IOException {
        byte[] bytes = sample(1_000);
        byte[] garbage = {'x', 'y', 'z', 1, 2, 3};
        for (byte[] packed : new byte[][] {gzip(bytes), bzip2(bytes)}) {
            Read read = Read.of(joined(packed, garbage));
            assertThat(read.bytes).isEqualTo(bytes);
            assertThat(read.damage).hasMessageContaining("something else");
        }
    }

    @Test
    void blocksThatWereTakenForTwoAreJoined() throws IOException {
        byte[] bytes = sample(50_000);
        Bzip2Bits whole = new Bzip2Scanner(new ByteArrayInputStream(bzip2(bytes))).next();
        if (whole == null) {
            throw new AssertionError("no block");
        }
        int middle = (whole.from() + whole.to()) / 2 + 3;
        byte[] tail = Arrays.copyOfRange(whole.bytes(), middle / 8, whole.bytes().length);
        Bzip2Bits first = new Bzip2Bits(whole.bytes(), whole.from(), middle, false, 0);
        Bzip2Bits second = new Bzip2Bits(tail, middle % 8, whole.to() - middle / 8 * 8, true, 0);
        assertThat(first.unpackOrNull()).isNull();
        assertThat(Bzip2Bits.joined(first, second).unpackOrNull()).isEqualTo(bytes);
    }

    @Test
    void anErrorOfTheStreamItselfIsNoDamage() throws IOException {
        byte[] packed = gzip(sample(200_000));
        byte[] part = Arrays.copyOf(packed, 50_000);
        InputStream broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(part),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("no disk");
                            }

                            @Override
                            public int read(byte[] to, int from, int length) throws IOException {
                                throw new IOException("no disk");
                            }
                        });
        assertThatThrownBy(
                        () -> {
                            try (InputStream in = Unpacked.open(broken)) {
                                in.readAllBytes();
                            }
                        })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DamagedException.class)
                .hasMessage("no disk");
    }
}
