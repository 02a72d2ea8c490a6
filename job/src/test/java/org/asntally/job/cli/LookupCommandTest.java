package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupCommandTest {

    @TempDir private static Path folder;

    private static String table = "";

    @BeforeAll
    static void table() throws Exception {
        Path made = folder.resolve("cache");
        Files.createDirectories(made);
        Files.writeString(
                made.resolve("ipasn_20260527.1600.dat"),
                """
                192.0.0.0/16\t64500
                192.0.2.0/24\t64496
                203.0.113.0/24\t64497
                198.51.100.0/24\t4200000000
                2001:db8::/32\t64496
                2001:db8:1::/48\t64497
                """);
        Files.writeString(
                made.resolve("asnames.json"),
                """
                {"64496": "SAMPLE \\"Quoted\\", Ltd, CA", "64497": "\\u00dcml\\u001baut\\t\\u202eX, FR",
                 "64511": "ALONE"}
                """);
        table = made.toString();
    }

    private static CommandLineRun ask(String input, String... words) {
        return CommandLineRun.reading(input, words(words));
    }

    private static String[] words(String... words) {
        List<String> all = new ArrayList<>(List.of("lookup", "--rib", table));
        all.addAll(Arrays.asList(words));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.1           | 192.0.2.0/24     | 64496      | SAMPLE "Quoted", Ltd, CA | CA
                    192.0.3.1           | 192.0.0.0/16     | 64500      | ''                       | ''
                    203.0.113.255       | 203.0.113.0/24   | 64497      | Üml aut  X, FR           | FR
                    198.51.100.1        | 198.51.100.0/24  | 4200000000 | 'private use (RFC 6996)' | ''
                    8.8.8.8             | None             | None       | ''                       | ''
                    2001:DB8:0::1       | 2001:db8::/32    | 64496      | SAMPLE "Quoted", Ltd, CA | CA
                    2001:db8:1::        | 2001:db8:1::/48  | 64497      | Üml aut  X, FR           | FR
                    ::ffff:192.0.2.1    | 192.0.2.0/24     | 64496      | SAMPLE "Quoted", Ltd, CA | CA
                    192.0.2.0/24        | 192.0.2.0/24     | 64496      | SAMPLE "Quoted", Ltd, CA | CA
                    192.0.2.77/30       | 192.0.2.0/24     | 64496      | SAMPLE "Quoted", Ltd, CA | CA
                    192.0.2.0/23        | 192.0.0.0/16     | 64500      | ''                       | ''
                    192.0.0.0/15        | None             | None       | ''                       | ''
                    0.0.0.0/0           | None             | None       | ''                       | ''
                    ::ffff:192.0.2.0/120| 192.0.2.0/24     | 64496      | SAMPLE "Quoted", Ltd, CA | CA
                    2001:db8:1:2::/64   | 2001:db8:1::/48  | 64497      | Üml aut  X, FR           | FR
                    AS64496             | ''               | 64496      | SAMPLE "Quoted", Ltd, CA | CA
                    as4200000000        | ''               | 4200000000 | 'private use (RFC 6996)' | ''
                    AS64511             | ''               | 64511      | ALONE                    | ''
                    AS64499             | None             | None       | ''                       | ''
                    """)
    void answersEachQuestionWithARow(
            String question, String prefix, String asn, String name, String country) {
        CommandLineRun run = ask("", question);

        assertThat(run.out)
                .isEqualTo(String.join("\t", question, prefix, asn, name, country) + "\n");
        assertThat(run.status).isZero();
        assertThat(ask(question + "\n", "--no-header").out).isEqualTo(run.out);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.1:80      | an address with a port
                    [2001:db8::1]:443 | an address in brackets
                    fe80::1%eth0      | an address with a zone
                    192.0.2.01        | an address with a leading zero, which some read as octal
                    192.0.2.256       | an address with a number above 255
                    192.0.2.0/33      | a prefix of no such length
                    192.0.2.0/08      | a prefix of no such length
                    192.0.2.1/        | a prefix of no such length
                    64496             | a number alone (an AS is asked as AS64496)
                    AS4294967296      | no IP address, prefix or AS number
                    AS                | no IP address, prefix or AS number
                    192.0.2.1 7       | more than an address
                    /24               | no IP address, prefix or AS number
                    example.com       | no IP address, prefix or AS number
                    """)
    void tellsWhatIsNoQuestionAndGoesOn(String question, String why) {
        CommandLineRun run = ask("", question, "192.0.2.1");

        assertThat(run.out).startsWith(question + "\tNone\tNone\t\t\n192.0.2.1\t192.0.2.0/24\t");
        assertThat(run.err)
                .startsWith("AT-IN-011: " + why + ": '" + question + "'; it was skipped\n");
        assertThat(run.status).isEqualTo(1);

        CommandLineRun streamed = ask("192.0.2.1\n" + question + "\n192.0.2.1");
        assertThat(streamed.out.lines()).hasSize(3);
        assertThat(streamed.err)
                .startsWith("AT-IN-011: standard input:2: " + why)
                .contains("looked up 2, unrouted 0, unreadable 1\n");
        assertThat(streamed.status).isEqualTo(1);
    }

    @Test
    void aRowForEachLineInItsOrder() {
        CommandLineRun run =
                ask(
                        "\ufeff192.0.2.1\r\n\n \t203.0.113.1 # comment\n# only that\nno\taddress\n"
                                + "2001:db8::1");

        assertThat(run.out.lines().map(line -> line.split("\t", -1)[0]))
                .containsExactly("192.0.2.1", "", "203.0.113.1", "", "no address", "2001:db8::1");
        assertThat(run.out.lines()).allMatch(line -> line.split("\t", -1).length == 5);
        assertThat(run.err).contains("standard input:5:").contains("looked up 3,");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ip             | ''          | true
                    Client Address | ''          | true
                    адрес          | ''          | true
                    ip             | --no-header | false
                    192.0.2.1      | ''          | false
                    192.0.2.1      | --header    | true
                    AS64496        | ''          | false
                    AS             | ''          | true
                    192.0.2.256    | ''          | false
                    1e100.example  | ''          | false
                    dead:beef::x   | ''          | false
                    # a list       | ''          | false
                    """)
    void tellsAHeaderByItsWords(String first, String option, boolean header) {
        String[] words = option.isEmpty() ? new String[0] : new String[] {option};
        CommandLineRun run = ask(first + "\n203.0.113.1\nx\n", words);

        assertThat(run.out.lines()).hasSize(header ? 2 : 3);
        assertThat(run.err).contains("standard input:3: ");
        assertThat(run.err.contains("is taken for a header: '" + first + "'"))
                .isEqualTo(header && option.isEmpty());
    }

    @Test
    void csvQuotesAndJsonEscapes() {
        assertThat(ask("", "-O", "csv", "192.0.2.1", "8.8.8.8", "AS64497", "x").out)
                .isEqualTo(
                        """
                        address,prefix,asn,as_name,country
                        192.0.2.1,192.0.2.0/24,64496,"SAMPLE ""Quoted"", Ltd, CA",CA
                        8.8.8.8,None,None,,
                        AS64497,,64497,"Üml aut  X, FR",FR
                        """
                                .replace("\n", "\r\n"));
        assertThat(ask("", "-O", "json", "192.0.2.1", "192.0.3.1", "8.8.8.8", "AS64511", "x").out)
                .isEqualTo(
                        """
                        {"address":"192.0.2.1","prefix":"192.0.2.0/24","asn":64496,"as_name":"SAMPLE \\"Quoted\\", Ltd, CA","country":"CA"}
                        {"address":"192.0.3.1","prefix":"192.0.0.0/16","asn":64500,"as_name":null,"country":null}
                        {"address":"8.8.8.8","prefix":null,"asn":null,"as_name":null,"country":null}
                        {"address":"AS64511","prefix":null,"asn":64511,"as_name":"ALONE","country":null}
                        """);
    }

    @Test
    void tableAlignsAndPuppetComments() {
        assertThat(ask("", "-O", "table", "192.0.2.1", "8.8.8.8", "AS64511").out)
                .isEqualTo(
                        """
                        address    prefix        ASN    country  AS
                        192.0.2.1  192.0.2.0/24  64496  CA       SAMPLE "Quoted", Ltd, CA
                        8.8.8.8    -             -      -        -
                        AS64511    -             64511  -        ALONE
                        """);
        assertThat(ask("", "-O", "puppet", "192.0.2.1", "192.0.3.1", "8.8.8.8", "AS64511").out)
                .isEqualTo(
                        """
                        '192.0.2.0/24', # CA 64496 SAMPLE "Quoted", Ltd, CA (192.0.2.1)
                        '192.0.0.0/16', # 64500 (192.0.3.1)
                        '8.8.8.8', # Not found in the ASN DB
                        # 64511 ALONE
                        """);
    }

    @Test
    void tablesComeInBlocksThatNeverShrink() {
        StringBuilder lines = new StringBuilder("2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff\n");
        lines.append("192.0.2.1\n".repeat(1200));
        List<String> rows = ask(lines.toString(), "-O", "table").out.lines().toList();

        assertThat(rows).hasSize(1202);
        assertThat(rows.stream().skip(1).map(row -> row.indexOf("64496"))).containsOnly(55);
    }

    @Test
    void mappedAddressesCanStayIpv6() {
        assertThat(ask("", "--no-map-v4", "::ffff:192.0.2.1").out)
                .isEqualTo("::ffff:192.0.2.1\tNone\tNone\t\t\n");
    }

    @Test
    void aDashIsStandardInput() {
        assertThat(ask("203.0.113.1\n", "192.0.2.1", "-", "192.0.2.2").out.lines())
                .map(line -> line.split("\t", -1)[0])
                .containsExactly("192.0.2.1", "203.0.113.1", "192.0.2.2");
    }

    @Test
    void aLineWithoutEndIsToldByItsBeginningOnly() {
        String line = "x".repeat(5_000_000);
        CommandLineRun run = ask("192.0.2.1\n" + line + "\n192.0.2.2\n" + line);

        assertThat(run.out.lines().map(row -> row.split("\t", -1)[0].substring(0, 1)))
                .containsExactly("1", "x", "1", "x");
        assertThat(run.out.length()).isLessThan(500_000);
        assertThat(run.err.length()).isLessThan(2_000);
        assertThat(run.status).isEqualTo(1);
    }

    @Test
    void thousandsOfUnreadableLinesAreToldInHundreds() {
        CommandLineRun run = ask("?\n".repeat(5_000), "-O", "json");

        assertThat(run.out).isEmpty();
        assertThat(run.err.lines().count()).isLessThan(110);
        assertThat(run.err).contains("4900 more lines").contains("unreadable 5000");
    }

    @Test
    void ofAnArchiveTheTableOfTheTimeAnswers() {
        String archive = folder.resolve("archive") + "/";
        Path first = folder.resolve("first.dat");
        Path second = folder.resolve("second.dat");
        build(first, "192.0.2.0/24\t64496\n", archive, "2026-05-01T00:00Z");
        build(second, "192.0.2.0/24\t64497\n", archive, "2026-05-02T00:00Z");

        assertThat(at(archive, "2026-05-01T12:00Z").out).contains("\t64496\t");
        assertThat(at(archive, "2026-05-02").out).contains("\t64497\t");
        assertThat(at(archive, "2027-01-01T00:00:00+02:00").out).contains("\t64497\t");
        CommandLineRun before = at(archive, "2026-04-30");
        assertThat(before.out).contains("\t64496\t");
        assertThat(before.err).startsWith("AT-RIB-020: 2026-04-30T00:00:00Z is before the first");
        assertThat(CommandLineRun.of("lookup", "--rib", archive, "192.0.2.1").out)
                .contains("\t64497\t");
        assertThat(at(first.toString(), "2026-05-02").status).isEqualTo(2);
    }

    private static void build(Path file, String text, String archive, String from) {
        try {
            Files.writeString(file, text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        CommandLineRun run =
                CommandLineRun.of(
                        "rib", "build", "--valid-from", from, "-o", archive, file.toString());
        assertThat(run.status).as(run.err).isZero();
    }

    private static CommandLineRun at(String table, String time) {
        return CommandLineRun.of("lookup", "--rib", table, "--at", time, "192.0.2.1");
    }

    @Test
    void countriesOfRangesFillWhatTheTableLacks() throws Exception {
        Path countries = folder.resolve("countries.csv");
        Files.writeString(countries, "192.0.0.0,192.0.255.255,DE\n");
        CommandLineRun run =
                ask("", "--countries", countries.toString(), "192.0.3.1", "203.0.113.1");

        assertThat(run.out).contains("192.0.0.0/16\t64500\t\tDE\n").contains("FR\n");
    }

    @Test
    void quietSaysProblemsOnly() {
        assertThat(ask("ip\n192.0.2.1\n", "--quiet").err).isEmpty();
        assertThat(ask("x1.\n", "--quiet").err).startsWith("AT-IN-011").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "192.0.2.1 2001:db8::1 AS64496 -",
                "",
                "-O tsv",
                "192.0.2.1 -O json",
                "--format csv 192.0.2.1",
                "--rib x --at 2026-05-27T16:00Z --data-dir y --countries z --quiet",
                "--header --no-map-v4",
                "--no-header",
                "-O tsv -O csv",
                "--rib a --rib b 192.0.2.1",
                "x y -"
            })
    void theUsualLinesMeanTheSameWithoutPicocli(String line) throws Exception {
        List<String> words = line.isEmpty() ? List.of() : Arrays.asList(line.split(" "));

        assertThat(LookupLines.quick(words)).isNotNull().isEqualTo(LookupLines.picocli(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "--debug 192.0.2.1",
                "-Otsv",
                "--format=tsv",
                "-O",
                "--rib -O tsv",
                "--rib",
                "-- -x",
                "-x",
                "--no-such"
            })
    void otherLinesAreLeftToPicocli(String line) throws Exception {
        assertThat(LookupLines.quick(Arrays.asList(line.split(" ")))).isNull();
        assertThat(LookupLines.quick(Collections.singletonList(""))).isNull();
    }
}
