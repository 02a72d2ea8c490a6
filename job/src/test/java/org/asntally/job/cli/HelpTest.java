package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.job.local.Console;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What help names is accepted, and what is accepted is in the help; the rest is refused. */
class HelpTest {

    private static final Pattern NAME = Pattern.compile("(?<![\\w-])--?[A-Za-z][\\w-]*");

    /** A value that each option takes; options without one take none. */
    private static final Map<String, String> VALUES = values();

    /**
     * What these do goes out to the network; RefreshTest has them. Some need another option;
     * RequestTest has them.
     */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "--refresh",
                    "-R",
                    "--from",
                    "--names",
                    "--scapy-filter",
                    "--trusted-proxy",
                    "--slide",
                    "--follow");

    private static Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("--input-format", "tcpdump");
        values.put("--log-format", "combined");
        values.put("--rib-at", "latest");
        values.put("--rib-known-at", "2026-05-27T16:00Z");
        values.put("--json-fields", "client=ip");
        values.put("--client-from", "X-Forwarded-For");
        values.put("--timezone", "UTC");
        values.put("--date", "2026-05-27");
        values.put("--by", "asn");
        values.put("--side", "source");
        values.put("--max-keys", "5000");
        values.put("--filter", "status=404");
        values.put("--exclude-asn", "64496");
        values.put("--exclude-prefix", "192.0.2.0/24");
        values.put("--exclude", "x");
        values.put("--weight", "hits");
        values.put("--window", "1h");
        values.put("--round", "record");
        values.put("--top", "3");
        values.put("--format", "tsv");
        values.put("--output-format", "tsv");
        for (String file :
                Set.of(
                        "--output",
                        "--json",
                        "--csv",
                        "--rib",
                        "--data-dir",
                        "--input",
                        "--cache-directory")) {
            values.put(file, "x");
        }
        values.put("--at", "2026-05-27T16:00Z");
        values.put("--ca-file", "x");
        values.put("--max-size", "2G");
        values.put("--timeout", "1h");
        values.put("--bpf", "tcp port 443");
        values.put("--sampling", "measured");
        values.put("--stall", "30s");
        values.put("--retries", "1");
        values.put("--parallelism", "2");
        values.put("--port", "8999");
        values.put("--bind", "127.0.0.1");
        return values;
    }

    @Test
    void helpOfCountIsWhatCountAccepts() {
        everyOptionOfTheHelpIsAccepted("count");
    }

    @Test
    void helpOfAsncounterIsWhatAsncounterAccepts() {
        everyOptionOfTheHelpIsAccepted("asncounter");
    }

    private static void everyOptionOfTheHelpIsAccepted(String command) {
        String help = CommandLineRun.of(command, "--help").out;
        for (String line : help.lines().filter(text -> text.matches("  +-.*")).toList()) {
            String names = line.trim().split("  +", 2)[0];
            Matcher each = NAME.matcher(names);
            while (each.find()) {
                if (ELSEWHERE.contains(each.group())) {
                    continue;
                }
                accepts(command, each.group(), names);
            }
        }
        assertThat(optionsOf(help)).doesNotContainAnyElementsOf(later(command));
        assertThat(optionsOf(help)).containsAll(accepted(command));
    }

    private static void accepts(String command, String option, String names) {
        Matcher longest = Pattern.compile("--[\\w-]+").matcher(names);
        String key = longest.find() ? longest.group() : option;
        String value = VALUES.get(key);
        CommandLineRun run =
                value == null
                        ? CommandLineRun.of(command, option)
                        : CommandLineRun.of(command, option, value);
        assertThat(run.status).as("%s %s: %s", command, option, run.err).isZero();
    }

    private static Set<String> optionsOf(String help) {
        Set<String> options = new TreeSet<>();
        Matcher each = NAME.matcher(help);
        while (each.find()) {
            options.add(each.group());
        }
        return options;
    }

    private static Set<String> accepted(String command) {
        Console console =
                Console.of(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Map.of());
        CommandLine line =
                new AsntallyCommand(console, (request, where) -> 0)
                        .program()
                        .getSubcommands()
                        .get(command);
        Set<String> names = new TreeSet<>();
        for (OptionSpec option : Objects.requireNonNull(line).getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    private static Set<String> later(String command) {
        return AsntallyCommand.later(command).keySet();
    }
}
