package org.asntally.lookup.read.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.asntally.lookup.read.AsNamesReader;
import org.asntally.lookup.read.AsnDbReader;
import org.asntally.lookup.read.IpLocationDbReader;
import org.asntally.lookup.read.IpToAsnReader;
import org.asntally.lookup.read.OverridesReader;
import org.asntally.lookup.read.PyasnReader;
import org.asntally.lookup.read.TableFaults;
import org.asntally.lookup.read.TableKind;
import org.asntally.lookup.read.mmdb.MmdbReader;
import org.asntally.lookup.read.mrt.MrtReader;
import org.asntally.lookup.rib.FuzzedRib;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.lookup.unpack.DamagedException;
import org.asntally.lookup.unpack.Unpacked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader on any bytes: no exception, no endless loop, and a table that can be asked. Seeds
 * come from {@link Seeds}; as tests the targets run on them alone. {@code ./test.sh long} fuzzes
 * each in turn.
 */
class ReaderFuzzTest {

    /** Of each target, when it fuzzes. */
    private static final String MINUTES = "10m";

    /** Reads from a stream into a builder. */
    @FunctionalInterface
    private interface Reading {
        int read(InputStream in, RibBuilder builder, TableFaults faults) throws IOException;
    }

    private static void read(byte @Nullable [] bytes, Reading reading) throws IOException {
        if (bytes == null) {
            return;
        }
        RibBuilder builder = new RibBuilder();
        builder.file("fuzzed");
        long[] faults = new long[1];
        int count =
                reading.read(
                        new ByteArrayInputStream(bytes),
                        builder,
                        (file, line, fault, excerpt) -> {
                            assertThat(excerpt).isNotNull();
                            faults[0]++;
                        });
        assertThat(count).isNotNegative();
        // Each takes a byte at least, and an AS_SET at its end gives 255 origins.
        assertThat(faults[0]).isLessThanOrEqualTo(2L * bytes.length + 2);
        // A table takes ten times as long as most readers, whatever is in it.
        if (Arrays.hashCode(bytes) % 16 == 0) {
            FuzzedRib.ask(builder.build());
        }
    }

    static Stream<byte[]> pyasnSeeds() {
        return Seeds.pyasn();
    }

    @MethodSource("pyasnSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void pyasn(byte[] bytes) throws IOException {
        read(bytes, (in, builder, faults) -> new PyasnReader(builder).read(in, "f", faults));
    }

    static Stream<byte[]> rangesSeeds() {
        return Seeds.ranges();
    }

    @MethodSource("rangesSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void ranges(byte[] bytes) throws IOException {
        read(bytes, (in, builder, faults) -> new IpLocationDbReader(builder).read(in, "f", faults));
        read(
                bytes,
                (in, builder, faults) ->
                        new IpLocationDbReader(builder).readCountries(in, "f", faults));
    }

    static Stream<byte[]> iptoasnSeeds() {
        return Seeds.iptoasn();
    }

    @MethodSource("iptoasnSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void iptoasn(byte[] bytes) throws IOException {
        read(bytes, (in, builder, faults) -> new IpToAsnReader(builder).read(in, "f", faults));
    }

    static Stream<byte[]> overridesSeeds() {
        return Seeds.overrides();
    }

    @MethodSource("overridesSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void overrides(byte[] bytes) throws IOException {
        read(bytes, (in, builder, faults) -> new OverridesReader(builder).read(in, "f", faults));
    }

    static Stream<byte[]> namesSeeds() {
        return Seeds.names();
    }

    @MethodSource("namesSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void names(byte[] bytes) throws IOException {
        read(bytes, (in, builder, faults) -> new AsNamesReader(builder).read(in, "f", faults));
    }

    static Stream<byte[]> asnDbSeeds() {
        return Seeds.asnDb();
    }

    @MethodSource("asnDbSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void asnDb(byte[] bytes) throws IOException {
        read(bytes, (in, builder, faults) -> new AsnDbReader(builder).read(in, "f", faults));
    }

    static Stream<byte[]> mrtSeeds() {
        return Seeds.mrt();
    }

    @MethodSource("mrtSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void mrt(byte[] bytes) throws IOException {
        read(bytes, (in, builder, faults) -> new MrtReader(builder).read(in, "f", faults));
    }

    static Stream<byte[]> mmdbSeeds() {
        return Seeds.mmdb();
    }

    @MethodSource("mmdbSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void mmdb(byte[] bytes) throws IOException {
        read(
                bytes,
                (in, builder, faults) -> MmdbReader.read(in.readAllBytes(), builder, "f", faults));
    }

    static Stream<byte[]> packedSeeds() {
        return Seeds.packed();
    }

    @MethodSource("packedSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void packed(byte[] bytes) throws IOException {
        if (bytes == null) {
            return;
        }
        try (InputStream in = Unpacked.open(new ByteArrayInputStream(bytes))) {
            byte[] buffer = new byte[1 << 16];
            long length = 0;
            int count = 0;
            // bzip2 packs 46 MB of zeros into 40 bytes: no need to wait for all of them.
            while (count >= 0 && length < 1 << 26) {
                length += count;
                count = in.read(buffer);
            }
            assertThat(TableKind.of(buffer)).isNotNull();
        } catch (DamagedException e) {
            assertThat(e).hasMessageContaining(" file");
        }
    }

    static Stream<byte[]> ribFileSeeds() {
        return Seeds.ribFile();
    }

    @MethodSource("ribFileSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void ribFile(byte[] bytes) throws IOException {
        if (bytes != null) {
            FuzzedRib.openPatched(bytes);
        }
    }
}
