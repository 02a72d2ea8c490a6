package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of every kind, told by their content, and what is said of their bad lines. */
@SuppressWarnings("StringConcatToTextBlock") // Tabs and ends of lines are to be seen.
class RibLoaderTest {

    @TempDir private Path folder;
    private final List<String> faults = new ArrayList<>();

    private RibLoader loader() {
        return new RibLoader(
                (file, line, fault, excerpt) ->
                        faults.add(Path.of(file).getFileName() + ":" + line + " " + fault));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> routes(Rib rib) {
        List<String> routes = new ArrayList<>();
        for (int i = 0; i < rib.routes(); i++) {
            routes.add(rib.prefix(i) + " " + Integer.toUnsignedString(rib.origin(i)));
        }
        return routes;
    }

    @Test
    void goodLinesLoadAndBadLinesAreReported() throws IOException {
        Path table =
                file(
                        "t.dat",
                        "; comment\n# comment\n\n198.51.100.0/24\t4200000000\n0.0.0.0/0\t1\n::/0\t1\n"
                                + "192.0.2.0/33\t1\n192.0.2.0/24\t-1\n192.0.2.0\t1\n192.0.2/24\t1\nx\n"
                                + "192.0.2.0/24\t{1,2}\n"
                                + "9".repeat(501)
                                + "\n192.0.2.0/24\t64496");
        Rib rib = loader().load(table);
        assertThat(routes(rib)).containsExactly("192.0.2.0/24 64496", "198.51.100.0/24 4200000000");
        assertThat(rib.line(0)).isEqualTo(14);
        assertThat(rib.file(0)).isEqualTo("t.dat");
        assertThat(rib.info().skippedLines()).isEqualTo(9);
        assertThat(faults)
                .containsExactly(
                        "t.dat:5 DEFAULT_ROUTE",
                        "t.dat:6 DEFAULT_ROUTE",
                        "t.dat:7 BAD_LENGTH",
                        "t.dat:8 BAD_ASN",
                        "t.dat:9 BAD_LENGTH",
                        "t.dat:10 BAD_ADDRESS",
                        "t.dat:11 BAD_SHAPE",
                        "t.dat:12 BAD_ASN",
                        "t.dat:13 TOO_LONG");
    }

    @Test
    void aLineLongerThanAnyBufferCostsOnlyItself() throws IOException {
        Path table =
                file(
                        "t.dat",
                        "192.0.2.0/24\t1\n" + "1".repeat(3_000_000) + "\n198.51.100.0/24\t2\n");
        assertThat(routes(loader().load(table)))
                .containsExactly("192.0.2.0/24 1", "198.51.100.0/24 2");
        assertThat(faults).containsExactly("t.dat:2 TOO_LONG");
    }

    @Test
    void ofEqualPrefixesTheLastIsShownAndTheOthersAreKept() throws IOException {
        Rib rib =
                loader().load(
                                file(
                                        "t.dat",
                                        "192.0.2.0/24\t1\n192.0.2.9/24\t2\n192.0.2.0/24\t3\n"
                                                + "192.0.2.0/24\t2\n"));
        assertThat(routes(rib)).containsExactly("192.0.2.0/24 2");
        assertThat(rib.origins(0)).containsExactly(2, 1, 3);
        assertThat(rib.line(0)).isEqualTo(4);
    }

    @Test
    void gzipIsToldByContent() throws IOException {
        Path table = folder.resolve("plain-name");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(table))) {
            out.write("192.0.2.0/24\t64496\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(routes(loader().load(table))).containsExactly("192.0.2.0/24 64496");

        byte[] whole = Files.readAllBytes(table);
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 40));
        assertThatThrownBy(() -> loader().load(cut))
                .isInstanceOf(RibFormatException.class)
                .hasMessageContaining("cut off after byte 40");
        Path head = Files.write(folder.resolve("head"), new byte[] {0x1f, (byte) 0x8b, 1});
        assertThatThrownBy(() -> loader().load(head)).isInstanceOf(RibFormatException.class);
    }

    @Test
    void aFileWithoutARouteIsAnError() throws IOException {
        for (String text : List.of("", "; nothing\n", "hello\nworld\n", "a,b,c\n", "\0\1\2")) {
            Path table = file("t", text);
            assertThatThrownBy(() -> loader().load(table))
                    .isInstanceOf(RibFormatException.class)
                    .hasMessageStartingWith("'" + table + "' ");
        }
        assertThatThrownBy(() -> loader().load(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void readsRangesAsAddressesAndAsNumbers() throws IOException {
        String expected =
                "[192.0.2.3/32 64496, 192.0.2.4/30 64496, 192.0.2.8/30 64496,"
                        + " 192.0.2.12/32 64496, 2001:db8::/33 64497]";
        Path dotted =
                file(
                        "dotted.csv",
                        "192.0.2.3,192.0.2.12,64496,\"Sample, \"\"S\"\"\"\n"
                                + "2001:db8::,2001:db8:7fff:ffff:ffff:ffff:ffff:ffff,64497,Example\r\n");
        Rib rib = loader().load(dotted);
        assertThat(routes(rib)).hasToString(expected);
        assertThat(rib.name(64496)).isEqualTo("Sample, \"S\"");
        assertThat(rib.name(64497)).isEqualTo("Example");
        assertThat(rib.info().kind()).isEqualTo(RibKind.RANGES);
        assertThat(rib.info().countryRule()).isEqualTo(CountryRule.NONE);
        Path numbers =
                file(
                        "num.csv",
                        "3221225987,3221225996,64496,\"Sample, \"\"S\"\"\"\n"
                                + "42540766411282592856903984951653826560,"
                                + "42540766450896674114036153748425801727,64497,Example\n");
        assertThat(routes(loader().load(numbers))).hasToString(expected);
        assertThat(faults).isEmpty();
    }

    @Test
    void badRangesAreReported() throws IOException {
        Path table =
                file(
                        "t.csv",
                        "192.0.2.0,192.0.2.255,64496,A\n192.0.2.9,192.0.2.1,1,x\n192.0.2.1,::1,1,x\n"
                                + "192.0.2.1\n192.0.2.1,192.0.2.2\n192.0.2.1,192.0.2.2,0,x\n"
                                + "192.0.2.1,192.0.2.2,4294967296,x\n0.0.0.0,255.255.255.255,1,x\n"
                                + "340282366920938463463374607431768211456,340282366920938463463374607"
                                + "431768211456,1,x\n::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,1,x\n");
        assertThat(routes(loader().load(table))).containsExactly("192.0.2.0/24 64496");
        assertThat(faults)
                .containsExactly(
                        "t.csv:2 BAD_RANGE",
                        "t.csv:3 BAD_RANGE",
                        "t.csv:4 BAD_SHAPE",
                        "t.csv:5 BAD_SHAPE",
                        "t.csv:6 BAD_ASN",
                        "t.csv:7 BAD_ASN",
                        "t.csv:8 DEFAULT_ROUTE",
                        "t.csv:9 BAD_ADDRESS",
                        "t.csv:10 DEFAULT_ROUTE");
    }

    @Test
    void theNarrowerRangeWinsWhereTwoOverlap() throws IOException {
        Path table =
                file(
                        "t.csv",
                        "192.0.2.0,192.0.2.191,1,x\n192.0.2.128,192.0.2.255,2,x\n"
                                + "192.0.2.64,192.0.2.95,3,x\n192.0.2.64,192.0.2.95,4,x\n");
        Rib rib = loader().load(table);
        assertThat(routes(rib))
                .containsExactly(
                        "192.0.2.0/26 1", "192.0.2.64/27 4", "192.0.2.96/27 1", "192.0.2.128/25 2");
    }

    @Test
    void neighboursAreNotJoinedAcrossRanges() throws IOException {
        Path table = file("t.csv", "192.0.2.0,192.0.2.127,1,x\n192.0.2.128,192.0.2.255,1,x\n");
        assertThat(routes(loader().load(table)))
                .containsExactly("192.0.2.0/25 1", "192.0.2.128/25 1");
    }

    @Test
    void theWholeSpaceInTwoHalvesIsTwoPrefixes() throws IOException {
        Path table =
                file(
                        "t.csv",
                        "0.0.0.0,127.255.255.255,1,x\n128.0.0.0,255.255.255.255,2,x\n"
                                + "::,7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,3,x\n"
                                + "8000::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,4,x\n");
        assertThat(routes(loader().load(table)))
                .containsExactly("0.0.0.0/1 1", "128.0.0.0/1 2", "::/1 3", "8000::/1 4");
    }

    @Test
    void countriesComeFromTheRangeElseFromTheName() throws IOException {
        Path table =
                file(
                        "t.dat",
                        "192.0.2.0/24\t64496\n198.51.100.0/24\t64497\n203.0.113.0/24\t64498\n");
        Path names =
                file(
                        "n.json",
                        "{\"64496\":\"SAMPLE, CA\",\"64497\":\"X\",\"64497\":\"EXAMPLE, FR\","
                                + "\"64498\":\"COMPANY, ZZ\"}");
        Path countries = file("c.csv", "192.0.2.0,192.0.2.99,DE\n192.0.2.100,192.0.2.255,JP\n");

        Rib byName = loader().names(names).load(table);
        assertThat(byName.info().countryRule()).isEqualTo(CountryRule.NAME);
        assertThat(byName.country(0)).isEqualTo("CA");
        assertThat(byName.name(64497)).isEqualTo("EXAMPLE, FR");
        assertThat(byName.country(2)).as("no country has the code ZZ").isNull();

        Rib both = loader().names(names).countries(countries).load(table);
        assertThat(both.info().countryRule()).isEqualTo(CountryRule.RANGE_THEN_NAME);
        assertThat(both.country(0)).as("the part with the most addresses").isEqualTo("JP");
        assertThat(both.country(1)).isEqualTo("FR");
    }

    @Test
    void namesThatStopBeingJsonAreReadUntilThere() throws IOException {
        Path table = file("t.dat", "192.0.2.0/24\t64496\n");
        Path names =
                file("n.json", "{\"64496\":\"A\u00e9\",\n\"x\":\"y\",\"64497\":{\"a\":1},\"644");
        Rib rib = loader().names(names).load(table);
        assertThat(rib.name(64496)).isEqualTo("A\u00e9");
        assertThat(faults)
                .containsExactly("n.json:2 BAD_ASN", "n.json:2 BAD_SHAPE", "n.json:2 BAD_JSON");
        Path garbage = file("g.json", "<html>");
        assertThatThrownBy(() -> loader().names(garbage).load(table))
                .hasMessageContaining("no AS name");
    }

    @Test
    void overridesWinAtEqualLengthWhateverTheTableIs() throws IOException {
        Path ours =
                file(
                        "ours.csv",
                        "192.0.2.0/25,64500,Ours\n198.51.100.0/24,64500\nAS64497,Renamed\n");
        Path routes =
                file("t.dat", "192.0.2.0/24\t64496\n192.0.2.0/26\t64497\n198.51.100.0/24\t1\n");
        Path names = file("n.json", "{\"64497\":\"EXAMPLE, FR\",\"64500\":\"OTHER, FR\"}");
        Rib rib = loader().names(names).overrides(ours).load(routes);
        assertThat(routes(rib))
                .containsExactly(
                        "192.0.2.0/24 64496",
                        "192.0.2.0/25 64500",
                        "192.0.2.0/26 64497",
                        "198.51.100.0/24 64500");
        assertThat(rib.origins(3)).containsExactly(64500, 1);
        assertThat(rib.file(3) + ":" + rib.line(3)).isEqualTo("ours.csv:2");
        assertThat(rib.name(64500)).isEqualTo("Ours");
        assertThat(rib.name(64497)).isEqualTo("Renamed");
        assertThat(rib.info().kind()).isEqualTo(RibKind.ROUTES);

        Path ranges =
                file(
                        "r.tsv",
                        "198.51.100.0\t198.51.100.255\t1\tCA\tX\n192.0.2.0\t192.0.2.127\t1\tCA\tX\n");
        rib = loader().overrides(ours).load(ranges);
        assertThat(routes(rib)).containsExactly("192.0.2.0/25 64500", "198.51.100.0/24 64500");
        assertThat(rib.info().kind()).isEqualTo(RibKind.RANGES);
        assertThat(rib.info().licence()).isEqualTo("PDDL 1.0");

        Path none = file("none.csv", "# nothing\n");
        assertThatThrownBy(() -> loader().overrides(none).load(routes))
                .hasMessageContaining("no prefix or name");
    }

    @Test
    void ofAPackedTableThatIsCutOffTheLinesBeforeTheCutAreUsed() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 65_536; i++) {
            text.append("10.").append(i >> 8).append('.').append(i & 255).append(".0/24\t");
            text.append(4_200_000_000L + i * 7919L % 90_001).append('\n');
        }
        Path table = folder.resolve("t.dat.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(table))) {
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }
        byte[] whole = Files.readAllBytes(table);
        List<String> all = routes(loader().load(table));
        Files.write(table, Arrays.copyOf(whole, whole.length / 2));
        RibLoader loader = loader();
        List<String> some = routes(loader.load(table));
        assertThat(loader.isCutOff()).isTrue();
        assertThat(faults).containsExactly("t.dat.gz:" + (some.size() + 1) + " CUT_OFF");
        assertThat(some).hasSizeBetween(30_000, 40_000).isEqualTo(all.subList(0, some.size()));

        byte[] damaged = whole.clone();
        damaged[whole.length - 6] ^= 1;
        Files.write(table, damaged);
        assertThatThrownBy(() -> loader().load(table))
                .hasMessageContaining("is a damaged gzip file");
    }

    @Test
    void aFolderOfPyasnIsUsedAsItIs() throws IOException {
        file("ipasn_20250101.0000.dat", "192.0.2.0/24\t1\n");
        file("ipasn_20260101.0000.dat", "192.0.2.0/24\t64496\n");
        file("asnames.json", "{\"64496\":\"SAMPLE, CA\"}");
        Rib rib = loader().load(folder);
        assertThat(routes(rib)).containsExactly("192.0.2.0/24 64496");
        assertThat(rib.name(64496)).isEqualTo("SAMPLE, CA");
        assertThat(rib.country(0)).isEqualTo("CA");
    }

    @Test
    void aFolderWithoutATableIsAnError() {
        assertThatThrownBy(() -> loader().load(folder)).hasMessageContaining("holds no table");
    }

    @Test
    void anArchiveGivesTheTableThatHoldsLast() throws IOException {
        RibArchive archive = new RibArchive(folder.resolve("archive"));
        assertThat(archive.lead()).isEqualTo(RibArchive.DEFAULT_LEAD);
        for (int day : new int[] {2, 3, 1}) {
            RibBuilder builder = new RibBuilder();
            builder.file("t");
            builder.route4(0xc0000200, 24, day, 1);
            Instant from = Instant.parse("2026-01-0" + day + "T00:00:00Z");
            archive.add(builder.build(), from, Clock.systemUTC());
        }
        archive.lead(Duration.ofMinutes(5));
        assertThat(archive.lead()).isEqualTo(Duration.ofMinutes(5));
        assertThat(archive.entries()).hasSize(3);
        assertThat(routes(loader().load(folder.resolve("archive"))))
                .containsExactly("192.0.2.0/24 3");
    }

    @Test
    void severalTablesBecomeOne() throws IOException {
        Path first = file("a.dat", "192.0.2.0/24\t1\n198.51.100.0/24\t1\n");
        Path second = file("b.dat", "; x\n192.0.2.0/24\t2\n");
        Rib rib = loader().load(first, second);
        assertThat(routes(rib)).containsExactly("192.0.2.0/24 2", "198.51.100.0/24 1");
        assertThat(rib.file(0) + ":" + rib.line(0)).isEqualTo("b.dat:2");
        assertThat(rib.file(1) + ":" + rib.line(1)).isEqualTo("a.dat:2");
        assertThat(rib.info().source()).isEqualTo("a.dat, b.dat");

        Path file = folder.resolve("ab.rib");
        RibFile.write(rib, file);
        Path third = file("c.dat", "203.0.113.0/24\t3\n");
        Rib again = loader().load(file, third);
        assertThat(routes(again)).containsAll(routes(rib)).hasSize(3);
        assertThat(again.file(1) + ":" + again.line(1)).isEqualTo("a.dat:2");
        assertThat(again.origins(0)).containsExactly(2, 1);
    }
}
