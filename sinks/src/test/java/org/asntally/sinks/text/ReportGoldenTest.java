package org.asntally.sinks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.InputFacts;
import org.asntally.sinks.KeyFields;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportSpec.Format;
import org.asntally.sinks.ReportSpec.Style;
import org.asntally.sinks.RibFacts;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.Tallies;
import org.junit.jupiter.api.Test;

/**
 * Reports byte for byte, as {@code src/test/golden} has them. {@code -Dgolden.write=true} writes
 * those files anew; the review shows what changed.
 */
class ReportGoldenTest {

    private static final Path FOLDER = Path.of("src/test/golden");
    private static final ReportSpec.Table ASN = new ReportSpec.Table(KeyKind.ASN, Side.SOURCE);
    private static final ReportSpec.Table PREFIX =
            new ReportSpec.Table(KeyKind.PREFIX, Side.SOURCE);
    private static final String HOSTILE =
            "EVIL \"q\" \\ back\nline\ttab \u001b[31m \u009b2J \u202e, XX";

    @Test
    void asncountersTwoTables() throws IOException {
        assertGolden("101-asncounter.tsv", spec(Format.TSV), sample());
    }

    @Test
    void nothingCountedIsHeadersAndTotals() throws IOException {
        assertGolden("102-empty.tsv", spec(Format.TSV), Tallies.report(List.of(), 1));
    }

    @Test
    void topOfTwoOrOfNone() throws IOException {
        assertGolden("103-top-2.tsv", spec(Format.TSV).top(2), sample());
        assertGolden("104-top-0.tsv", spec(Format.TSV).top(0), sample());
        assertGolden("104-top-0.tsv", spec(Format.TSV).top(-3), sample());
    }

    @Test
    void tablesAndNamesLeftOut() throws IOException {
        assertGolden("105-no-prefixes.tsv", spec(Format.TSV).tables(List.of(ASN)), sample());
        assertGolden(
                "106-no-asn.tsv", spec(Format.TSV).tables(List.of(PREFIX)).names(false), sample());
        assertGolden("107-neither.tsv", spec(Format.TSV).tables(List.of()), sample());
        assertGolden("108-no-names.tsv", spec(Format.TSV).names(false), sample());
    }

    @Test
    void eachRecordIsRoundedUnlessTheSumIs() throws IOException {
        var report = new Tallies(2, 1).asn(64496, "SAMPLE, CA", 1, 5.9, 5).report();
        var tuple =
                spec(Format.TSV)
                        .tables(List.of(ASN))
                        .measures(List.of(Measure.WEIGHT, Measure.ROUNDED_WEIGHT))
                        .measure(Measure.WEIGHT);
        assertGolden("109-round-record.tsv", tuple.rounding(ReportSpec.Rounding.RECORD), report);
        assertGolden("110-round-display.tsv", tuple.rounding(ReportSpec.Rounding.DISPLAY), report);
        assertGolden(
                "111-exact.prom",
                tuple.format(Format.PROMETHEUS).rounding(ReportSpec.Rounding.RECORD),
                report);
    }

    @Test
    void bothSidesSayWhich() throws IOException {
        var report =
                new Tallies()
                        .asn(64496, "SAMPLE, CA", 1, 2)
                        .asn(Side.DESTINATION, 64497, "EXAMPLE, FR", 1, 3)
                        .prefix("192.0.2.0/24", 64496, 1, 2)
                        .prefix(Side.DESTINATION, "2001:db8::/32", 64497, 1, 3)
                        .report();
        var both = new ArrayList<ReportSpec.Table>();
        for (Side side : Side.values()) {
            both.add(new ReportSpec.Table(KeyKind.ASN, side));
            both.add(new ReportSpec.Table(KeyKind.PREFIX, side));
        }
        assertGolden("112-both-sides.tsv", spec(Format.TSV).tables(both), report);
        assertGolden("113-both-sides.json", spec(Format.JSON).tables(both), report);
        assertGolden("114-both-sides.prom", spec(Format.PROMETHEUS).tables(both), report);
    }

    @Test
    void windowsInEveryFormat() throws IOException {
        long noon = 1_771_934_400_000L;
        var first = new Tallies().asn(64496, "SAMPLE, CA", 1, 2).asn(0, null, 2, 1);
        var second = new Tallies().asn(64497, "EXAMPLE, FR", 3, 5);
        var report =
                Tallies.report(
                        List.of(
                                second.window(noon + 60_000, noon + 120_000),
                                first.window(noon, noon + 60_000)),
                        1);
        assertGolden("121-windows.tsv", windowed(Format.TSV), report);
        assertGolden("122-windows.csv", windowed(Format.CSV), report);
        assertGolden("123-windows.json", windowed(Format.JSON), report);
        assertGolden("124-windows.txt", windowed(Format.TABLE), report);
        assertGolden("125-windows.prom", windowed(Format.PROMETHEUS), report);
        assertGolden("126-no-window.tsv", windowed(Format.TSV), Tallies.report(List.of(), 1));
        assertGolden("127-no-window.json", windowed(Format.JSON), Tallies.report(List.of(), 1));
    }

