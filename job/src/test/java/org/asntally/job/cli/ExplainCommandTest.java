package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    @TempDir private Path folder;

    private String routes() throws Exception {
        Path made = Files.createDirectories(folder.resolve("cache"));
        Files.writeString(
                made.resolve("ipasn_20260527.1400.dat"),
                """
                ; a comment
                192.0.0.0/16\t64500
                192.0.2.0/24\t64501
                192.0.2.0/24\t64496
                192.0.2.128/25\t64497
                198.51.100.0/24\t64497
                2001:db8::/32\t64496
                """);
        Files.writeString(
                made.resolve("asnames.json"),
                "{\"64496\": \"SAMPLE\\tX, CA\", \"64501\": \"B, FR\"}");
        return made.toString();
    }

    @Test
    void showsMatchedAndCoveringRoutesOriginsTheLineAndTheTable() throws Exception {
        CommandLineRun run =
                CommandLineRun.of("explain", "--rib", routes(), "192.0.2.77", "203.0.113.9");

        assertThat(run.out)
                .matches(
                        """
                        192.0.2.77
                          192.0.2.0/24  AS64496 SAMPLE X, CA  matched \\(longest of 2\\)
                          192.0.0.0/16  AS64500               covers it too
                          read from ipasn_20260527.1400.dat, line 4
                          also originated by AS64501 B, FR
                          special-purpose: 192.0.2.0/24 Documentation \\(TEST-NET-1\\) \\(RFC 5737\\), globally reachable: no; registry of 2025-10-09
                        203.0.113.9
                          no route of the table holds it
                          special-purpose: 203.0.113.0/24 Documentation \\(TEST-NET-3\\) \\(RFC 5737\\), globally reachable: no; registry of 2025-10-09
                        table [0-9a-f]{16}, valid from a time not stated, 5 routes, \\S+
                        """);
        assertThat(run.status).isZero();
        assertThat(run.err).isEmpty();
    }

    @Test
    void ofAPrefixShowsWhatLiesWithinIt() throws Exception {
        String out = CommandLineRun.of("explain", "--rib", routes(), "192.0.2.0/24").out;

        assertThat(out)
                .contains("192.0.2.0/24    AS64496 SAMPLE X, CA  matched (longest of 2)")
                .contains("192.0.2.128/25  AS64497               lies within it");
        assertThat(CommandLineRun.of("explain", "--rib", routes(), "192.0.0.0/8").out)
                .contains("no route of the table holds it")
                .contains("192.0.0.0/16 ")
                .contains("IETF Protocol Assignments");
        assertThat(CommandLineRun.of("explain", "--rib", routes(), "0.0.0.0/0", "::/0").out)
                .contains("2001:db8::/32")
                .contains("198.51.100.0/24");
    }

    @Test
    void looksUpWhatAMappedAddressCarries() throws Exception {
        String table = routes();
        assertThat(CommandLineRun.of("explain", "--rib", table, "::ffff:192.0.2.200").out)
                .startsWith("::ffff:192.0.2.200 carries 192.0.2.200, which is looked up\n")
                .contains("matched (longest of 3)");
        assertThat(
                        CommandLineRun.of(
                                        "explain",
                                        "--no-map-v4",
                                        "--rib",
                                        table,
                                        "::ffff:192.0.2.200")
                                .out)
                .contains("no route of the table holds it")
                .contains("IPv4-mapped Address");
    }

    @Test
    void printsAnObjectPerLine() throws Exception {
        CommandLineRun run =
                CommandLineRun.of(
                        "explain", "-O", "json", "--rib", routes(), "2001:DB8::1", "224.0.0.1");

        assertThat(run.out.lines()).hasSize(2);
        assertThat(run.out)
                .startsWith(
                        "{\"address\":\"2001:DB8::1\",\"looked_up\":\"2001:db8::1\",\"routes\":[{\"prefix\":\"2001:db8::/32\","
                                + "\"asn\":64496,\"as_name\":\"SAMPLE X, CA\",\"country\":\"CA\",\"origins\":[64496],"
                                + "\"as_set\":false,\"file\":\"ipasn_20260527.1400.dat\",\"line\":7}],\"within\":[],"
                                + "\"within_count\":0,\"special\":[{\"prefix\":\"2001:db8::/32\",\"name\":\"Documentation\","
                                + "\"rfc\":\"RFC 3849\",\"source\":false,\"destination\":false,\"forwardable\":false,"
                                + "\"globally_reachable\":false,\"reserved_by_protocol\":false,\"registry\":\"2025-10-09\"}],"
                                + "\"rib\":{\"id\":\"")
                .contains("\"kind\":\"routes\",\"valid_from\":null,\"routes\":5,")
                .contains("\"routes\":[],")
                .contains("\"name\":\"Multicast\"")
                .contains("\"globally_reachable\":null");
    }

    @Test
    void ofAnAsShowsWhatItOriginates() throws Exception {
        CommandLineRun run =
                CommandLineRun.of("explain", "--rib", routes(), "AS64496", "as64501", "AS23456");

        assertThat(run.out)
                .startsWith(
                        """
                        AS64496 SAMPLE X, CA
                          set aside: documentation (RFC 5398)
                          origin of 1 IPv4 route and 1 IPv6 route
                          192.0.2.0/24   CA  read from ipasn_20260527.1400.dat, line 4
                          2001:db8::/32  CA  read from ipasn_20260527.1400.dat, line 7
                        AS64501 B, FR
                          set aside: documentation (RFC 5398)
                          no route of the table has it as its origin
                          also among the origins of 1 route that is shown with another
                        AS23456 AS_TRANS (RFC 6793)
                          set aside: AS_TRANS (RFC 6793)
                          no route of the table has it as its origin
                        table\s""");
        assertThat(run.status).isZero();
        assertThat(CommandLineRun.of("explain", "-O", "json", "--rib", routes(), "AS64497").out)
                .startsWith(
                        "{\"asn\":64497,\"as_name\":null,\"set_aside\":\"documentation (RFC 5398)\","
                                + "\"ipv4_routes\":2,\"ipv6_routes\":0,\"other_origin_routes\":0,"
                                + "\"routes\":[{\"prefix\":\"192.0.2.128/25\"");
        assertThat(CommandLineRun.of("explain", "AS15169").out)
                .containsPattern("(?m)^  and [0-9]+ more: asntally prefixes AS15169$");
    }

    @Test
    void saysPlainlyThatATableIsOfRanges() {
        String out = CommandLineRun.of("explain", "8.8.8.8").out;

        assertThat(out)
                .contains("AS15169")
                .contains(" prefixes cut from ranges, starter table\n")
                .contains("It is a table of ranges: it says who holds addresses, not what is");
    }

    @Test
    void tellsWhatIsNoAddressAndGoesOn() throws Exception {
        CommandLineRun run =
                CommandLineRun.of(
                        "explain", "--rib", routes(), "AS", "15169", "192.0.2.1/33", "::1");

        assertThat(run.err)
                .isEqualTo(
                        """
                        AT-IN-011: no IP address, prefix or AS number: 'AS'; it was skipped
                        AT-IN-011: a number alone (an AS is asked as AS15169): '15169'; it was skipped
                        AT-IN-011: a prefix of no such length: '192.0.2.1/33'; it was skipped
                        """);
        assertThat(run.out).startsWith("::1\n").contains("Loopback Address");
        assertThat(run.status).isEqualTo(1);
        assertThat(CommandLineRun.of("explain").status).isEqualTo(2);
    }
}
