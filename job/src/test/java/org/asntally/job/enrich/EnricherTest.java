package org.asntally.job.enrich;

import static org.asntally.job.enrich.Enriched.VERSION;
import static org.asntally.job.enrich.Enriched.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.asntally.job.enrich.EnrichRequest.Format;
import org.asntally.job.problem.Fault;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnricherTest {

    private static final String ROUTED = "192.0.2.0/24\t64496\tSAMPLE, CA\tCA\t" + VERSION;
    private static final String UNROUTED = "None\tNone\t\t\t" + VERSION;
    private static final String UNREAD = "None\tNone\t\t\t";

    @Test
    void linesGetTheirColumnsBehindTabs() throws Exception {
        Enriched run =
                Enriched.of(
                        request(Format.AUTO),
                        "192.0.2.1\n203.0.113.200\r\n\n# 192.0.2.1\nfrom \u00ff192.0.2.1 no\n"
                                + "from [192.0.2.1]:22.");

        assertThat(run.out)
                .isEqualTo(
                        "192.0.2.1\t"
                                + ROUTED
                                + "\n203.0.113.200\t"
                                + UNROUTED
                                + "\r\n\n# 192.0.2.1\nfrom \u00ff192.0.2.1 no\t"
                                + UNREAD
                                + "\nfrom [192.0.2.1]:22.\t"
                                + ROUTED);
        assertThat(run.counts().rows()).isEqualTo(6);
        assertThat(run.counts().routed()).isEqualTo(2);
        assertThat(run.counts().unrouted()).isEqualTo(1);
        assertThat(run.counts().skipped(SkipReason.BLANK)).isEqualTo(2);
        assertThat(run.told).containsExactly("5 no-address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    8.8.8.8 192.0.2.1         | false
                    x 192.0.2.1               | true
                    at 192.0.2.1:             | true
                    (192.0.2.1)               | true
                    ip=192.0.2.1;             | true
                    192.0.2.1:443             | true
                    v1.192.0.2.1              | false
                    192.0.2.1.5               | false
                    std::vector 192.0.2.1     | true
                    12:34:56 192.0.2.1        | true
                    a :: 192.0.2.1            | true
                    mac 00:11:22:33:44:55     | false
                    ::ffff:192.0.2.1          | true
                    192.0.2.1/32              | true
                    """)
    void theFirstAddressOfATextIsTaken(String line, boolean found) throws Exception {
        Enriched run = Enriched.of(request(Format.TEXT), line);

        assertThat(run.out.contains("64496")).isEqualTo(found);
    }

    @Test
    void aLogIsToldAndItsClientsAreLookedUp() throws Exception {
        String line =
                "192.0.2.1 - - [24/Nov/2026:10:00:00 +0000] \"GET /198.51.100.7 HTTP/1.1\" 200 5"
                        + " \"-\" \"a, b\"";
        Enriched run = Enriched.of(request(Format.AUTO), line + "\n" + line + "\r\n");

        assertThat(run.layout).isEqualTo("log (combined)");
        assertThat(run.out).isEqualTo(line + "\t" + ROUTED + "\n" + line + "\t" + ROUTED + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ip,n~192.0.2.1,5~                          | csv            | 0 | true
                    192.0.2.1,5~192.0.2.7,6~                   | csv            | 0 | false
                    n;host;client_ip~5;192.0.2.9;198.51.100.7~ | csv            | 2 | true
                    a;b~x;192.0.2.1~                           | csv            | 1 | true
                    n#ip~1#192.0.2.1~                          | tsv            | 1 | true
                    192.0.2.1~192.0.2.2~                       | text           | 0 | false
                    ip~192.0.2.1~                              | text           | 0 | true
                    192.0.2.1 17~192.0.2.2 18~                 | text           | 0 | false
                    {"remote_addr":"192.0.2.1"}~               | json           | 0 | false
                    { "x": {"y": "192.0.2.1"} }~               | json           | 0 | false
                    """)
    void theFormatIsToldFromTheFirstRows(String text, String layout, int column, boolean header)
            throws Exception {
        String in = text.replace('~', '\n').replace('#', '\t');
        for (int seed = 0; seed < 5; seed++) {
            Enriched run = Enriched.of(request(Format.AUTO), in, new SplittableRandom(seed));

            assertThat(run.layout).isEqualTo(layout);
            assertThat(run.out.contains("rib_version\n")).isEqualTo(header);
            assertThat(run.counts().routed()).isPositive();
            assertThat(run.out.contains("64497")).isEqualTo(column == 2);
        }
    }

    @Test
    void columnsAndFieldsAreFoundByName() throws Exception {
        String csv = "ip,Peer\n192.0.2.1,198.51.100.7\n";
        assertThat(Enriched.of(request(Format.AUTO, "Peer", null, null), csv).out)
                .contains(",64497,");
        assertThat(Enriched.of(request(Format.AUTO, null, "peer", null), csv).out)
                .contains(",64497,");
        assertThat(Enriched.of(request(Format.AUTO, "2", null, null), csv).out).contains(",64497,");
        assertThat(Enriched.of(request(Format.TEXT, "2", null, null), "a 192.0.2.1\n").out)
                .isEqualTo("a 192.0.2.1\t" + ROUTED + "\n");
        assertThatThrownBy(() -> Enriched.of(request(Format.CSV, "pear", null, null), csv))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("AT-USE-021: 'in' has no column 'pear'; it has: ip, Peer");
    }

    @Test
    void namesThatAreThereAreNotTakenTwice() throws Exception {
        Enriched csv = Enriched.of(request(Format.AUTO), "ip,asn,asn_2\n192.0.2.1,1,2\n");
        Enriched json =
                Enriched.of(
                        request(Format.JSON),
                        "{\"ip\":\"192.0.2.1\",\"a\\u0073n\":1}\n{\"ip\":\"192.0.2.1\"}\n{ }\n");

        assertThat(csv.out).startsWith("ip,asn,asn_2,prefix,asn_3,as_name,country,rib_version\n");
        assertThat(csv.told).containsExactly("1 asn is asn_3");
        assertThat(json.out)
                .contains("\"asn_2\":64496,\"as_name\":\"SAMPLE, CA\"")
                .contains("{\"ip\":\"192.0.2.1\",\"prefix\":\"192.0.2.0/24\",\"asn\":64496,")
                .endsWith(
                        "{ \"prefix\":null,\"asn\":null,\"as_name\":null,\"country\":null,"
                                + "\"rib_version\":null}\n");
        assertThat(json.told).containsExactly("1 asn is asn_2", "3 no-address");
    }

    @Test
    void namesOfOthersAreMadeSafe() throws Exception {
        String safe = Enriched.latin1("Evil \"x\", y;z|   [31m\\    é , FR");
        assertThat(Enriched.of(request(Format.TEXT), "198.51.100.7").out)
                .isEqualTo("198.51.100.7\t198.51.100.0/24\t64497\t" + safe + "\tFR\t" + VERSION);
        assertThat(Enriched.of(request(Format.JSON), "{\"ip\":\"198.51.100.7\"}").out)
                .contains(
                        "\"Evil\\u0009\\\"x\\\", y;z|\\u000d\\u000a\\u001b[31m\\\\ \\u2028\\u202e"
                                + "\\u0007"
                                + Enriched.latin1("é")
                                + "\\u007f, FR\"");
    }

    @Test
    void whatIsNoObjectAmongJsonLinesGoesOutAsItCame() throws Exception {
        String bad =
                "[1]\n{\"a\":1\n\n{\"a\":1}x\n{\"a\":01}\n{\"a\":\"\t\"}\nnull\n{,}\n{\"a\"}\n";
        Enriched run = Enriched.of(request(Format.JSON), bad);

        assertThat(run.out).isEqualTo(bad);
        assertThat(run.counts().skipped(SkipReason.BAD_SHAPE)).isEqualTo(8);
    }

    @Test
    void depthCostsNoStack() throws Exception {
        int depth = 300_000;
        String deep = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"ip\":\"192.0.2.1\"}";
        String open = "{\"a\":" + "{\"a\":".repeat(150_000);
        Enriched run = Enriched.of(request(Format.JSON, null, "ip", null), deep + "\n" + open);

        assertThat(run.out).startsWith(deep.substring(0, deep.length() - 1) + ",\"prefix\":\"192");
        assertThat(run.out).endsWith("\n" + open);
        assertThat(run.counts().skipped(SkipReason.BAD_SHAPE)).isEqualTo(1);
    }

    @Test
    void longRowsArePassedAndTheirNeighboursAreNot() throws Exception {
        String longest = "192.0.2.1" + " ".repeat(Enricher.LONGEST_ROW - 9);
        String longer = longest + "  192.0.2.1 ";
        String far = longest.repeat(3);
        String in = longest + "\n" + longer + "\n" + far + "\r\n192.0.2.1\n" + far;
        for (int seed = 0; seed < 3; seed++) {
            Enriched run =
                    seed == 0
                            ? Enriched.of(request(Format.TEXT), in)
                            : Enriched.of(
                                    request(Format.TEXT), in, new SplittableRandom(1000 + seed));

            assertThat(
                            run.out.equals(
                                    longest
                                            + "\t"
                                            + ROUTED
                                            + "\n"
                                            + longer
                                            + "\n"
                                            + far
                                            + "\r\n192.0.2.1\t"
                                            + ROUTED
                                            + "\n"
                                            + far))
                    .isTrue();
            assertThat(run.counts().rows()).isEqualTo(5);
            assertThat(run.told).containsExactly("2 too-long", "3 too-long", "5 too-long");
        }
    }

    @Test
    void aLongQuotedRowIsPassedToItsEnd() throws Exception {
        String row = "192.0.2.1,\"" + "192.0.2.1,x\n".repeat(100_000) + "\"";
        Enriched run =
                Enriched.of(
                        request(Format.CSV, "1", null, false),
                        "192.0.2.1,a\n" + row + "\n192.0.2.1,b\n");

        assertThat(run.out).startsWith("192.0.2.1,a,192").contains("\n" + row + "\n192.0.2.1,b,1");
        assertThat(run.told).containsExactly("2 too-long");
        assertThat(run.counts().rows()).isEqualTo(3);
    }

    @Test
    void aQuoteThatIsNotClosedIsTold() throws Exception {
        String row = "192.0.2.1,\"x\n192.0.2.1,y\n";
        Enriched run = Enriched.of(request(Format.CSV, "1", null, false), row);

        assertThat(run.out).isEqualTo(row);
        assertThat(run.told).containsExactly("1 bad-shape");
    }

    @Test
    void raggedRowsGetTheirColumnsWhereTheyEnd() throws Exception {
        Enriched run =
                Enriched.of(request(Format.AUTO), "n,ip,x\n1\n2,192.0.2.1\n3,192.0.2.1,a,b\n");

        assertThat(run.out)
                .isEqualTo(
                        "n,ip,x,prefix,asn,as_name,country,rib_version\n1,None,None,,,\n"
                                + "2,192.0.2.1,192.0.2.0/24,64496,\"SAMPLE, CA\",CA,"
                                + VERSION
                                + "\n3,192.0.2.1,a,b,192.0.2.0/24,64496,\"SAMPLE, CA\",CA,"
                                + VERSION
                                + "\n");
        assertThat(run.told).containsExactly("2 no-address");
    }

    @Test
    void rowsGoOutBeforeMoreIsWaitedFor() throws Exception {
        for (String rows :
                List.of("192.0.2.1\n", "ip,n\n192.0.2.1,1\n", "{\"ip\":\"192.0.2.1\"}\n")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            InputStream in =
                    new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)) {
                        @Override
                        public synchronized int read(byte[] into, int at, int length) {
                            if (available() == 0) {
                                assertThat(out.toString(StandardCharsets.UTF_8)).contains("64496");
                            }
                            return super.read(into, at, length);
                        }
                    };
            new Enricher(request(Format.AUTO), Tables.always(Enriched.TABLE), "in", new Deaf())
                    .copy(in, out, true);
        }
    }

    @Test
    void whatCannotBeReadToItsEndIsToldAndWhatCameBeforeIsOut() throws Exception {
        InputStream in =
                new ByteArrayInputStream("192.0.2.1\n192.0.2".getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized int read(byte[] into, int at, int length) {
                        if (available() == 0) {
                            throw new IllegalStateException("bad block");
                        }
                        return super.read(into, at, length);
                    }
                };
        Enriched run = Enriched.of(request(Format.AUTO), Tables.always(Enriched.TABLE), in);

        assertThat(run.out).isEqualTo("192.0.2.1\t" + ROUTED + "\n192.0.2");
        assertThat(run.failure()).hasMessageContaining("bad block");
    }

    @Test
    void nothingGivesNothing() throws Exception {
        for (Format format : Format.values()) {
            assertThat(Enriched.of(request(format), "").out).isEmpty();
            assertThat(Enriched.of(request(format), "\n\r\n").out).isEqualTo("\n\r\n");
            assertThat(Enriched.of(request(format), "\u00ef\u00bb\u00bf").out).hasSize(3);
        }
    }

    @Test
    void rowsOfALogAreLookedUpInTheTableOfTheirTime() throws Exception {
        Rib later = moved();
        long noon = 1_795_608_000_000L;
        Tables tables =
                Tables.timed(new long[] {0, noon}, List.of(() -> Enriched.TABLE, () -> later));
        String before = "192.0.2.1 - - [25/Nov/2026:11:59:59 +0000] \"GET / HTTP/1.1\" 200 5";
        String after = "192.0.2.1 - - [25/Nov/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 5";
        Enriched run =
                Enriched.of(
                        request(Format.AUTO),
                        tables,
                        new ByteArrayInputStream(
                                (after + "\n" + before + "\n").getBytes(StandardCharsets.UTF_8)));

        assertThat(run.out)
                .isEqualTo(
                        after
                                + "\t192.0.2.0/24\t64511\t\t\t"
                                + later.id().substring(0, 16)
                                + "\n"
                                + before
                                + "\t"
                                + ROUTED
                                + "\n");
    }

    private static Rib moved() {
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        builder.route4(0xc0000200, 24, 64511, 1);
        return builder.build();
    }

    @Test
    void binaryInputIsRefused() {
        assertThatThrownBy(() -> Enriched.of(request(Format.AUTO), "\u0000\u0001\u0002".repeat(99)))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("AT-IN-007");
    }

    private static final class Deaf implements RowListener {
        @Override
        public void layout(String label) {}

        @Override
        public void badRow(long line, SkipReason reason, byte[] text, int from, int to) {}

        @Override
        public void renamed(long line, String name, String newName) {}
    }
}
