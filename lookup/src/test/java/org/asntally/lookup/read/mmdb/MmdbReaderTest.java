package org.asntally.lookup.read.mmdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.Shared;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.lookup.rib.RibKind;
import org.asntally.lookup.rib.RibLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MaxMind DB files as the library of the format's makers reads them; and hostile ones. */
class MmdbReaderTest {

    private final List<String> faults = new ArrayList<>();

    private Rib read(byte[] file) {
        RibBuilder builder = new RibBuilder();
        builder.file("t");
        MmdbReader.read(
                file,
                builder,
                "t",
                (name, line, fault, excerpt) -> faults.add(fault + " " + excerpt));
        return builder.build();
    }

    /** What the other library makes of a record. */
    public record Network(Long number, String organization) {
        /** Called by it. */
        @MaxMindDbConstructor
        public Network(
                @MaxMindDbParameter(name = "autonomous_system_number") Long number,
                @MaxMindDbParameter(name = "autonomous_system_organization") String organization) {
            this.number = number;
            this.organization = organization;
        }
    }

    /** Prefix to AS number and name; a name that is not told is null. */
    private static Map<String, Network> byTheirLibrary(byte[] file) throws Exception {
        Map<String, Network> routes = new TreeMap<>();
        try (Reader reader = new Reader(new ByteArrayInputStream(file))) {
            Networks<Network> networks = reader.networks(Network.class);
            while (networks.hasNext()) {
                var found = networks.next();
                Network data = found.data();
                if (data != null && data.number() != null && data.number() != 0) {
                    String prefix =
                            found.network().networkAddress().getHostAddress()
                                    + "/"
                                    + found.network().prefixLength();
                    routes.put(canonical(prefix), data);
                }
            }
        }
        return routes;
    }

    private static void isAsTheirLibraryReadsIt(Rib rib, byte[] file) throws Exception {
        Map<String, Network> theirs = byTheirLibrary(file);
        Map<Long, Set<String>> names = new HashMap<>();
        Map<String, Long> numbers = new TreeMap<>();
        theirs.forEach(
                (prefix, network) -> {
                    numbers.put(prefix, network.number());
                    names.computeIfAbsent(network.number(), n -> new HashSet<>())
                            .add(String.valueOf(network.organization()));
                });
        assertThat(numbers(rib)).isEqualTo(numbers);
        names.forEach(
                (number, known) ->
                        assertThat(known).contains(String.valueOf(rib.name(number.intValue()))));
    }

    private static Map<String, Long> numbers(Rib rib) {
        Map<String, Long> numbers = new TreeMap<>();
        for (int i = 0; i < rib.routes(); i++) {
            numbers.put(rib.prefix(i), rib.origin(i) & 0xffffffffL);
        }
        return numbers;
    }

    /** The JDK writes IPv6 addresses without "::". */
    private static String canonical(String prefix) {
        if (prefix.indexOf(':') < 0) {
            return prefix;
        }
        byte[] text = prefix.getBytes(StandardCharsets.US_ASCII);
        int slash = prefix.indexOf('/');
        Address address = new Address();
        assertThat(address.parse(text, 0, slash)).isEqualTo(6);
        return Prefix.text(
                true, address.high(), address.low(), Integer.parseInt(prefix.substring(slash + 1)));
    }

    @Test
    void theFormatMakersTestFileIsReadAsTheirLibraryReadsIt() throws Exception {
        Path path = Shared.file("data/mmdb/GeoLite2-ASN-Test.mmdb");
        byte[] file = Files.readAllBytes(path);
        Rib rib = read(file);
        assertThat(faults).isEmpty();
        assertThat(rib.routes()).isGreaterThan(300);
        isAsTheirLibraryReadsIt(rib, file);

        Rib loaded = new RibLoader((f, l, w, x) -> faults.add(w.toString())).load(path);
        assertThat(numbers(loaded)).isEqualTo(numbers(rib));
        assertThat(loaded.info().kind()).isEqualTo(RibKind.RANGES);
        assertThat(loaded.info().attribution()).contains("MaxMind");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 28, 32})
    void everyRecordSizeAndAliasesAreRead(int bits) throws Exception {
        TestMmdb made = TestMmdb.random(bits, 800);
        made.alias(0x2002_0000_0000_0000L, 0, 16);
        made.alias(0, 0xffff_0000_0000L, 96);
        byte[] file = made.file(bits);
        Rib rib = read(file);
        assertThat(faults).isEmpty();
        assertThat(numbers(rib)).isEqualTo(made.networks);
        isAsTheirLibraryReadsIt(rib, file);
    }

    @Test
    void aTreeThatLoopsIsReadOnceAndTold() {
        TestMmdb made = TestMmdb.random(1, 50);
        byte[] file = made.file(24);
        // The first node's right half, which was empty, is the first node.
        Arrays.fill(file, 3, 6, (byte) 0);
        assertThat(numbers(read(file))).isEqualTo(made.networks);
        assertThat(faults).hasSize(1).first().asString().contains("BAD_RECORD 8000::/1");
    }

    @Test
    void aFileWithoutMetadataIsNone() {
        byte[] file = TestMmdb.random(1, 50).file(24);
        assertThat(read(Arrays.copyOf(file, file.length - 1)).routes()).isZero();
        assertThat(faults).hasSize(1).first().asString().contains("NO_RECORD metadata");
        assertThat(MmdbReader.is(Arrays.copyOf(file, file.length / 2))).isFalse();
        assertThat(MmdbReader.type(file)).isEqualTo("GeoLite2-ASN");
    }

    /** Wherever it is wrong, it is told or gives a network that the file has. */
    @Test
    void flippedBytesDoNoHarm() {
        byte[] file = TestMmdb.random(2, 200).file(28);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = file.clone();
            for (int j = 0; j < 1 + random.nextInt(4); j++) {
                damaged[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            assertThat(read(damaged).routes()).isLessThan(20_000);
        }
        assertThat(faults).isNotEmpty();
    }
}
