package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the original prints over a table of eleven ranges, and where we differ from it by decision:
 * its first row is no header when it has an address, a row that cannot be read does not end it, and
 * IPv6 is no error.
 */
class AsnLookupCommandTest {

    private static final String TITLES = "Network,Country,AS Number,Owner,Matched IPs\n";
    private static final String CLOUDFLARE = "US,13335,\"CLOUDFLARENET - Cloudflare, Inc.\"";
    private static final String CSTNET = "CN,7497,CSTNET-AS-AP Computer Network Information Center";
    private static final String GOOGLE = "US,15169,GOOGLE - Google LLC";
    private static final String QUOTED = "XX,64496,\"Ümlaut \"\"Quoted\"\" Org, Ltd\"";

    @TempDir private static Path folder;

    private static String table = "";

    @BeforeAll
    static void table() throws Exception {
        table =
                Files.writeString(
                                folder.resolve("ranges.tsv"),
                                """
                                1.1.1.0\t1.1.1.0\t13335\tUS\tCLOUDFLARENET - Cloudflare, Inc.
                                1.1.1.1\t1.1.1.1\t7497\tCN\tCSTNET-AS-AP Computer Network Information Center
                                1.1.1.2\t1.1.1.255\t13335\tUS\tCLOUDFLARENET - Cloudflare, Inc.
                                8.8.8.0\t8.8.8.255\t15169\tUS\tGOOGLE - Google LLC
                                9.0.0.0\t9.255.255.255\t0\tNone\tNot routed
                                54.248.0.0\t54.255.255.255\t16509\tUS\tAMAZON-02 - Amazon.com, Inc.
                                66.249.64.0\t66.249.79.255\t15169\tUS\tGOOGLE - Google LLC
                                105.0.0.0\t105.1.255.255\t37168\tZA\tCELL-C
                                192.0.2.3\t192.0.2.12\t64496\tXX\tÜmlaut "Quoted" Org, Ltd
                                200.0.0.0\t203.255.255.255\t64497\tBR\tBIG
                                2001:db8::\t2001:db8:ffff:ffff:ffff:ffff:ffff:ffff\t64498\tDE\tSIX
                                """)
                        .toString();
    }

    private static CommandLineRun ask(String input, String... words) {
        List<String> all = new ArrayList<>(List.of("--database-cache-path", table));
        all.addAll(Arrays.asList(words));
        return CommandLineRun.as("asn-lookup", input, all.toArray(String[]::new));
    }

    @Test
    void sortsAndGathersInCsv() {
        CommandLineRun run =
                ask(
                        "",
                        "-o",
                        "csv",
                        "8.8.8.8",
                        "8.8.8.9",
                        "1.1.1.1",
                        "4.4.4.4",
                        "4.4.4.5",
                        "192.0.2.5",
                        "8.8.8.8");

        assertThat(run.out)
                .isEqualTo(
                        TITLES
                                + "1.1.1.1/32,"
                                + CSTNET
                                + ",1.1.1.1\n"
                                + "-,-,-,-,\"4.4.4.4, 4.4.4.5\"\n"
                                + "8.8.8.0/24,"
                                + GOOGLE
                                + ",\"8.8.8.8, 8.8.8.9\"\n"
                                + "192.0.2.4/30,"
                                + QUOTED
                                + ",192.0.2.5\n");
        assertThat(run.status).isZero();
        assertThat(run.err).isEmpty();
    }