    @Test
    void tablesForPeople() throws IOException {
        assertGolden("131-table.txt", spec(Format.TABLE).top(7), sample());
        assertGolden("132-narrow.txt", spec(Format.TABLE).top(7).width(44), sample());
        assertGolden("133-very-narrow.txt", spec(Format.TABLE).top(4).width(26), sample());
        assertGolden("134-bold.txt", spec(Format.TABLE).top(1).colour(true), sample());
        assertGolden("135-headers.txt", spec(Format.TABLE).top(0), sample());
        assertGolden("136-neither.txt", spec(Format.TABLE).tables(List.of()), sample());
        assertGolden("137-empty.txt", spec(Format.TABLE), Tallies.report(List.of(), 1));
    }

    @Test
    void machinesFormats() throws IOException {
        assertGolden("141-asn.csv", spec(Format.CSV).tables(List.of(ASN)), sample());
        assertGolden("142-prefix.csv", spec(Format.CSV).tables(List.of(PREFIX)), sample());
        assertGolden("143-report.json", spec(Format.JSON).top(3), sample());
        assertGolden(
                "144-asncounter.prom", spec(Format.PROMETHEUS).style(Style.ASNCOUNTER), sample());
        var small =
                new Tallies()
                        .asn(64496, "SAMPLE, CA", 1, 2.5)
                        .prefix("192.0.2.0/24", 64496, 1, 2.5);
        assertGolden(
                "147-asncounter-small.prom",
                spec(Format.PROMETHEUS).style(Style.ASNCOUNTER),
                small.report());
        assertGolden("145-asntally.prom", spec(Format.PROMETHEUS), sample());
        assertGolden(
                "146-asncounter-no-asn.prom",
                spec(Format.PROMETHEUS)
                        .style(Style.ASNCOUNTER)
                        .tables(List.of(PREFIX))
                        .names(false),
                sample());
    }

    @Test
    void hostileNamesInEveryFormat() throws IOException {
        var report = new Tallies().asn(64496, HOSTILE, 1, 2).report();
        for (Format format :
                List.of(Format.TSV, Format.CSV, Format.JSON, Format.PROMETHEUS, Format.TABLE)) {
            assertGolden(
                    "151-hostile." + format.name().toLowerCase(Locale.ROOT),
                    spec(format).tables(List.of(ASN)),
                    report);
        }
    }

    private static ReportSpec.Builder spec(Format format) {
        return ReportSpec.builder()
                .format(format)
                .rib(
                        new RibFacts(
                                "ranges",
                                "starter table",
                                "2026-06-17T00:00:00Z",
                                "RouteViews (routeviews.org), DB-IP (db-ip.com), NRO (nro.net)",
                                "0123abcd"))
                .input(new InputFacts(List.of("access.log"), "log"));
    }

    private static ReportSpec.Builder windowed(Format format) {
        return spec(format).tables(List.of(ASN)).windowed(true);
    }

    /** Ties, unrouted traffic, wide characters, an AS without name, counters. */
    private static Report sample() {
        var rows =
                new Tallies()
                        .asn(64496, "SAMPLE, CA", 10, 12779)
                        .asn(0, null, 20, 3361)
                        .asn(64498, "THIRD Example With A Long Name Incorporated, DE", 31, 366)
                        .asn(64497, "EXAMPLE, FR", 30, 366)
                        .asn(64499, null, 50, 5)
                        .asn(
                                64500,
                                "\u4f8b\u3048\u30cd\u30c3\u30c8\u30ef\u30fc\u30af\u682a\u5f0f\u4f1a\u793e, JP",
                                51,
                                4)
                        .asn(64501, "E\u0301XAMPLE \ud83d\ude80 \u00d8N, NO", 52, 3)
                        .asn(4_200_000_000L, "PRIVATE, ZZ", 53, 1)
                        .prefix("192.0.2.0/24", 64496, 10, 12000)
                        .unrouted(20, 3361)
                        .prefix("2001:db8::/32", 64496, 11, 779)
                        .prefix("198.51.100.0/25", 64498, 31, 366)
                        .prefix("203.0.113.0/24", 64497, 30, 366)
                        .prefix("198.51.100.128/26", 64499, 50, 5)
                        .prefix("2001:db8:4000::/36", 64500, 51, 4)
                        .prefix("198.51.100.192/32", 64501, 52, 3)
                        .prefix("2001:db8:5000::1/128", 4_200_000_000L, 53, 1);
        var counters =
                new Tallies()
                        .counter(CounterWord.READ, "read\taccess.log", 0, 0, 16900)
                        .newest("2026-06-18T09:41:07Z")
                        .counter(CounterWord.COUNTED, "flows\taccess.log", 0, 0, 16885)
                        .counter(CounterWord.UNROUTED, "\taccess.log", 0, 0, 3361)
                        .counter(CounterWord.BLANK, "blank\taccess.log", 0, 0, 10)
                        .counter(CounterWord.SKIPPED, "host-name\taccess.log", 4, 0, 3)
                        .counter(CounterWord.SKIPPED, "bad-address\taccess.log", 3, 0, 2);
        return Tallies.report(List.of(rows.whole(), counters.whole()), 1);
    }

