package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.asntally.sinks.blocklist.BlockListFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code prefixes} and {@code aggregate}: what is written, what is told, how it ends. */
class ListCommandsTest {

    private static final String TABLE =
            """
            193.0.10.0/25\t3333
            193.0.10.128/25\t3333
            193.0.10.64/26\t3333
            2a02:2e0::/33\t3333
            2a02:2e0:8000::/33\t3333
            193.0.11.0/24\t3333
            9.0.0.0/8\t64500
            100.0.0.0/8\t64501
            10.1.0.0/16\t64502
            192.0.2.0/24\t64502
            2a03::/32\t4200000000
            """;

    @TempDir private Path folder;
    private Path list;
    private String table = "";

    @BeforeEach
    void table() throws IOException {
        table = Files.writeString(folder.resolve("table.dat"), TABLE).toString();
        list = folder.resolve("list");
    }

    private CommandLineRun run(String words, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(words.split(" ", -1)));
        all.addAll(List.of("-o", list.toString()));
        if (words.startsWith("prefixes") && !words.contains("--seen-in")) {
            all.addAll(List.of("--rib", table));
        }
        all.addAll(List.of(more));
        return CommandLineRun.of(all.toArray(new String[0]));
    }

    private List<String> listed() throws IOException {
        return Files.readAllLines(list).stream().filter(line -> !line.startsWith("#")).toList();
    }

    private void saysAndWritesNothing(CommandLineRun run, int status, String... lines) {
        assertThat(run.err.lines()).containsExactly(lines);
        assertThat(run.status).isEqualTo(status);
        assertThat(run.out).isEmpty();
        assertThat(list).doesNotExist();
    }

    @Test
    void allRoutesNestedOnesIncluded() throws IOException {
        CommandLineRun run = run("prefixes AS3333");

        assertThat(run.status).as(run.err).isZero();
        assertThat(listed())
                .containsExactly(
                        "193.0.10.0/25",
                        "193.0.10.64/26",
                        "193.0.10.128/25",
                        "193.0.11.0/24",
                        "2a02:2e0::/33",
                        "2a02:2e0:8000::/33");
        assertThat(run.err).startsWith("wrote " + list + ": 4 IPv4 and 2 IPv6 prefixes; table: ");
        assertThat(Files.readAllLines(list).get(0))
                .isEqualTo("# list: 4 IPv4 and 2 IPv6 prefixes of AS3333");
        assertThat(Files.readString(list))
                .containsPattern("# made: 20\\d\\d-")
                .contains("# table: routes, id ")
                .contains("# command: asntally prefixes AS3333 -o " + list + " --rib ");
    }

    @ParameterizedTest
    @CsvSource({
        "prefixes AS3333 --aggregate",
        "prefixes --aggregate 3333",
        "prefixes as3333 --aggregate AS3333",
        "prefixes --quiet --aggregate --format plain 3333"
    })
    void aggregatedIsTheFewestPerFamily(String words) throws IOException {
        assertThat(run(words).status).isZero();
        assertThat(listed()).containsExactly("193.0.10.0/23", "2a02:2e0::/32");
    }

    @Test
    void severalAsesAreOneList() throws IOException {
        assertThat(run("prefixes 64500 AS4200000000").status).isZero();
        assertThat(listed()).containsExactly("9.0.0.0/8", "2a03::/32");
    }

    @Test
    void anAsWithoutRoutesWritesNothing() {
        saysAndWritesNothing(
                run("prefixes 3333 AS64511 64510"),
                1,
                "AT-LIST-001: AS64511 has no network in this table; no list was written; check the"
                        + " number",
                "AT-LIST-001: AS64510 has no network in this table; no list was written; check the"
                        + " number");
    }

    @Test
    void aListThatWasThereStaysWhenThereIsNoNewOne() throws IOException {
        Files.writeString(list, "old\n");

        assertThat(run("prefixes 64511").status).isEqualTo(1);
        assertThat(Files.readString(list)).isEqualTo("old\n");
    }

    @Test
    void oneFamilyOnly() throws IOException {
        assertThat(run("prefixes 3333 --aggregate --family 6").status).isZero();
        assertThat(listed()).containsExactly("2a02:2e0::/32");
        Files.delete(list);
        saysAndWritesNothing(
                run("prefixes 64500 --family 6"),
                1,
                "AT-LIST-002: no network is left to list: there is no IPv6 one, or all are"
                        + " special-purpose or excepted; no list was written");
    }

    @Test
    void specialPurposeNetworksAreSplitAroundAndTold() throws IOException {
        CommandLineRun run = run("prefixes 64501");

        assertThat(run.status).isZero();
        assertThat(run.err)
                .contains(
                        "AT-LIST-005: 100.0.0.0/8 holds 100.64.0.0/10 (special-purpose: Shared"
                                + " Address Space); it is split around that, into 2\n");
        assertThat(listed()).containsExactly("100.0.0.0/10", "100.128.0.0/9");
        Files.delete(list);
        saysAndWritesNothing(
                run("prefixes 64502"),
                1,
                "AT-LIST-004: 10.1.0.0/16 is left out: 10.0.0.0/8 (special-purpose: Private-Use);"
                        + " the list goes without it",
                "AT-LIST-004: 192.0.2.0/24 is left out: 192.0.2.0/24 (special-purpose:"
                        + " Documentation (TEST-NET-1)); the list goes without it",
                "AT-LIST-002: no network is left to list: there was none, or all are"
                        + " special-purpose or excepted; no list was written");
    }

    @Test
    void exceptionsComeFromFilesAndWords() throws IOException {
        Path own = Files.writeString(folder.resolve("own"), "# ours\n193.0.11.0/24 ; web\n");

        CommandLineRun run =
                run(
                        "prefixes 3333",
                        "--except",
                        "193.0.10.0/26,2a02:2e0::/33",
                        "--except",
                        own.toString());
        assertThat(run.status).as(run.err).isZero();
        assertThat(listed())
                .containsExactly("193.0.10.64/26", "193.0.10.128/25", "2a02:2e0:8000::/33");
        assertThat(run.err)
                .contains("AT-LIST-005: 193.0.10.0/25 holds a network of --except;")
                .contains("AT-LIST-004: 193.0.11.0/24 is left out: a network of --except;");
    }

    @Test
    void anExceptionThatCannotBeReadRefusesTheList() throws IOException {
        Path own = Files.writeString(folder.resolve("own"), "193.0.11.0/24\n193.0.10.0/240\n");

        saysAndWritesNothing(
                run("prefixes 3333", "--except", own.toString()),
                1,
                "AT-LIST-006: "
                        + own
                        + ":2: '193.0.10.0/240': no prefix length; the line was left out",
                "AT-LIST-009: 1 unusable entries in '"
                        + own
                        + "'; no list was written; mend what --except names");
        assertThat(run("prefixes 3333", "--except", folder.resolve("none").toString()).err)
                .startsWith("AT-IN-002: ");
        assertThat(list).doesNotExist();
    }

    @Test
    void aListThatIsTooLongIsRefused() {
        saysAndWritesNothing(
                run("prefixes 3333 --max 5"),
                1,
                "AT-LIST-003: the list has 6 prefixes, --max allows 5; no list was written;"
                        + " --aggregate makes lists shorter");
        assertThat(run("prefixes 3333 --max 6").status).isZero();
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void anUnchangedListIsLeftUntouched(BlockListFormat format) throws IOException {
        String family = format.isOfOneFamily() ? " --family 4" : "";
        String words = "prefixes 3333 --format " + format.label() + family;
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(run(words).err).startsWith("wrote ");
        Files.setLastModifiedTime(list, longAgo);

        assertThat(run(words).err).startsWith(list + " is unchanged: ");
        assertThat(Files.getLastModifiedTime(list)).isEqualTo(longAgo);

        Files.writeString(folder.resolve("table.dat"), TABLE + "193.0.9.0/24\t3333\n");
        assertThat(run(words).err).startsWith("wrote ");
        assertThat(Files.readString(list)).contains("193.0.9.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    prefixes                                  | 2 | AT-USE-009: AS is missing; see: asntally prefixes --help
                    prefixes 0                                | 2 | AT-USE-005: '0' is no value of AS; use a number such as 15169 or AS15169
                    prefixes AS                               | 2 | AT-USE-005: 'AS' is no value of AS; use a number such as 15169 or AS15169
                    prefixes 4294967296                       | 2 | AT-USE-005: '4294967296' is no value of AS; use a number such as 15169 or AS15169
                    prefixes 3333 --format iptables           | 2 | AT-USE-005: 'iptables' is no value of --format; use one of: plain, nft, iptables-restore, ipset, nginx, nginx-geo, apache, haproxy, varnish, puppet, bird, frr, json
                    prefixes 3333 --format iptables-restore   | 2 | AT-USE-020: --format iptables-restore holds one family; say which: --family 4 or --family 6
                    prefixes 3333 --family 5                  | 2 | AT-USE-005: '5' is no value of --family; use 4 or 6
                    prefixes 3333 --max 0                     | 2 | AT-USE-005: '0' is no value of --max; use a whole number from 1
                    prefixes 3333 --format nft --list-name INPUT | 2 | AT-USE-005: 'INPUT' is no value of --list-name; use at most 16 lower-case letters, digits and underscores, a letter first
                    prefixes 3333 --list-name x               | 2 | AT-USE-008: --list-name and --format plain cannot be given together; leave one of them out
                    prefixes 3333 --agregate                  | 2 | AT-USE-002: unknown option '--agregate'; did you mean '--aggregate'? see: asntally prefixes --help
                    aggregate no-such-file                    | 4 | AT-IN-002: 'no-such-file' is neither a file nor an IP address; check the name
                    prefixes --seen-in no-such-file           | 4 | AT-IN-001: no such file: 'no-such-file'; check the name
                    """)
    void refusesWithOneLine(String words, int status, String line) {
        saysAndWritesNothing(run(words), status, line);
    }

    @Test
    void whatCannotBeWrittenIsToldFirst() {
        CommandLineRun run =
                CommandLineRun.of(
                        "prefixes", "3333", "--rib", "/nonexistent", "-o", "/nonexistent/list");

        assertThat(run.err).startsWith("AT-OUT-001: '/nonexistent/list' cannot be written: ");
        assertThat(run.status).isEqualTo(4);
    }

    private Path report(String rows) throws IOException {
        return Files.writeString(
                folder.resolve("report.json"),
                "{\"rib\":{\"kind\":\"ranges\",\"source\":\"then\",\"id\":\"00ff\"},"
                        + "\"tables\":{\"prefix\":["
                        + rows
                        + "]},\"total\":1}\n");
    }

    @Test
    void onlyPrefixesSeenInAReport() throws IOException {
        Path report =
                report(
                        "{\"prefix\":\"193.0.10.64/26\",\"asn\":3333},"
                                + "{\"prefix\":\"2a02:2e0::/33\",\"asn\":3333},"
                                + "{\"prefix\":\"9.0.0.0/8\",\"asn\":64500},"
                                + "{\"prefix\":null,\"asn\":null}");

        CommandLineRun run =
                CommandLineRun.of(
                        "prefixes",
                        "AS3333",
                        "--seen-in",
                        report.toString(),
                        "-o",
                        list.toString());
        assertThat(run.status).as(run.err).isZero();
        assertThat(listed()).containsExactly("193.0.10.64/26", "2a02:2e0::/33");
        assertThat(Files.readString(list)).contains("# table: ranges, id 00ff, then\n");

        run = CommandLineRun.of("prefixes", "--seen-in", report.toString(), "-o", list.toString());
        assertThat(run.status).isZero();
        assertThat(listed()).containsExactly("9.0.0.0/8", "193.0.10.64/26", "2a02:2e0::/33");
        assertThat(Files.readAllLines(list).get(0)).endsWith(" of AS3333, AS64500");

        run =
                CommandLineRun.of(
                        "prefixes", "7", "--seen-in", report.toString(), "-o", list.toString());
        assertThat(run.err)
                .isEqualTo(
                        "AT-LIST-001: AS7 has no network in this report; no list was written; check"
                                + " the number\n");
        assertThat(run.status).isEqualTo(1);
    }

    @Test
    void withATableWhatIsSeenMustBeARouteThere() throws IOException {
        Path report =
                report(
                        "{\"prefix\":\"193.0.10.64/26\",\"asn\":3333},"
                                + "{\"prefix\":\"193.0.10.0/24\",\"asn\":3333},"
                                + "{\"prefix\":\"9.0.0.0/8\",\"asn\":3333}");

        CommandLineRun run =
                CommandLineRun.of(
                        "prefixes",
                        "--seen-in",
                        report.toString(),
                        "--rib",
                        table,
                        "-o",
                        list.toString());

        assertThat(run.status).isZero();
        assertThat(run.err).startsWith("AT-LIST-011: 2 prefixes of the report are no routes");
        assertThat(listed()).containsExactly("193.0.10.64/26");
    }

    @Test
    void aFileThatIsNoReportIsToldAsSuch() throws IOException {
        Path other = Files.writeString(folder.resolve("x"), "count\tpercent\n");

        CommandLineRun run =
                CommandLineRun.of("prefixes", "--seen-in", other.toString(), "-o", list.toString());

        saysAndWritesNothing(
                run,
                4,
                "AT-LIST-012: '"
                        + other
                        + "' cannot be used: it is not JSON at line 1; make one:"
                        + " asntally count -O json -o FILE");
    }

    @Test
    void anyNetworksBecomeTheFewestPrefixes() throws IOException {
        Path plain =
                Files.writeString(
                        folder.resolve("in"),
                        """
                        193.0.10.0 - 193.0.10.254
                        193.0.10.255
                        ::ffff:193.0.11.0/120
                        2a02:2e0:8000::/33
                        """);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("2a02:2e0::/33\n".getBytes(StandardCharsets.US_ASCII));
        }
        Path gz = Files.write(folder.resolve("in.gz"), packed.toByteArray());

        CommandLineRun run = run("aggregate 9.1.0.0/16", plain.toString(), gz.toString());

        assertThat(run.err).isEqualTo("wrote " + list + ": 2 IPv4 and 1 IPv6 prefixes\n");
        assertThat(run.status).isZero();
        assertThat(listed()).containsExactly("9.1.0.0/16", "193.0.10.0/23", "2a02:2e0::/32");
    }

    @Test
    void badLinesAreToldByPlaceAndTheRestIsWritten() throws IOException {
        Path in =
                Files.writeString(
                        folder.resolve("in"),
                        """
                        193.0.10.7/24
                        example.org
                        9.9.9.9-9.9.9.1
                        fe80::1%eth0
                        0.0.0.0/0
                        """);

        CommandLineRun run = run("aggregate", in.toString());

        assertThat(run.status).isEqualTo(1);
        assertThat(listed()).containsExactly("193.0.10.0/24");
        assertThat(run.err.lines())
                .containsExactly(
                        "AT-LIST-007: "
                                + in
                                + ":1: '193.0.10.7/24': has bits behind its length; the"
                                + " whole network was taken",
                        "AT-LIST-006: "
                                + in
                                + ":2: 'example.org': no IP address, prefix or range; the"
                                + " line was left out",
                        "AT-LIST-006: "
                                + in
                                + ":3: '9.9.9.9-9.9.9.1': a range that ends before it"
                                + " begins; the line was left out",
                        "AT-LIST-006: "
                                + in
                                + ":4: 'fe80::1%eth0': an address with a zone; the line"
                                + " was left out",
                        "AT-LIST-006: "
                                + in
                                + ":5: '0.0.0.0/0': a default route; the line was left"
                                + " out",
                        "wrote " + list + ": 1 IPv4 and 0 IPv6 prefixes");
    }

    @Test
    void whatIsReadByPeopleIsExactWhatIsEnforcedIsSafe() throws IOException {
        CommandLineRun run = run("aggregate 10.0.0.0/9 10.128.0.0/9 8.0.0.0/8 192.0.2.1");

        assertThat(listed()).containsExactly("8.0.0.0/8", "10.0.0.0/8", "192.0.2.1/32");
        assertThat(run.err).startsWith("AT-LIST-010: 10.0.0.0/8 is special-purpose (Private-Use);");
        assertThat(run.status).isZero();

        run = run("aggregate --format haproxy 10.0.0.0/9 10.128.0.0/9 8.0.0.0/8 192.0.2.1");
        assertThat(listed()).containsExactly("8.0.0.0/8");
        assertThat(run.err).contains("AT-LIST-004: 10.0.0.0/8 is left out: ");
    }

    @Test
    void exceptionsAreToldInEveryFormat() throws IOException {
        for (String format : List.of("plain", "nft")) {
            CommandLineRun run =
                    run(
                            "aggregate 8.8.8.0/24 9.9.9.9 --except 8.8.8.0/25,9.0.0.0/8 --format "
                                    + format);

            assertThat(run.status).isZero();
            assertThat(run.err)
                    .contains("AT-LIST-005: 8.8.8.0/24 holds a network of --except; ")
                    .contains("AT-LIST-004: 9.9.9.9/32 is left out: a network of --except; ");
            assertThat(Files.readString(list)).contains("8.8.8.128/25").doesNotContain("9.9.9.9/");
        }
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void allOfAFamilyIsNeverListed(BlockListFormat format) throws IOException {
        String family = format.isOfOneFamily() ? " --family 4" : "";
        CommandLineRun run =
                run(
                        "aggregate 0.0.0.0/1 128.0.0.0-255.255.255.255 ::/1 8000::/1 --format "
                                + format.label()
                                + family);

        assertThat(run.status).isEqualTo(1);
        assertThat(run.err)
                .contains("AT-LIST-008: the networks of the input are all of IPv4;")
                .contains("AT-LIST-008: the networks of the input are all of IPv6;")
                .contains("AT-LIST-002: ");
        assertThat(list).doesNotExist();
    }

    @Test
    void nothingInNothingOut() {
        saysAndWritesNothing(
                run("aggregate"),
                1,
                "AT-LIST-002: no network is left to list: there was none, or all are"
                        + " special-purpose or excepted; no list was written");
    }
}
