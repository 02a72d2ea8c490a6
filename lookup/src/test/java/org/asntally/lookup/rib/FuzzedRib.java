package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Opens RIB files of any bytes and asks whatever opens for everything. */
public final class FuzzedRib {

    private static final int ENTRY = 24;
    private static final int HEADER = 64;

    /** Many in one small file are asked by samples. */
    private static final int MOST_ASKED = 2_000;

    private FuzzedRib() {}

    /** A right file, of which each patch changes a byte. */
    private static final class Right {
        static final byte[] FILE = make();

        private static byte[] make() {
            try {
                Path file = Files.createTempFile("right", ".rib");
                RibBuilder builder = TestRoutes.random(new SplittableRandom(1), 30).builder();
                builder.name(1, new byte[] {'x'}, 0, 1);
                builder.seen(false, 0, 0xc0000200L, 24, 5, 3, true, 1);
                builder.range(false, 0, 0xc6336403L, 0, 0xc6336409L, 2, 'F' << 8 | 'R', 7);
                RibFile.write(builder.build(), file);
                byte[] bytes = Files.readAllBytes(file);
                Files.delete(file);
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Opens a right file with changes, as it is and with right checksums.
     *
     * @param patches each: a section, or 255 for the header and the directory; where in it, 3
     *     bytes, modulo its length; the byte that is put there
     */
    public static void openPatched(byte[] patches) throws IOException {
        byte[] bytes = Right.FILE.clone();
        ByteBuffer header = ByteBuffer.wrap(Right.FILE).order(ByteOrder.LITTLE_ENDIAN);
        int sections = header.getInt(12);
        for (int i = 0; i + 5 <= patches.length; i += 5) {
            int section = patches[i] & 0xff;
            int at = (patches[i + 1] & 0xff) << 16 | (patches[i + 2] & 0xff) << 8;
            at |= patches[i + 3] & 0xff;
            int from = 0;
            int length = HEADER + ENTRY * sections;
            if (section != 255) {
                int entry = HEADER + ENTRY * (section % sections);
                from = (int) header.getLong(entry + 8);
                length = (int) header.getLong(entry + 16);
            }
            boolean unused = section == 255 && at % length >= 60 && at % length < HEADER;
            if (length > 0 && !unused) {
                bytes[from + at % length] = patches[i + 4];
            }
        }
        Path file = Files.createTempFile("fuzzed", ".rib");
        try {
            boolean same = Arrays.equals(bytes, Right.FILE);
            boolean opened = tryToOpen(file, bytes);
            assertThat(opened).as("a changed byte is found by its checksum").isEqualTo(same);
            if (sign(bytes)) {
                tryToOpen(file, bytes);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static boolean tryToOpen(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            ask(RibFile.open(file));
            return true;
        } catch (RibFormatException e) {
            assertThat(e).hasMessageStartingWith("'" + file + "' ");
            return false;
        }
    }

    /** Puts in the checksums where the directory allows it, as whoever makes a hostile file can. */
    private static boolean sign(byte[] bytes) {
        if (bytes.length < HEADER) {
            return false;
        }
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int count = file.getInt(12);
        if (count < 0 || HEADER + (long) ENTRY * count > bytes.length) {
            return false;
        }
        file.putLong(16, bytes.length);
        CRC32C crc = new CRC32C();
        for (int i = 0; i < count; i++) {
            int at = HEADER + ENTRY * i;
            long offset = file.getLong(at + 8);
            long length = file.getLong(at + 16);
            if (offset < 0
                    || length < 0
                    || offset > bytes.length
                    || length > bytes.length - offset) {
                return false;
            }
            crc.reset();
            crc.update(bytes, (int) offset, (int) length);
            file.putInt(at + 4, (int) crc.getValue());
        }
        crc.reset();
        crc.update(bytes, 0, 56);
        crc.update(bytes, HEADER, ENTRY * count);
        file.putInt(56, (int) crc.getValue());
        return true;
    }

    /** Asks a table for all that can be asked. */
    public static void ask(Rib rib) {
        int step = 1 + rib.routes() / MOST_ASKED;
        for (int i = 0; i < rib.routes(); i += step) {
            assertThat(rib.prefix(i)).isNotEmpty();
            assertThat(rib.length(i)).isBetween(1, 128);
            assertThat(rib.origins(i)).startsWith(rib.origin(i)).doesNotContain(0);
            assertThat(rib.file(i)).isNotNull();
            int route =
                    rib.isV6(i)
                            ? rib.route6(rib.high(i), rib.low(i))
                            : rib.route4((int) rib.low(i));
            assertThat(route).isBetween(Rib.UNROUTED, rib.routes() - 1);
            assertThat(rib.covering(i)).isLessThan(rib.routes());
            String name = rib.name(rib.origin(i));
            String country = rib.country(i);
            assertThat(country == null || country.length() == 2 || name != null).isTrue();
            assertThat(rib.hasAsSet(i) && rib.line(i) < 0).isFalse();
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            assertThat(rib.route4(random.nextInt())).isLessThan(rib.routes());
            assertThat(rib.route6(random.nextLong(), random.nextLong())).isLessThan(rib.routes());
        }
    }
}