    private static final TableKey COUNTRY = key("country");
    private static final TableKey BOTH = key("asn+country");
    private static final TableKey HOST = key("host:128/64");
    private static final TableKey PLACE = key("source+interface");

    private static TableKey key(String text) {
        return Objects.requireNonNull(TableKey.parse(text));
    }

    private static byte[] host(int family, int bits, long high, long low, int length, int asn) {
        return ByteBuffer.allocate(23)
                .put((byte) family)
                .put((byte) bits)
                .putLong(high)
                .putLong(low)
                .put((byte) length)
                .putInt(asn)
                .array();
    }

    private static byte[] both(int asn, String country) {
        return ByteBuffer.allocate(6).putInt(asn).putShort(code(country)).array();
    }

    private static short code(String country) {
        return country.isEmpty() ? 0 : (short) (country.charAt(0) << 8 | country.charAt(1));
    }

    private static byte[] place(String source, int family, long low, int index) {
        byte[] name = source.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(23 + name.length);
        bytes.putShort((short) name.length).put(name);
        KeyFields.address(bytes, family, 0, low);
        return bytes.putInt(index).array();
    }

    /** Of other keys: typed fields, names of ASes, what is not known, and what was too much. */
    private static Report keys() {
        return new Tallies()
                .asn(64496, "SAMPLE, CA", 1, 60)
                .asn(64497, null, 2, 25)
                .asn(0, null, 3, 15)
                .fields(COUNTRY, ByteBuffer.allocate(2).putShort(code("CA")).array(), 1, 60)
                .fields(COUNTRY, ByteBuffer.allocate(2).array(), 2, 40)
                .fields(BOTH, both(64496, "CA"), 1, 60)
                .fields(BOTH, both(64497, ""), 2, 25)
                .fields(BOTH, both(0, ""), 3, 15)
                .fields(HOST, host(4, 32, 0, 0xC0000207L, 24, 64496), 1, 50)
                .fields(HOST, host(6, 64, 0x20010db800000001L, 0, 32, 64496), 4, 10)
                .fields(HOST, host(4, 32, 0, 0xC6336401L, 255, 0), 3, 15)
                .other(HOST, 2, 25)
                .fields(PLACE, place("access \u001b[31m\".log", 4, 0x0A000001L, 7), 1, 99)
                .fields(PLACE, place("a,b", 0, 0, 0), 2, 1)
                .report();
    }

    @Test
    void tablesByOtherKeys() throws IOException {
        List<ReportSpec.Table> tables = new ArrayList<>();
        for (TableKey key : List.of(COUNTRY, BOTH, HOST, PLACE)) {
            tables.add(new ReportSpec.Table(key, Side.SOURCE));
        }
        assertGolden("161-keys.tsv", spec(Format.TSV).tables(tables), keys());
        assertGolden("162-keys.txt", spec(Format.TABLE).tables(tables).top(2), keys());
        assertGolden("163-keys.json", spec(Format.JSON).tables(tables), keys());
        assertGolden("165-hosts.csv", spec(Format.CSV).tables(List.of(tables.get(2))), keys());
        assertGolden("166-place.csv", spec(Format.CSV).tables(List.of(tables.get(3))), keys());
        assertThat(CsvReport.fileName(spec(Format.CSV).build(), tables.get(2)))
                .isEqualTo("host-128-64.csv");
        assertGolden(
                "164-keys.prom",
                spec(Format.PROMETHEUS).style(ReportSpec.Style.ASNTALLY).tables(tables),
                keys());
    }

    private static void assertGolden(String file, ReportSpec.Builder builder, Report report)
            throws IOException {
        ReportSpec spec = builder.build();
        var out = new ByteArrayOutputStream();
        ReportWriter.write(report, spec, spec.format(), out);
        Path golden = FOLDER.resolve(file);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FOLDER);
            Files.write(golden, out.toByteArray());
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .as(file)
                .isEqualTo(Files.readString(golden));
    }
}
