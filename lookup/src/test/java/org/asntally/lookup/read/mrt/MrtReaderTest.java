package org.asntally.lookup.read.mrt;

import static org.asntally.lookup.read.mrt.DumpWriter.attribute;
import static org.asntally.lookup.read.mrt.DumpWriter.joined;
import static org.asntally.lookup.read.mrt.DumpWriter.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.asntally.lookup.Shared;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.lookup.rib.RibLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Table dumps, real, made and broken: each origin as a second decoder has it. */
class MrtReaderTest {

    private static final int AS_PATH = 2;
    private static final int AGGREGATOR = 7;
    private static final int AS4_PATH = 17;
    private static final int AS4_AGGREGATOR = 18;
    private static final int SET = 1;
    private static final int SEQUENCE = 2;
    private static final int CONFED_SEQUENCE = 3;
    private static final int CONFED_SET = 4;

    private final List<String> faults = new ArrayList<>();

    private Rib read(byte[] dump) throws IOException {
        RibBuilder builder = new RibBuilder();
        builder.file("t");
        new MrtReader(builder)
                .read(
                        new ByteArrayInputStream(dump),
                        "t",
                        (file, line, fault, excerpt) ->
                                faults.add(line + " " + fault + " " + excerpt));
        return builder.build();
    }

    private static List<String> routes(Rib rib) {
        List<String> routes = new ArrayList<>();
        for (int i = 0; i < rib.routes(); i++) {
            List<String> origins = new ArrayList<>();
            for (int origin : rib.origins(i)) {
                origins.add(Integer.toUnsignedString(origin));
            }
            routes.add(rib.prefix(i) + " " + String.join(" ", origins));
        }
        return routes;
    }