    @Test
    void cutsRangesIntoPrefixesNoShorterThanEight() {
        assertThat(
                        ask(
                                        "",
                                        "-o",
                                        "csv",
                                        "192.0.2.3",
                                        "192.0.2.4",
                                        "192.0.2.8",
                                        "192.0.2.12",
                                        "192.0.2.13",
                                        "200.1.1.1",
                                        "203.9.9.9",
                                        "203.1.1.1",
                                        "1.1.1.0",
                                        "1.1.1.254")
                                .out)
                .isEqualTo(
                        TITLES
                                + "1.1.1.0/32,"
                                + CLOUDFLARE
                                + ",1.1.1.0\n1.1.1.128/25,"
                                + CLOUDFLARE
                                + ",1.1.1.254\n192.0.2.3/32,"
                                + QUOTED
                                + ",192.0.2.3\n192.0.2.4/30,"
                                + QUOTED
                                + ",192.0.2.4\n192.0.2.8/30,"
                                + QUOTED
                                + ",192.0.2.8\n192.0.2.12/32,"
                                + QUOTED
                                + ",192.0.2.12\n-,-,-,-,192.0.2.13\n"
                                + "200.0.0.0/8,BR,64497,BIG,200.1.1.1\n"
                                + "203.0.0.0/8,BR,64497,BIG,\"203.1.1.1, 203.9.9.9\"\n");
    }

    @Test
    void padsItsTableAndEndsEachLineWithABlank() {
        assertThat(ask("", "8.8.8.8", "1.1.1.2", "9.9.9.9", "2001:db8::1").out)
                .isEqualTo(
                        """
                        Network       Country AS Number Owner                            Matched IPs\s
                        1.1.1.2/31    US      13335     CLOUDFLARENET - Cloudflare, Inc. 1.1.1.2    \s
                        8.8.8.0/24    US      15169     GOOGLE - Google LLC              8.8.8.8    \s
                        -             -       -         -                                9.9.9.9    \s
                        2001:db8::/32 DE      64498     SIX                              2001:db8::1\s
                        """);
        assertThat(ask("", "-n", "8.8.8.8", "4.4.4.4").out)
                .isEqualTo(
                        """
                        Network    Country AS Number Owner               Matched IPs\s
                        -          -       -         -                   -          \s
                        8.8.8.0/24 US      15169     GOOGLE - Google LLC -          \s
                        """);
        assertThat(ask("").out).isEqualTo("Network Country AS Number Owner Matched IPs \n");
    }

