package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table comes back from its file as it was; a damaged file says so and does nothing else. */
class RibFileTest {

    private static final int ENTRY = 24;

    @TempDir private Path folder;
    private Path file;
    private Rib built;
    private byte[] bytes;

    @BeforeEach
    void write() throws IOException {
        TestRoutes table = TestRoutes.random(new SplittableRandom(7), 40);
        RibBuilder builder = table.builder();
        byte[] name = "SAMPLE, CA".getBytes(StandardCharsets.UTF_8);
        builder.name(1, name, 0, name.length);
        builder.name(-1, name, 0, name.length);
        builder.file("second");
        builder.range(false, 0, 0xc0000200L, 0, 0xc00002ffL, 64496, 'F' << 8 | 'R', 7);
        builder.country(false, 0, 0, 0, 0xffffffffL, 'D' << 8 | 'E', 1);
        builder.countryInNames().source("a test").licence("CC0", "nobody");
        builder.validFrom(Instant.parse("2026-06-17T12:00:00Z"));
        builder.addedAt(Instant.parse("2026-06-18T12:00:00Z"));
        builder.skippedLine();
        built = builder.build();
        file = folder.resolve("t.rib");
        RibFile.write(built, file);
        bytes = Files.readAllBytes(file);
    }

    @Test
    void comesBackAsItWas() throws IOException {
        Rib read = RibFile.open(file);
        assertThat(read.info()).isEqualTo(built.info());
        assertThat(read.id()).isEqualTo(built.id()).hasSize(64);
        assertThat(Long.toHexString(read.version()))
                .isEqualTo(
                        Long.toHexString(Long.parseUnsignedLong(read.id().substring(0, 16), 16)));
        assertThat(read.routes()).isEqualTo(built.routes());
        for (int i = 0; i < built.routes(); i++) {
            assertThat(describe(read, i)).isEqualTo(describe(built, i));
        }
        assertThat(read.name(1)).isEqualTo("SAMPLE, CA");
        assertThat(read.name(-1)).isEqualTo("SAMPLE, CA");
        assertThat(read.name(2)).isNull();
    }

    private static String describe(Rib rib, int i) {
        return rib.prefix(i)
                + Arrays.toString(rib.origins(i))
                + rib.file(i)
                + rib.line(i)
                + rib.country(i)
                + rib.covering(i)
                + rib.exactRoute(rib.isV6(i), rib.high(i), rib.low(i), rib.length(i));
    }

    @Test
    void findsCoveringRoutes() {
        RibBuilder builder = new RibBuilder();
        builder.route4(0xc0000000, 8, 1, 1);
        builder.route4(0xc0000200, 24, 2, 2);
        builder.route4(0xc0000280, 25, 3, 3);
        Rib rib = builder.build();
        int route = rib.route4(0xc0000281);
        assertThat(rib.prefix(route)).isEqualTo("192.0.2.128/25");
        route = rib.covering(route);
        assertThat(rib.prefix(route)).isEqualTo("192.0.2.0/24");
        route = rib.covering(route);
        assertThat(rib.prefix(route)).isEqualTo("192.0.0.0/8");
        assertThat(rib.covering(route)).isEqualTo(Rib.UNROUTED);
    }

    @Test
    void theIdDoesNotDependOnTimes() {
        RibBuilder builder = new RibBuilder();
        builder.route4(0xc0000200, 24, 1, 1);
        RibBuilder later = new RibBuilder();
        later.route4(0xc0000200, 24, 1, 1);
        later.validFrom(Instant.EPOCH).addedAt(Instant.EPOCH);
        RibBuilder other = new RibBuilder();
        other.route4(0xc0000200, 24, 2, 1);
        String id = builder.build().id();
        assertThat(later.build().id()).isEqualTo(id);
        assertThat(other.build().id()).isNotEqualTo(id);
    }

    @Test
    void aCutOffFileSaysSo() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int section = 0; section < header.getInt(12); section++) {
            long offset = header.getLong(64 + ENTRY * section + 8);
            refuses(Arrays.copyOf(bytes, (int) offset - 1));
            refuses(Arrays.copyOf(bytes, (int) Math.min(offset + 1, bytes.length - 1)));
        }
        for (int length = 0; length < 700; length += 7) {
            refuses(Arrays.copyOf(bytes, length));
        }
        refuses(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void aFlippedBitIsFound() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 80; i++) {
            byte[] damaged = bytes.clone();
            // Most of a small file is one section, so half of the flips go where the others are.
            int most = i % 2 == 0 ? 40_000 : bytes.length;
            int at = random.nextInt(Math.min(most, bytes.length));
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            if (inSection(at) || at < 60) {
                assertThatThrownBy(() -> RibFile.open(file))
                        .as("byte %d", at)
                        .isInstanceOf(RibFormatException.class)
                        .hasMessageStartingWith("'" + file + "' ");
            }
        }
    }

    private boolean inSection(int at) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < header.getInt(12); i++) {
            long offset = header.getLong(64 + ENTRY * i + 8);
            if (at >= offset && at < offset + header.getLong(64 + ENTRY * i + 16)) {
                return true;
            }
        }
        return false;
    }

    /** Whoever makes a hostile file can make its checksums too. */
    @Test
    void aFileWithRightChecksumsAndWrongContentIsRefusedOrHarmless() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            byte[] hostile = bytes.clone();
            int section = random.nextInt(header.getInt(12));
            int offset = (int) header.getLong(64 + ENTRY * section + 8);
            int length = (int) header.getLong(64 + ENTRY * section + 16);
            for (int j = 0; j < 1 + random.nextInt(3) && length > 0; j++) {
                hostile[offset + random.nextInt(length)] = (byte) random.nextInt();
            }
            sign(hostile);
            Files.write(file, hostile);
            try {
                askEverything(RibFile.open(file), random);
            } catch (RibFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(40);
    }

    private static void askEverything(Rib rib, SplittableRandom random) {
        for (int i = 0; i < rib.routes(); i++) {
            assertThat(describe(rib, i)).isNotEmpty();
            rib.route4((int) rib.low(i));
            rib.route6(rib.high(i), rib.low(i));
            rib.name(rib.origin(i));
        }
        for (int i = 0; i < 1000; i++) {
            rib.route4(random.nextInt());
            rib.route6(random.nextLong(), random.nextLong());
        }
    }

    private static void sign(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int count = buffer.getInt(12);
        CRC32C crc = new CRC32C();
        for (int i = 0; i < count; i++) {
            crc.reset();
            crc.update(
                    file,
                    (int) buffer.getLong(64 + ENTRY * i + 8),
                    (int) buffer.getLong(64 + ENTRY * i + 16));
            buffer.putInt(64 + ENTRY * i + 4, (int) crc.getValue());
        }
        crc.reset();
        crc.update(file, 0, 56);
        crc.update(file, 64, ENTRY * count);
        buffer.putInt(56, (int) crc.getValue());
    }

    private void refuses(byte[] content) throws IOException {
        Path damaged = folder.resolve("damaged.rib");
        Files.write(damaged, content);
        assertThatThrownBy(() -> RibFile.open(damaged))
                .as("%d bytes", content.length)
                .isInstanceOf(RibFormatException.class)
                .hasMessageStartingWith("'" + damaged + "' ");
    }
}
