package org.asntally.lookup.read.mrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dump of ten million entries, with {@code -Dasntally.long=true} of 78 million (1.3 million
 * prefixes of 60 peers), within the heap of a test.
 */
class DumpScaleTest {

    private static final boolean LONG = Boolean.getBoolean("asntally.long");
    private static final int PEERS = 60;
    private static final int V4 = LONG ? 1_060_000 : 135_000;
    private static final int V6 = LONG ? 240_000 : 32_000;

    @TempDir private Path folder;

    /** Prefixes and origins in the order in which they were told. */
    private final long[] addresses = new long[V4 + V6];

    private final byte[] lengths = new byte[V4 + V6];
    private final int[] origins = new int[V4 + V6];
    private int told;

    @Test
    void everyPrefixOfALargeDumpHasItsOrigin() throws IOException {
        convert(folder.resolve("dump"), false);
        if (LONG) {
            told = 0;
            convert(folder.resolve("dump.gz"), true);
        }
    }

    private void convert(Path dump, boolean packed) throws IOException {
        try (OutputStream file = Files.newOutputStream(dump);
                OutputStream out =
                        new BufferedOutputStream(packed ? new Fast(file) : file, 1 << 20)) {
            new SeededDump(17, PEERS).telling(this::tell).write(out, V4, V6);
        }
        RibLoader loader =
                new RibLoader(
                        (file, line, fault, excerpt) -> {
                            throw new AssertionError(line + " " + fault + " " + excerpt);
                        });
        Path table = folder.resolve("dump.rib");
        RibFile.write(loader.load(dump), table);
        Files.delete(dump);
        Rib rib = RibFile.open(table);
        assertThat(rib.v4Routes()).isEqualTo(V4);
        assertThat(rib.routes()).isEqualTo(V4 + V6);
        for (int i = 0; i < told; i++) {
            boolean v6 = i >= V4;
            long high = v6 ? addresses[i] << 16 : 0;
            long low = v6 ? 0 : addresses[i];
            int route = rib.exactRoute(v6, high, low, lengths[i]);
            if (route < 0 || rib.origin(route) != origins[i]) {
                throw new AssertionError(
                        "prefix "
                                + i
                                + " must have the origin "
                                + Integer.toUnsignedString(origins[i])
                                + ", not "
                                + (route < 0 ? "none" : rib.prefix(route) + rib.origin(route)));
            }
        }
    }

    private void tell(boolean v6, long address, int length, int asn) {
        addresses[told] = address;
        lengths[told] = (byte) length;
        origins[told++] = asn;
    }

    /** gzip without effort. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
