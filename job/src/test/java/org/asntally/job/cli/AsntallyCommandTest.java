package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsntallyCommandTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    count --no-such-option            | 2 | AT-USE-001: unknown option '--no-such-option'; see: asntally count --help
                    count --topp 3                    | 2 | AT-USE-002: unknown option '--topp'; did you mean '--top'? see: asntally count --help
                    count --top                       | 2 | AT-USE-003: option '--top' needs a value; see: asntally count --help
                    count --top ten                   | 2 | AT-USE-005: 'ten' is no value of --top; use a whole number
                    count --parallelism 0             | 2 | AT-USE-005: '0' is no value of --parallelism; use a whole number from 1 to 128
                    count -I logs                     | 2 | AT-USE-005: 'logs' is no value of --input-format; use one of: auto, line, tuple, log, json-log, tcpdump, pcap, sflow
                    count --sampling some             | 2 | AT-USE-005: 'some' is no value of --sampling; use one of: declared, measured, off
                    count --sampling off -I pcap      | 2 | AT-USE-008: --sampling and -I pcap cannot be given together; leave one of them out
                    count -I sflow --follow x.pcap    | 2 | AT-USE-008: --follow and -I sflow cannot be given together; leave one of them out
                    count --interface lo -I sflow     | 2 | AT-USE-008: --interface and -I sflow cannot be given together; leave one of them out
                    count -O xml                      | 2 | AT-USE-005: 'xml' is no value of --format; use one of: table, tsv, csv, json, prometheus, null
                    count -O html                     | 2 | AT-USE-004: '--format html' is planned, but not in this version; use one of: table, tsv, csv, json, prometheus, null
                    count -O csv                      | 2 | AT-USE-010: csv holds one table, and this report has 2; use --csv DIR, or one key: --by asn
                    count -O csv --by asn --side both | 2 | AT-USE-010: csv holds one table, and this report has 2; use --csv DIR, or one key: --by asn
                    count --by asn+asn                | 2 | AT-USE-005: 'asn+asn' is no value of --by; use one of: asn, prefix, country, host (host:128/64), net:24/48, source, exporter, interface, customer, exporter-asn; or some of them joined by +
                    count --filter statsu=404         | 2 | AT-FLT-001: --filter:1: unknown term 'statsu'; did you mean 'status'?
                    count --filter status==4          | 2 | AT-FLT-001: --filter:7: '==' is no operator; write: =
                    count --by host:129/64            | 2 | AT-USE-005: 'host:129/64' is no value of --by; use one of: asn, prefix, country, host (host:128/64), net:24/48, source, exporter, interface, customer, exporter-asn; or some of them joined by +
                    count --max-keys 7                | 2 | AT-USE-005: '7' is no value of --max-keys; use a whole number from 1000
                    count --by colour                 | 2 | AT-USE-005: 'colour' is no value of --by; use one of: asn, prefix, country, host (host:128/64), net:24/48, source, exporter, interface, customer, exporter-asn; or some of them joined by +
                    count --side left                 | 2 | AT-USE-005: 'left' is no value of --side; use one of: source, destination, both
                    count --weight 5x                 | 2 | AT-USE-005: '5x' is no value of --weight; use hits, packets, bytes, time, or a field of the log
                    count --window 5                  | 2 | AT-USE-005: '5' is no value of --window; use a duration such as 90s, 5m or 1h
                    count --slide 5m                  | 2 | AT-USE-005: '5m' is no value of --slide; use it with --window
                    count --window 5m --slide 2m      | 2 | AT-USE-005: '2m' is no value of --slide; use a duration that divides the window, into 1000 at most
                    count --timezone Moon             | 2 | AT-USE-005: 'Moon' is no value of --timezone; use a zone such as UTC, +02:00 or Europe/Berlin
                    count --date yesterday            | 2 | AT-USE-005: 'yesterday' is no value of --date; use a date such as 2026-05-27
                    count -I line --log-format x      | 2 | AT-USE-008: --log-format and -I line cannot be given together; leave one of them out
                    count --follow                    | 2 | AT-USE-008: --follow and anything that is no file of lines cannot be given together; leave one of them out
                    count --interface lo x.pcap       | 2 | AT-USE-008: --interface and files or addresses cannot be given together; leave one of them out
                    count --interface lo -I line      | 2 | AT-USE-008: --interface and -I line cannot be given together; leave one of them out
                    count --bpf ip -I tcpdump         | 2 | AT-USE-008: --bpf and -I tcpdump cannot be given together; leave one of them out
                    count -I log --json-fields client=x | 2 | AT-USE-008: --json-fields and -I log cannot be given together; leave one of them out
                    count --trusted-proxy private     | 2 | AT-USE-099: --trusted-proxy needs --client-from; see: asntally count --help
                    count --client-from X-Forwarded-For --trusted-proxy x | 2 | AT-USE-018: proxies 'x' cannot be used: 'x' is no IP address, prefix or range; use addresses and prefixes between commas, private, or any
                    count --round up                  | 2 | AT-USE-005: 'up' is no value of --round; use one of: record, display
                    asncounter --scapy-filter ip       | 2 | AT-USE-099: --scapy-filter needs -I scapy or --interface; see: asncounter --help
                    asncounter -I sflow               | 2 | AT-USE-005: 'sflow' is no value of --input-format; use one of: line, tuple, tcpdump, scapy
                    asncounter -I log                 | 2 | AT-USE-005: 'log' is no value of --input-format; use one of: line, tuple, tcpdump, scapy
                    asncounter -I tuple 192.0.2.1     | 2 | AT-USE-008: -I tuple and addresses cannot be given together; leave one of them out
                    asncounter --side both            | 2 | AT-USE-013: input format line has no destination addresses; leave --side both out
                    asncounter -p 70000               | 2 | AT-USE-005: '70000' is no value of --port; use a whole number from 0 to 65535
                    asncounter -O json                | 2 | AT-USE-005: 'json' is no value of --output-format; use one of: tsv, prometheus, null
                    rib                               | 2 | AT-USE-099: a command is missing; see: asntally rib --help
                    rib build                         | 2 | AT-USE-009: option --output is missing; see: asntally rib build --help
                    rib build -o x                    | 2 | AT-USE-009: TABLE is missing; see: asntally rib build --help
                    rib build -o x /nonexistent/table | 4 | AT-IN-001: no such file: '/nonexistent/table'; check the name
                    rib build -o x --lead 60s t       | 2 | AT-USE-008: --lead and an output that is no folder cannot be given together; leave one of them out
                    rib info /nonexistent/table       | 3 | AT-RIB-001: no routing table at '/nonexistent/table'; get one: asntally rib update; or make one: asntally rib build -o FILE TABLE
                    completion                        | 2 | AT-USE-009: SHELL is missing; see: asntally completion --help
                    completion csh                    | 2 | AT-USE-005: 'csh' is no value of completion; use one of: bash, zsh, fish
                    lookup -O xml                     | 2 | AT-USE-005: 'xml' is no value of --format; use one of: table, tsv, csv, json, puppet
                    lookup --at noon 192.0.2.1        | 2 | AT-USE-005: 'noon' is no value of --at; use a time such as 2026-05-27T16:00Z
                    lookup --header --no-header       | 2 | AT-USE-008: --header and --no-header cannot be given together; leave one of them out
                    lookup --rib /nonexistent/table   | 3 | AT-RIB-001: no routing table at '/nonexistent/table'; get one: asntally rib update; or make one: asntally rib build -o FILE TABLE
                    lookup --formt tsv                | 2 | AT-USE-002: unknown option '--formt'; did you mean '--format'? see: asntally lookup --help
                    kount                             | 2 | AT-USE-007: unknown command 'kount'; did you mean 'count'?
                    xyzzy                             | 2 | AT-USE-006: unknown command 'xyzzy'; see: asntally help
                    """)
    void refusesWithOneLine(String arguments, int status, String line) {
        CommandLineRun run = CommandLineRun.of(arguments.trim().split(" +"));

        assertThat(run.err).isEqualTo(line + "\n");
        assertThat(run.status).isEqualTo(status);
        assertThat(run.out).isEmpty();
    }

    @Test
    void withoutACommandSaysSo() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.status).isEqualTo(2);
        assertThat(run.err).isEqualTo("AT-USE-099: a command is missing; see: asntally --help\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "help",
                "count --help",
                "help count",
                "asncounter --help",
                "lookup --help",
                "rib --help",
                "rib build --help",
                "rib info --help",
                "prefixes --help",
                "aggregate --help",
                "rib update --help",
                "rib list --help",
                "rib diff --help",
                "rib verify --help",
                "asn-update --help",
                "completion --help",
                "help rib"
            })
    void helpHasExamplesAndIsDone(String arguments) {
        CommandLineRun run = CommandLineRun.of(arguments.split(" "));

        assertThat(run.status).isZero();
        assertThat(run.err).isEmpty();
        assertThat(run.out).contains("Usage: as").contains("Examples:");
        assertThat(run.out.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theOldNameIsTheOldTool() {
        CommandLineRun run = CommandLineRun.as("asncounter", "--help");

        assertThat(run.status).isZero();
        assertThat(run.out).contains("Usage: asncounter ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apermon", "asn_report"})
    void namesOfLaterToolsAreRefused(String name) {
        assertThat(CommandLineRun.as(name, "x").err).startsWith("AT-USE-004: '" + name + "'");
        assertThat(CommandLineRun.of(name, "x").err).startsWith("AT-USE-004: '" + name + "'");
        assertThat(CommandLineRun.as(name).status).isEqualTo(2);
    }

    @Test
    void versionIsOneLine() {
        assertThat(CommandLineRun.of("--version").out).matches("asntally \\S+\n");
        assertThat(CommandLineRun.of("count", "--version").out).matches("asntally \\S+\n");
        assertThat(CommandLineRun.as("asncounter", "--version").out).matches("asntally \\S+\n");
    }

    @Test
    void optionsOfLaterVersionsAreRefusedByName() {
        for (String option : Later.COUNT_OPTIONS.keySet()) {
            CommandLineRun run = CommandLineRun.of("count", option, "x");
            assertThat(run.err).startsWith("AT-USE-004: '" + option + "' is planned");
            assertThat(run.status).isEqualTo(2);
        }
        for (String option : Later.ASNCOUNTER_OPTIONS.keySet()) {
            List<String> words = new ArrayList<>(Arrays.asList("asncounter", option));
            CommandLineRun run = CommandLineRun.of(words.toArray(new String[0]));
            assertThat(run.err).startsWith("AT-USE-004: '" + option + "' is planned");
            assertThat(run.status).isEqualTo(2);
        }
    }
}