    @Test
    void printsPuppetAndJson() {
        assertThat(
                        ask(
                                        "",
                                        "-o",
                                        "puppet",
                                        "105.0.0.123",
                                        "54.248.1.1",
                                        "66.249.64.1",
                                        "4.4.4.4")
                                .out)
                .isEqualTo(
                        """
                        '4.4.4.4', # Not found in the ASN DB
                        '54.248.0.0/13', # US 16509 AMAZON-02 - Amazon.com, Inc. (54.248.1.1)
                        '66.249.64.0/20', # US 15169 GOOGLE - Google LLC (66.249.64.1)
                        '105.0.0.0/15', # ZA 37168 CELL-C (105.0.0.123)
                        """);
        assertThat(ask("", "-o", "puppet", "-n", "105.0.0.123", "4.4.4.4").out)
                .isEqualTo("'105.0.0.0/15', # ZA 37168 CELL-C\n");
        assertThat(ask("", "-o", "json", "8.8.8.8", "192.0.2.4", "4.4.4.4").out)
                .isEqualTo(
                        """
                        {"network":null,"country":null,"as_number":null,"owner":null,"matched_ips":["4.4.4.4"]}
                        {"network":"8.8.8.0/24","country":"US","as_number":"15169","owner":"GOOGLE - Google LLC","matched_ips":["8.8.8.8"]}
                        {"network":"192.0.2.4/30","country":"XX","as_number":"64496","owner":"Ümlaut \\"Quoted\\" Org, Ltd","matched_ips":["192.0.2.4"]}
                        """);
        assertThat(ask("", "-o", "json", "-n", "8.8.8.8").out).endsWith("\"matched_ips\":null}\n");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    8.8.8.8\\n1.1.1.1\\n                | ''                        | 2 | 0
                    ip\\n8.8.8.8\\n1.1.1.1\\n            | ''                        | 2 | 0
                    ip\\n8.8.8.8\\n1.1.1.1\\n            | --input-csv-no-header     | 2 | 1
                    8.8.8.8\\n1.1.1.1\\n                | --header                  | 1 | 0
                    a,8.8.8.8\\r\\nb,1.1.1.1\\r\\n       | --input-csv-ip-column 2   | 2 | 0
                    a;"8.8.8.8"\\n;"1.1.1.1";x\\n       | --input-csv-ip-column 2 --input-csv-delimiter ; | 2 | 0
                    "a\\nb",8.8.8.8\\n\\n\\nc,1.1.1.1     | --input-csv-ip-column 2   | 2 | 0
                    8.8.8.8\\nx\\n1.1.1.1\\n             | ''                        | 2 | 1
                    8.8.8.8,1\\n1.1.1.1\\n              | ''                        | 2 | 0
                    a,8.8.8.8\\nb\\nc,1.1.1.1\\n         | --input-csv-ip-column 2   | 2 | 1
                    \\ 8.8.8.8\\n1.1.1.1\\n             | ''                        | 2 | 0
                    \ufeff8.8.8.8\\n1.1.1.1\\n           | ''                        | 2 | 0
                    ''                                | ''                        | 0 | 0
                    """)
    void readsColumnsOfCsv(String input, String options, int rows, int status) {
        List<String> words = new ArrayList<>(List.of("-o", "csv"));
        words.addAll(options.isEmpty() ? List.of() : Arrays.asList(options.split(" ")));
        String text = input.replace("\\n", "\n").replace("\\r", "\r").replace("\\ ", " ");
        CommandLineRun run = ask(text, words.toArray(String[]::new));

        assertThat(run.out.lines()).as(run.err).hasSize(rows + 1);
        assertThat(run.status).as(run.err).isEqualTo(status);
        assertThat(run.err.contains("AT-IN-011")).isEqualTo(status == 1);
    }

    @Test
    void tellsTheLineOfARowThatCannotBeRead() {
        CommandLineRun run =
                ask(
                        """
                        h,"two
                        lines"
                        8.8.8.8,x

                        bad,y
                        1.1.1.1:80,z
                        """,
                        "-o",
                        "csv");

        assertThat(run.err)
                .isEqualTo(
                        """
                        the first row is taken for a header: 'h'
                        AT-IN-011: standard input:5: no IP address: 'bad'; it was skipped
                        AT-IN-011: standard input:6: an address with a port: '1.1.1.1:80'; it was skipped
                        """);
        assertThat(run.status).isEqualTo(1);
        assertThat(ask("", "-o", "csv", "AS15169", "8.8.8.8").err)
                .isEqualTo("AT-IN-011: no IP address: 'AS15169'; it was skipped\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --input-csv-ip-column 0     | AT-USE-005: '0' is no value of --input-csv-ip-column; use a whole number from 1
                    --input-csv-delimiter ab    | AT-USE-005: 'ab' is no value of --input-csv-delimiter; use one byte, no quote and no end of a line
                    -o tsv                      | AT-USE-005: 'tsv' is no value of -o; use one of: table, csv, json, puppet
                    --header --no-header        | AT-USE-008: --header and --input-csv-no-header cannot be given together; leave one of them out
                    --database-cache-path /no/x | AT-USE-030: no database cache file at '/no/x'; make it: asn-update
                    """)
    void refusesWithStatusTwo(String words, String line) {
        CommandLineRun run = ask("", words.split(" "));

        assertThat(run.err).isEqualTo(line + "\n");
        assertThat(run.status).isEqualTo(2);
    }

    @Test
    void withoutATableItSaysHowToMakeOne() {
        assertThat(CommandLineRun.as("asn-lookup", "8.8.8.8").err)
                .isEqualTo(
                        "AT-USE-030: no database cache file at"
                                + " '/nonexistent/.cache/asn_tools/asn_records/asn-db.dat'; make"
                                + " it: asn-update\n");
        assertThat(CommandLineRun.of("asn-lookup", "8.8.8.8").status).isEqualTo(2);
    }

    @Test
    void namesItsTableWhenAsked() {
        assertThat(ask("", "-v", "8.8.8.8").err).startsWith("table: ranges.tsv, ");
        assertThat(ask("", "-v", "--force-colors", "8.8.8.8").err).startsWith("\u001b[32mtable:");
        assertThat(ask("", "-v", "--errors-only", "8.8.8.8").err).isEmpty();
    }
}
