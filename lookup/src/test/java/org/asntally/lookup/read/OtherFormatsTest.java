package org.asntally.lookup.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asntally.lookup.Shared;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.lookup.rib.RibKind;
import org.junit.jupiter.api.Test;

/** iptoasn's TSV, asn-tools' cache and overrides: what they give, and what is said of bad lines. */
@SuppressWarnings("StringConcatToTextBlock") // Tabs are to be seen.
class OtherFormatsTest {

    private final List<String> faults = new ArrayList<>();
    private final RibBuilder builder = new RibBuilder();

    private void told(String file, long line, LineFault fault, String excerpt) {
        faults.add(line + " " + fault);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> routes() {
        return routes(builder.build());
    }

    private static List<String> routes(Rib rib) {
        List<String> routes = new ArrayList<>();
        for (int i = 0; i < rib.routes(); i++) {
            routes.add(
                    rib.prefix(i)
                            + " "
                            + Integer.toUnsignedString(rib.origin(i))
                            + " "
                            + rib.country(i)
                            + " "
                            + rib.name(rib.origin(i)));
        }
        return routes;
    }

    @Test
    void iptoasnGivesBothFamiliesAndLeavesOutWhatIsNotRouted() throws IOException {
        String table =
                "192.0.2.3\t192.0.2.12\t64496\tCA\tSAMPLE - Sample, \"Inc.\"\n"
                        + "3325256704\t3325256959\t4200000000\tUnknown\tEXAMPLE\r\n"
                        + "203.0.113.0\t203.0.113.255\t0\tNone\tNot routed\n"
                        + "x\ty\tz\tNone\tNot routed\n"
                        + "203.0.113.0\t203.0.113.127\t64499\tNone\tNone\n"
                        + "203.0.113.128\t203.0.113.255\t0\tNone\tSomebody\n"
                        + "2001:db8::\t2001:db8:7fff:ffff:ffff:ffff:ffff:ffff\t64497\tFR\t\n"
                        + "::\tffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\t0\tNone\tNot routed\n";
        assertThat(new IpToAsnReader(builder).read(in(table), "t", this::told)).isEqualTo(3);
        Rib rib = builder.build();
        assertThat(routes(rib))
                .containsExactly(
                        "192.0.2.3/32 64496 CA SAMPLE - Sample, \"Inc.\"",
                        "192.0.2.4/30 64496 CA SAMPLE - Sample, \"Inc.\"",
                        "192.0.2.8/30 64496 CA SAMPLE - Sample, \"Inc.\"",
                        "192.0.2.12/32 64496 CA SAMPLE - Sample, \"Inc.\"",
                        "198.51.100.0/24 4200000000 null EXAMPLE",
                        "2001:db8::/33 64497 FR null");
        assertThat(rib.info().kind()).isEqualTo(RibKind.RANGES);
        assertThat(rib.line(5)).isEqualTo(7);
        assertThat(faults).isEmpty();
    }

    @Test
    void badLinesOfIptoasnAreTold() throws IOException {
        String table =
                "192.0.2.0\t192.0.2.255\t64496\tCA\tA\n192.0.2.9\t192.0.2.1\t1\tCA\tx\n"
                        + "192.0.2.9\t::1\t1\tCA\tx\n192.0.2\t192.0.2.9\t1\tCA\tx\n"
                        + "192.0.2.1\t192.0.2.9\tx\tCA\tx\n192.0.2.1\t192.0.2.9\t1\tCA\n"
                        + "192.0.2.1\t192.0.2.9\t4294967296\tCA\tx\n"
                        + "0.0.0.0\t255.255.255.255\t1\tCA\tx\n192.0.2.9\t192.0.2.1\t0\tCA\tx\n";
        assertThat(new IpToAsnReader(builder).read(in(table), "t", this::told)).isEqualTo(1);
        assertThat(faults)
                .containsExactly(
                        "2 BAD_RANGE",
                        "3 BAD_RANGE",
                        "4 BAD_ADDRESS",
                        "5 BAD_ASN",
                        "6 BAD_SHAPE",
                        "7 BAD_ASN",
                        "8 DEFAULT_ROUTE",
                        "9 BAD_RANGE");
    }

    @Test
    void theFormatIsToldByItsTabs() {
        String iptoasn = "192.0.2.0\t192.0.2.255\t64496\tCA\tA/B, C\n";
        assertThat(kind(iptoasn)).isEqualTo(TableKind.IPTOASN);
        assertThat(kind("# x\n\n" + iptoasn)).isEqualTo(TableKind.IPTOASN);
        assertThat(kind("192.0.2.0/24\t1\ta\tb\tc\td\n")).isEqualTo(TableKind.PYASN);
        assertThat(kind("192.0.2.0,192.0.2.1,1,\"a\tb\tc\td\te\"\n"))
                .isEqualTo(TableKind.IP_LOCATION_DB);
        assertThat(kind("192.0.2.0\t1\n")).isEqualTo(TableKind.PYASN);
        assertThat(kind("; heading\nno columns\n" + iptoasn)).isEqualTo(TableKind.IPTOASN);
        assertThat(kind("ASDBbin1")).isEqualTo(TableKind.ASN_DB);
        assertThat(kind("\0\1")).isEqualTo(TableKind.BINARY);
        assertThat(kind("")).isEqualTo(TableKind.PYASN);
    }

    private static TableKind kind(String head) {
        return TableKind.of(head.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theCacheOfAsnToolsGivesWhatItsSourceGives() throws IOException {
        Path cache = Shared.file("spec/golden/asn-tools/asn-db.dat");
        try (InputStream in = Files.newInputStream(cache)) {
            assertThat(new AsnDbReader(builder).read(in, "t", this::told)).isEqualTo(21);
        }
        RibBuilder source = new RibBuilder().shortestOfRanges(8);
        try (InputStream in = Files.newInputStream(cache.resolveSibling("ip2asn-v4.tsv"))) {
            new IpToAsnReader(source).read(in, "t", this::told);
        }
        assertThat(faults).isEmpty();
        assertThat(routes()).hasSize(21).isEqualTo(routes(source.build()));
    }

    private static ByteBuffer cache(int records) {
        ByteBuffer file = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        return file.put("ASDBbin1".getBytes(StandardCharsets.US_ASCII)).putLong(records);
    }

    private static ByteBuffer record(ByteBuffer file, int network, int length, int asn) {
        file.putInt(network).put((byte) length).putInt(asn);
        return file.putLong(2).put((byte) 'C').put((byte) 'A').putLong(1).put((byte) 'x');
    }

    private static byte[] written(ByteBuffer file) {
        byte[] bytes = new byte[file.position()];
        file.get(0, bytes);
        return bytes;
    }

    private List<String> readCache(ByteBuffer file, int cut) throws IOException {
        byte[] bytes = Arrays.copyOf(written(file), file.position() - cut);
        new AsnDbReader(builder).read(new ByteArrayInputStream(bytes), "t", this::told);
        return routes();
    }

    @Test
    void badRecordsOfTheCacheAreTold() throws IOException {
        ByteBuffer file = record(cache(6), 0xc0000200, 24, 64496);
        record(file, 0xc0000200, 33, 1);
        record(file, 0xc0000201, 24, 1);
        record(file, 0, 0, 1);
        record(file, 0xc0000200, 24, 0);
        record(file, 0xc6336400, 24, 64497);
        assertThat(readCache(file, 0))
                .containsExactly("192.0.2.0/24 64496 CA x", "198.51.100.0/24 64497 CA x");
        assertThat(faults)
                .containsExactly("2 BAD_LENGTH", "3 BAD_LENGTH", "4 DEFAULT_ROUTE", "5 BAD_ASN");
    }

    @Test
    void aCacheThatIsCutOffOrGoesOnGivesWhatItHas() throws IOException {
        ByteBuffer file = record(record(cache(2), 0xc0000200, 24, 64496), 0xc6336400, 24, 1);
        assertThat(readCache(file, 1)).containsExactly("192.0.2.0/24 64496 CA x");
        assertThat(faults).containsExactly("2 CUT_OFF");
        faults.clear();
        assertThat(readCache(record(record(cache(1), 0xc0000200, 24, 1), 1, 1, 1), 0)).isNotEmpty();
        assertThat(faults).containsExactly("2 NO_RECORD");
        faults.clear();
        file = cache(1).putInt(0xc0000200).put((byte) 24).putInt(1).putLong(Long.MAX_VALUE);
        new AsnDbReader(builder).read(new ByteArrayInputStream(written(file)), "t", this::told);
        assertThat(faults).containsExactly("1 NO_RECORD");
        faults.clear();
        new AsnDbReader(builder).read(in("ASDBbin2........"), "t", this::told);
        assertThat(faults).containsExactly("1 NO_RECORD");
    }

    @Test
    void overridesAreLinesWithCommasOrTabs() throws IOException {
        String lines =
                "# ours\n192.0.2.0/24,64496,\"Sample, first office\"\n"
                        + " 2001:db8::/32 , as64497 \n198.51.100.7\tAS64498\tA host\r\n"
                        + "AS64499,Laboratory, second floor\n; not ours\n203.0.113.9/25,64499\n";
        assertThat(new OverridesReader(builder).read(in(lines), "t", this::told)).isEqualTo(5);
        assertThat(faults).isEmpty();
        Rib rib = builder.build();
        assertThat(routes(rib))
                .containsExactly(
                        "192.0.2.0/24 64496 null Sample, first office",
                        "198.51.100.7/32 64498 null A host",
                        "203.0.113.0/25 64499 null Laboratory, second floor",
                        "2001:db8::/32 64497 null null");
        assertThat(rib.info().kind()).isEqualTo(RibKind.ROUTES);
    }

    @Test
    void badOverridesAreTold() throws IOException {
        String lines =
                "192.0.2.0/24\n192.0.2.0/33,1\n192.0.2.0/,1\n0.0.0.0/0,1\n192.0.2/24,1\n"
                        + "192.0.2.0/24,0\n192.0.2.0/24,4294967296\nAS64496\nASx,y\nx\n,1\n"
                        + "192.0.2.0/24,,x\n192.0.2.0/24 64496\n";
        assertThat(new OverridesReader(builder).read(in(lines), "t", this::told)).isZero();
        assertThat(faults)
                .containsExactly(
                        "1 BAD_SHAPE",
                        "2 BAD_LENGTH",
                        "3 BAD_LENGTH",
                        "4 DEFAULT_ROUTE",
                        "5 BAD_ADDRESS",
                        "6 BAD_ASN",
                        "7 BAD_ASN",
                        "8 BAD_SHAPE",
                        "9 BAD_ASN",
                        "10 BAD_ADDRESS",
                        "11 BAD_ADDRESS",
                        "12 BAD_ASN",
                        "13 BAD_LENGTH");
    }
}