    /** Every prefix with all its origins, as the second decoder has them. */
    private static List<String> expected(SecondDecoder decoder, Rib order) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (String prefix : decoder.prefixes.keySet()) {
            List<Long> origins = decoder.origins(prefix);
            if (!prefix.endsWith("/0") && !origins.isEmpty()) {
                texts.put(prefix, prefix + " " + origins.toString().replaceAll("[\\[\\],]", ""));
            }
        }
        List<String> sorted = new ArrayList<>();
        for (int i = 0; i < order.routes(); i++) {
            String text = texts.remove(order.prefix(i));
            sorted.add(text == null ? "not known: " + order.prefix(i) : text);
        }
        sorted.addAll(texts.values());
        return sorted;
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return file.toString().endsWith(".gz")
                    ? new GZIPInputStream(in).readAllBytes()
                    : in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bird-mrtdump_rib",
                "bird6-mrtdump_rib",
                "bview.ipv4_unicast_add_path.gz",
                "bview.ipv6_unicast_add_path.gz"
            })
    void realDumpsGiveTheOriginsOfASecondDecoder(String name) throws IOException {
        byte[] dump = unpacked(Shared.file("data/mrt/" + name));
        Rib rib = read(dump);
        assertThat(rib.routes()).isPositive();
        assertThat(routes(rib)).isEqualTo(expected(new SecondDecoder(dump), rib));
    }

    /** What a well-known printer of dumps says of the same files. */
    @ParameterizedTest
    @ValueSource(strings = {"bview.ipv4_unicast_add_path.gz", "bview.ipv6_unicast_add_path.gz"})
    void theSecondDecoderReadsWhatAnotherReaderPrints(String name) throws IOException {
        Path file = Shared.file("data/mrt/" + name);
        SecondDecoder decoder = new SecondDecoder(unpacked(file));
        String printed =
                new String(
                        unpacked(Shared.file("data/mrt/" + name + ".bgp.gz")),
                        StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            String[] fields = line.split("\\|", -1);
            lines.add(fields[5] + "|" + fields[6] + "|" + fields[7]);
        }
        assertThat(lines).isNotEmpty();
        assertThat(decoder.lines).isEqualTo(lines);
    }

    @Test
    void ofARealFileThatIsCutOffTheRoutesBeforeTheCutAreRead() throws IOException {
        Path file = Shared.file("data/mrt/rib.20140523.0600_firstMB.bz2");
        RibLoader loader =
                new RibLoader(
                        (name, line, fault, excerpt) ->
                                faults.add(line + " " + fault + " " + excerpt));
        Rib rib = loader.load(file);
        assertThat(loader.isCutOff()).isTrue();
        assertThat(faults)
                .containsExactly(
                        "2 DEFAULT_ROUTE byte 631",
                        "9075 CUT_OFF byte 15274550, a bzip2 file cut off after byte 1048576");
        assertThat(rib.routes()).isEqualTo(9071);

        SecondDecoder decoder = new SecondDecoder(wholeRecords(file));
        assertThat(routes(rib)).isEqualTo(expected(decoder, rib));
    }

    /** What another library unpacks before it gives up, up to the end of a record. */
    private static byte[] wholeRecords(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = new BZip2CompressorInputStream(Files.newInputStream(file), true)) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                out.write(octet);
            }
        } catch (IOException e) {
            // Cut off.
        }
        byte[] bytes = out.toByteArray();
        int end = 0;
        while (end + 12 <= bytes.length) {
            int length =
                    (bytes[end + 8] & 0xff) << 24
                            | (bytes[end + 9] & 0xff) << 16
                            | (bytes[end + 10] & 0xff) << 8
                            | (bytes[end + 11] & 0xff);
            if (end + 12 + length > bytes.length) {
                break;
            }
            end += 12 + length;
        }
        return Arrays.copyOf(bytes, end);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void seededDumpsGiveTheOriginsOfASecondDecoder(long seed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int peers = seed == 6 ? 1 : (int) (10 * seed);
        new SeededDump(seed, peers).write(out, 3_000, 1_000);
        Rib rib = read(out.toByteArray());
        assertThat(faults).isEmpty();
        assertThat(rib.routes()).isEqualTo(4_000);
        SecondDecoder decoder = new SecondDecoder(out.toByteArray());
        assertThat(routes(rib)).isEqualTo(expected(decoder, rib));
        long sets =
                decoder.prefixes.values().stream()
                        .filter(paths -> paths.stream().anyMatch(p -> p.path().endsWith("}")))
                        .count();
        long marked = 0;
        for (int i = 0; i < rib.routes(); i++) {
            marked += rib.hasAsSet(i) ? 1 : 0;
        }
        assertThat(marked).isEqualTo(sets);
    }

    @Test
    void theOriginOfMostPeersWinsThenTheLowestNumber() throws IOException {
        DumpWriter dump = new DumpWriter().peers(1, 2, 3, 4);
        dump.documentation(3);
        dump.entry(0, path(4, 1, 64497));
        dump.entry(1, path(4, 2, 64496)).entry(2, path(4, 3, 64497)).end(13, 2);
        dump.u32(1).u8(24, 198, 51, 100).u16(2);
        dump.entry(0, path(4, 1, 4_200_000_000L)).entry(1, path(4, 2, 64498)).end(13, 2);
        Rib rib = read(dump.dump());
        assertThat(routes(rib))
                .containsExactly("192.0.2.0/24 64497 64496", "198.51.100.0/24 64498 4200000000");
        assertThat(rib.line(1)).isEqualTo(3);
        assertThat(faults).isEmpty();
    }

    private static byte[] path(int width, long... asns) {
        return attribute(AS_PATH, segment(width, SEQUENCE, asns));
    }

    @Test
    void aPeerWithSeveralPathsCountsOnceForAnOrigin() throws IOException {
        DumpWriter dump = new DumpWriter().peers(1, 2, 3);
        dump.documentation(5);
        for (int pathId = 0; pathId < 3; pathId++) {
            byte[] path = path(4, 1, 64499);
            dump.u16(0).u32(0).u32(pathId).u16(path.length).bytes(path);
        }
        for (int peer = 1; peer < 3; peer++) {
            byte[] path = path(4, 2, 64500);
            dump.u16(peer).u32(0).u32(9).u16(path.length).bytes(path);
        }
        dump.end(13, 8);
        assertThat(routes(read(dump.dump()))).containsExactly("192.0.2.0/24 64500 64499");
    }

    @Test
    void allMembersOfASetAtTheEndAreOrigins() throws IOException {
        DumpWriter dump = new DumpWriter().peers(1, 2);
        byte[] set = joined(segment(4, SEQUENCE, 1, 5), segment(4, SET, 64501, 64500));
        dump.documentation(2).entry(0, attribute(AS_PATH, set)).entry(1, path(4, 2, 5)).end(13, 2);
        Rib rib = read(dump.dump());
        assertThat(routes(rib)).containsExactly("192.0.2.0/24 5 64500 64501");
        assertThat(rib.hasAsSet(0)).isTrue();
    }

    @Test
    void confederationsAreNoPartOfAPath() throws IOException {
        DumpWriter dump = new DumpWriter().peers(64496, 64497);
        byte[] behind = joined(segment(4, SEQUENCE, 1, 64499), segment(4, CONFED_SEQUENCE, 65_001));
        dump.documentation(1).entry(0, attribute(AS_PATH, behind)).end(13, 2);
        // From within the peer's own AS, by a confederation or not.
        byte[] alone = joined(segment(4, CONFED_SEQUENCE, 65_001), segment(4, CONFED_SET, 65_002));
        dump.u32(1).u8(24, 198, 51, 100).u16(1).entry(1, attribute(AS_PATH, alone)).end(13, 2);
        dump.u32(2).u8(24, 203, 0, 113).u16(1).entry(1, attribute(AS_PATH, new byte[0]));
        dump.end(13, 2);
        assertThat(routes(read(dump.dump())))
                .containsExactly(
                        "192.0.2.0/24 64499", "198.51.100.0/24 64497", "203.0.113.0/24 64497");
    }

    /** The old form: a record for each peer, paths of two bytes and the rest beside them. */
    @Test
    void tableDumpsGiveNumbersOfFourBytesFromTheirSecondPath() throws IOException {
        byte[] trans = path(2, 100, 23_456, 23_456);
        byte[] four = attribute(AS4_PATH, segment(4, SEQUENCE, 70_000, 4_200_000_001L));
        byte[] longer = attribute(AS4_PATH, segment(4, SEQUENCE, 1, 2, 3, 4, 70_000));
        byte[] old = attribute(AGGREGATOR, new byte[] {0, 100, 1, 2, 3, 4});
        byte[] newer = attribute(AS4_AGGREGATOR, new byte[] {0, 0, 0, 9, 1, 2, 3, 4});
        DumpWriter dump = new DumpWriter();
        tableDump(dump, 1, 0xc0000200L, 24, 0xc6336401L, joined(trans, four));
        tableDump(dump, 1, 0xc0000200L, 24, 0xc6336402L, joined(four, trans));
        tableDump(dump, 1, 0xc0000200L, 24, 0xc6336402L, path(2, 9, 64498));
        tableDump(dump, 1, 0xc6336400L, 24, 0xc6336401L, joined(trans, longer));
        tableDump(
                dump, 1, 0xcb007100L, 24, 0xc6336401L, joined(path(2, 7, 64499), four, old, newer));
        byte[] v6 = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        dump.u32(0).bytes(v6).u8(32, 1).u32(0).bytes(v6).u16(64500);
        byte[] attributes = path(2, 64500, 64501);
        dump.u16(attributes.length).bytes(attributes).end(12, 2);
        Rib rib = read(dump.dump());
        assertThat(faults).isEmpty();
        assertThat(routes(rib))
                .containsExactly(
                        "192.0.2.0/24 4200000001 64498",
                        "198.51.100.0/24 23456",
                        "203.0.113.0/24 64499",
                        "2001:db8::/32 64501");
        assertThat(rib.line(1)).isEqualTo(4);
    }

    private static void tableDump(
            DumpWriter dump, int subtype, long network, int length, long peer, byte[] attributes) {
        dump.u32(0).u32(network).u8(length, 1).u32(0).u32(peer).u16(64496);
        dump.u16(attributes.length).bytes(attributes).end(12, subtype);
    }

    @Test
    void otherTablesArePassedOverAndOtherRecordsToldOnce() throws IOException {
        byte[] path = path(4, 1, 64496);
        DumpWriter dump = new DumpWriter().peers(1);
        dump.documentation(1).entry(0, path).end(13, 3);
        dump.u32(0).u16(1).u8(2).u8(24, 198, 51, 100).u16(1).entry(0, path).end(13, 6);
        dump.u32(0).u16(1).u8(1).u8(24, 203, 0, 113).u16(1).entry(0, path).end(13, 6);
        dump.u32(0).end(13, 7);
        dump.u32(0).u32(0).end(16, 4).u32(0).end(16, 5);
        assertThat(routes(read(dump.dump()))).containsExactly("203.0.113.0/24 64496");
        assertThat(faults).hasSize(1).first().asString().contains("NO_TABLE_RECORD type 16/4");
    }

    @Test
    void aRecordOrEntryThatCannotBeReadCostsItself() throws IOException {
        byte[] good = path(4, 1, 64496);
        DumpWriter dump = new DumpWriter().peers(1, 0);
        dump.documentation(2).entry(0, new byte[] {0x40, 2, 9, 2}).entry(1, good).end(13, 2);
        dump.u32(1).u8(33, 198, 51, 100, 0, 0).u16(0).end(13, 2);
        dump.u32(1).u8(0).u16(1).entry(0, good).end(13, 2);
        dump.u32(1).u8(24, 198, 51).end(13, 2);
        dump.u32(1).u8(24, 198, 51, 100).u16(2).entry(0, good).end(13, 2);
        dump.u32(1).u8(24, 203, 0, 113).u16(2).entry(0, good).entry(2, good).end(13, 2);
        dump.u32(1).u8(24, 198, 18, 0).u16(1).entry(1, attribute(AS_PATH, new byte[0])).end(13, 2);
        dump.u32(1).u8(24, 198, 19, 0).u16(1).entry(1, path(4, 1, 0)).end(13, 2);
        dump.u8(1, 2).end(13, 1).u8(9).end(12, 1).u8(1).end(13, 6);
        dump.u32(1).u8(24, 198, 18, 2).u16(1).entry(0, good).u8(7).end(13, 2);
        assertThat(routes(read(dump.dump())))
                .containsExactly(
                        "192.0.2.0/24 64496",
                        "198.18.2.0/24 64496",
                        "198.51.100.0/24 64496",
                        "203.0.113.0/24 64496");
        assertThat(faults.stream().map(fault -> fault.substring(0, fault.indexOf(" byte"))))
                .containsExactly(
                        "2 BAD_PATH",
                        "3 BAD_LENGTH",
                        "4 DEFAULT_ROUTE",
                        "5 BAD_RECORD",
                        "6 BAD_RECORD",
                        "7 BAD_PEER",
                        "8 NO_ORIGIN",
                        "9 BAD_PATH",
                        "10 BAD_RECORD",
                        "11 BAD_RECORD",
                        "12 BAD_RECORD",
                        "13 BAD_RECORD");
    }

    @Test
    void behindWhatIsNoRecordNothingIsRead() throws IOException {
        byte[] good = path(4, 1, 64496);
        byte[] whole = new DumpWriter().peers(1).documentation(1).entry(0, good).end(13, 2).dump();
        byte[] garbage = joined(whole, "this is no record at all".getBytes(StandardCharsets.UTF_8));
        assertThat(routes(read(joined(garbage, whole)))).containsExactly("192.0.2.0/24 64496");
        assertThat(faults).containsExactly("3 NO_RECORD byte " + whole.length);
        faults.clear();
        byte[] longest = joined(whole, new byte[] {0, 0, 0, 0, 0, 13, 0, 2, 127, 0, 0, 0, 1});
        assertThat(routes(read(longest))).hasSize(1);
        assertThat(faults).containsExactly("3 NO_RECORD byte " + whole.length);
        faults.clear();
        for (int cut = 1; cut < 30; cut++) {
            read(Arrays.copyOf(whole, whole.length - cut));
            assertThat(faults).hasSize(1).first().asString().contains("CUT_OFF");
            faults.clear();
        }
    }
}
