package org.asntally.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.asntally.job.filter.FilterNames.NetworkList;
import org.asntally.sinks.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What files say, and what is said of bad ones. */
class JobFilesTest {

    /** A file to which the bad ones add something. */
    private static final String GOOD =
            """
            version: 1
            sources:
              web: {type: log, path: /dev/null}
            counts:
              by-as: {sources: [web], by: [asn]}
            sinks:
              out: {type: files, path: results}
            """;

    @TempDir private Path folder;

    /** A bad file with the findings that are expected, one a line. */
    record Bad(String name, String text, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Bad bad(String name, String text, String expected) {
        return new Bad(name, text, expected);
    }

    static List<Bad> badFiles() {
        return List.of(
                bad(
                        "empty",
                        "",
                        """
                        f:1:1: AT-CFG-012: the file is empty; begin with: asntally init FILE
                        """),
                bad(
                        "comments only",
                        "# nothing\n",
                        """
                        f:1:1: AT-CFG-012: the file is empty; begin with: asntally init FILE
                        """),
                bad(
                        "no map",
                        "- a\n- b\n",
                        """
                        f:1:1: AT-CFG-006: 'the job file' is a list; write a map of settings
                        """),
                bad(
                        "a version of the future",
                        GOOD.replace("version: 1", "version: 2"),
                        """
                        f:1:10: AT-CFG-010: version '2' is not known; this program reads version: 1
                        """),
                bad(
                        "no version",
                        GOOD.replace("version: 1\n", ""),
                        """
                        f:1:1: AT-CFG-009: 'version' is missing in the job file; add it: 1
                        """),
                bad(
                        "a misspelt key is not told as missing too",
                        GOOD.replace("sources:\n", "souces:\n"),
                        """
                        f:2:1: AT-CFG-003: unknown key 'souces' in the job file; did you mean 'sources'?
                        """),
                bad(
                        "an unknown key",
                        GOOD + "checkpoints: {hdfs: true}\n",
                        """
                        f:8:15: AT-CFG-004: unknown key 'hdfs' in checkpoints; it has: interval, path, state, retain, timeout, tolerable-failures
                        """),
                bad(
                        "duplicate keys",
                        GOOD + "name: a\nname: b\n",
                        """
                        f:9:1: AT-CFG-005: 'name' stands here twice, first in line 8; leave one of them out
                        """),
                bad(
                        "a source twice",
                        GOOD.replace("counts:", "  web: {type: line, path: x}\ncounts:"),
                        """
                        f:4:3: AT-CFG-005: 'web' stands here twice, first in line 3; leave one of them out
                        """),
                bad(
                        "wrong types",
                        GOOD + "rib: [a]\ntime: now\nparallelism: {}\ncheckpoints: {retain: 0}\n",
                        """
                        f:8:6: AT-CFG-006: 'rib' is a list; write a map of settings
                        f:9:7: AT-CFG-006: 'time' is 'now'; write a map of settings
                        f:10:14: AT-CFG-006: 'parallelism' is a map; write a whole number from 1 to 128
                        f:11:23: AT-CFG-007: '0' is no value of 'retain'; use a whole number from 1 to 100
                        """),
                bad(
                        "keys without values",
                        GOOD.replace("by: [asn]", "by:, window: ~, sources: []"),
                        """
                        f:5:30: AT-CFG-008: 'by' has no value; write a key, or a list of them, or leave the key out
                        f:5:40: AT-CFG-008: 'window' has no value; write a duration such as 90s, 5m or 1h, or leave the key out
                        f:5:43: AT-CFG-005: 'sources' stands here twice, first in line 5; leave one of them out
                        """),
                bad(
                        "a count without sources",
                        GOOD.replace("sources: [web], ", ""),
                        """
                        f:5:10: AT-CFG-009: 'sources' is missing in counts.by-as; add it: a source, or a list of them
                        """),
                bad(
                        "a count of no sources",
                        GOOD.replace("sources: [web], ", "sources: [], "),
                        """
                        f:5:20: AT-CFG-008: 'sources' has no value; write a source, or a list of them, or leave the key out
                        """),
                bad(
                        "no sources and no counts",
                        "version: 1\nsources:\ncounts: {}\n",
                        """
                        f:2:9: AT-CFG-008: 'sources' has no value; write a map from names to sources, or leave the key out
                        f:3:9: AT-CFG-008: 'counts' has no value; write a map from names to counts, or leave the key out
                        """),
                bad(
                        "names of nothing",
                        GOOD.replace("[web]", "[wep, mail]")
                                .replace("results}", "results, counts: [by-ass, x]}"),
                        """
                        f:5:21: AT-CFG-011: count 'by-as' names source 'wep', which is not defined; did you mean 'web'?
                        f:5:26: AT-CFG-011: count 'by-as' names source 'mail', which is not defined; defined: web
                        f:7:46: AT-CFG-011: sink 'out' names count 'by-ass', which is not defined; did you mean 'by-as'?
                        f:7:54: AT-CFG-011: sink 'out' names count 'x', which is not defined; defined: by-as
                        """),
                bad(
                        "a network of nothing",
                        GOOD.replace("by: [asn]", "exclude: [list:ours, 192.0.2.1/24, AS0]")
                                + "networks: {mine: [192.0.2.0/33, 64496]}\n",
                        """
                        f:5:48: AT-CFG-007: '192.0.2.1/24' is no value of 'exclude'; use a prefix, an address, an AS such as AS64496, list:NAME or file:PATH
                        f:5:62: AT-CFG-007: 'AS0' is no value of 'exclude'; use a prefix, an address, an AS such as AS64496, list:NAME or file:PATH
                        f:8:19: AT-CFG-007: '192.0.2.0/33' is no value of 'mine'; use a prefix, an address or an AS such as AS64496
                        f:8:33: AT-CFG-007: '64496' is no value of 'mine'; use a prefix, an address or an AS such as AS64496
                        """),
                bad(
                        "keys of other types",
                        GOOD.replace("type: log", "type: line, log-format: common, listen: x"),
                        """
                        f:3:21: AT-CFG-015: a source of type line has no key 'log-format'; that is for: log
                        f:3:41: AT-CFG-015: a source of type line has no key 'listen'; that is for: sflow
                        """),
                bad(
                        "a type that there is not",
                        GOOD.replace("type: log", "type: logs"),
                        """
                        f:3:15: AT-CFG-007: 'logs' is no value of 'type'; use line, tuple, log, json-log, tcpdump, pcap, capture, sflow or kafka
                        """),
                bad(
                        "what a type needs",
                        GOOD.replace(
                                "counts:",
                                "  a: {type: sflow}\n  b: {type: kafka}\n  c: {type: pcap}\ncounts:"),
                        """
                        f:4:13: AT-CFG-009: 'listen' is missing in a source of type sflow; add it: an address and a port, or a list of them
                        f:5:6: AT-CFG-009: 'brokers' is missing in sources.b; add it: a host and a port, or a list of them
                        f:5:6: AT-CFG-009: 'topic' is missing in sources.b; add it: a topic, or a list of them
                        f:6:13: AT-CFG-009: 'path' is missing in a source of type pcap; add it: a file or pattern, or a list of them
                        """),
                bad(
                        "contradictions",
                        GOOD.replace("/dev/null}", "/dev/null, from: end}")
                                .replace(
                                        "counts:",
                                        """
                                          s: {type: sflow, path: /dev/null, listen: "[::]:6343"}
                                          k: {type: kafka, brokers: "k:1", topic: t, sampling: measured, end: earliest}
                                          l: {type: kafka, brokers: "k:1", topic: t, properties: {group.id: a}}
                                        counts:\
                                        """),
                        """
                        f:3:43: AT-CFG-020: 'from: end' and 'follow: false' cannot be given together; leave one of them out
                        f:4:26: AT-CFG-020: 'path' and 'listen' cannot be given together; leave one of them out
                        f:5:56: AT-CFG-020: 'sampling: measured' and 'type: kafka' cannot be given together; leave one of them out
                        f:5:71: AT-CFG-007: 'earliest' is no value of 'end'; use latest or a time
                        f:6:59: AT-CFG-020: 'group.id' and 'group' cannot be given together; leave one of them out
                        """),
                bad(
                        "two at one place",
                        GOOD.replace(
                                        "counts:",
                                        """
                                          s: {type: sflow, listen: "0.0.0.0:1"}
                                          t: {type: sflow, listen: ["0.0.0.0:2", "0.0.0.0:1"]}
                                        counts:\
                                        """)
                                + "  more: {type: files, path: ./results/}\n",
                        """
                        f:5:42: AT-CFG-017: sources 's' and 't' listen at '0.0.0.0:1'; give each its own
                        f:10:29: AT-CFG-017: sinks 'out' and 'more' write into './results/'; give each its own
                        """),
                bad(
                        "twice in a list",
                        GOOD.replace("[asn]", "[asn, prefix, asn]"),
                        """
                        f:5:45: AT-CFG-018: asn stands twice in 'by'; leave one of them out
                        """),
                bad(
                        "a log format of nothing",
                        GOOD.replace("type: log", "type: log, log-format: nothing"),
                        """
                        f:3:32: AT-CFG-019: log format 'nothing' cannot be used: unknown; known: common, combined, main, vhost, vhost-combined, caddy, traefik, nginx, ecs, json, netfilter, or the text of a LogFormat or log_format; leave it out to have it told from the lines
                        """),
                bad(
                        "a slide that does not divide",
                        GOOD.replace("by: [asn]", "window: 1m, slide: 7s"),
                        """
                        f:5:46: AT-CFG-007: '7s' is no value of 'slide'; use a duration that divides the window of 1m
                        """),
                bad(
                        "too many slides",
                        GOOD.replace("by: [asn]", "window: 1h, slide: 1s"),
                        """
                        f:5:46: AT-CFG-007: '1s' is no value of 'slide'; use a longer one: a flow is in 1000 windows at most
                        """),
                bad(
                        "windows that no clock begins",
                        GOOD.replace("by: [asn]", "window: 7h")
                                + "window: {timezone: Europe/Berlin}\n",
                        """
                        f:8:20: AT-CFG-020: 'timezone: Europe/Berlin' and 'window: 7h' cannot be given together; leave one of them out
                        """),
                bad(
                        "tables forgotten too early",
                        GOOD.replace("by: [asn]", "lateness: 2h") + "rib: {keep: 1h}\n",
                        """
                        f:8:13: AT-CFG-007: '1h' is no value of 'keep'; use at least 7505s: lateness + out-of-orderness + time.max-ahead
                        """),
                bad(
                        "moves of a count that there is not",
                        GOOD + "rib: {moves: by-a}\n",
                        """
                        f:8:14: AT-CFG-011: moves names count 'by-a', which is not defined; did you mean 'by-as'?
                        """),
                bad(
                        "moves of a count without prefixes",
                        GOOD + "rib: {moves: by-as}\n",
                        """
                        f:8:14: AT-CFG-007: 'by-as' is no value of 'moves'; use a count that has prefix in its by
                        """),
                bad(
                        "moves of a count without prefixes beside one that has them",
                        GOOD.replace("sinks:", "  nets: {sources: [web]}\nsinks:")
                                + "rib: {moves: by-as}\n",
                        """
                        f:9:14: AT-CFG-007: 'by-as' is no value of 'moves'; use a count that has prefix in its by, such as 'nets'
                        """),
                bad(
                        "moves of a count by a combination, by the newest table only",
                        GOOD.replace("by: [asn]", "by: [prefix+country]")
                                + "rib: {moves: by-as, at: latest}\n",
                        """
                        f:8:14: AT-CFG-007: 'by-as' is no value of 'moves'; use a count that has prefix in its by
                        f:8:14: AT-CFG-020: 'moves: by-as' and 'at: latest' cannot be given together; leave one of them out
                        """),
                bad(
                        "moves that nobody writes",
                        GOOD.replace("sinks:", "  nets: {sources: [web]}\nsinks:")
                                        .replace("path: results", "path: results, counts: [by-as]")
                                + "rib: {moves: nets}\n",
                        """
                        f:6:3: warning: AT-CFG-028: count 'nets' is not used; no sink writes it
                        f:9:14: AT-CFG-007: 'nets' is no value of 'moves'; use a count that a sink writes
                        """),
                bad(
                        "moves and a count of one name",
                        GOOD.replace("by: [asn]}", "by: [prefix]}\n  by-as-moves: {sources: [web]}")
                                + "rib: {moves: by-as}\n",
                        """
                        f:9:14: AT-CFG-017: a count and the moves of 'by-as' are called 'by-as-moves'; give each its own
                        """),
                bad(
                        "filters",
                        GOOD.replace("by: [asn]", "filter: \"statu >= 400\"")
                                        .replace(
                                                "sinks:",
                                                """
                                          b: {sources: web, filter: 'status >= and'}
                                          c: {sources: web, filter: src in list:ours}
                                          d: {sources: web, filter: "path ~ \\"a\\" and src in list:ours"}
                                          e:
                                            sources: web
                                            filter: >
                                              status = 404 and
                                              src = here
                                          f: {sources: web, filter: "src in file:/nonexistent/list"}
                                          g: {sources: web, filter: ""}
                                        sinks:\
                                        """)
                                + "networks: {mine: AS64496}\n",
                        """
                        f:5:36: AT-CFG-030: filter: unknown term 'statu'; did you mean 'status'?
                        f:6:40: AT-CFG-030: filter: 'and' is no value of status; write a number from 1 to 999
                        f:7:29: AT-CFG-030: filter: 'ours' is not the name of networks; defined: mine
                        f:8:29: AT-CFG-030: filter: 'ours' is not the name of networks; defined: mine
                        f:11:13: AT-CFG-030: filter: 'here': no IP address, prefix or range; write an address, a prefix, list:NAME or file:PATH
                        f:14:30: AT-CFG-030: filter: 'file:/nonexistent/list': there is no such file; check the file
                        f:15:29: AT-CFG-007: '' is no value of 'filter'; use a text
                        """),
                bad(
                        "what a source does not tell",
                        """
                        version: 1
                        sources:
                          web: {type: log, path: /dev/null}
                          plain: {type: line, path: /dev/null}
                          edge: {type: sflow, listen: "0.0.0.0:1"}
                        counts:
                          a: {sources: [web, plain], filter: "asn = 64496 and status >= 400 and source = web"}
                          b: {sources: [edge, web], filter: "exporter = 192.0.2.1 and ttl < 5"}
                          c: {sources: [plain, edge], side: both, weight: bytes, by: [asn, source+exporter]}
                          d: {sources: [edge], weight: time}
                          e: {sources: [web], weight: number}
                        """,
                        """
                        f:7:55: AT-CFG-029: source 'plain' (type line) does not tell 'status'; leave it out, or count 'plain' in a count of its own
                        f:8:38: AT-CFG-029: source 'web' (type log) does not tell 'exporter'; leave it out, or count 'web' in a count of its own
                        f:9:37: AT-CFG-029: source 'plain' (type line) does not tell 'a destination'; leave it out, or count 'plain' in a count of its own
                        f:9:51: AT-CFG-029: source 'plain' (type line) does not tell 'bytes'; leave it out, or count 'plain' in a count of its own
                        f:9:68: AT-CFG-029: source 'plain' (type line) does not tell 'exporter'; leave it out, or count 'plain' in a count of its own
                        f:10:32: AT-CFG-029: source 'edge' (type sflow) does not tell 'time'; leave it out, or count 'edge' in a count of its own
                        f:11:31: AT-CFG-029: source 'web' (type log) does not tell 'number'; leave it out, or count 'web' in a count of its own
                        """),
                bad(
                        "weights that are fields",
                        """
                        version: 1
                        sources:
                          web: {type: log, path: /dev/null}
                          own: {type: log, path: /dev/null, log-format: '$remote_addr $upstream_time'}
                          any: {type: json-log, path: /dev/null}
                          edge: {type: sflow, listen: "0.0.0.0:1"}
                        counts:
                          a: {sources: [own, any], weight: upstream_time}
                          b: {sources: [web], weight: upstream_time}
                          c: {sources: [own], weight: tries}
                          d: {sources: [any], weight: time}
                          e: {sources: [edge], weight: tries}
                        """,
                        """
                        f:9:31: AT-CFG-031: lines of source 'web' are not known to have a field 'upstream_time'; name its log-format
                        f:10:31: AT-CFG-031: lines of source 'own' are not known to have a field 'tries'; name one of its log-format
                        f:10:31: AT-CFG-032: count 'c' weighs source 'own' by 'tries', another by 'upstream_time'; a flow has one weight: name the files in a source of its own
                        f:11:31: AT-CFG-032: count 'd' weighs source 'any' by 'time', another by 'upstream_time'; a flow has one weight: name the files in a source of its own
                        f:12:32: AT-CFG-029: source 'edge' (type sflow) does not tell 'tries'; leave it out, or count 'edge' in a count of its own
                        """),
                bad(
                        "later versions",
                        GOOD.replace("type: files", "type: jdbc")
                                + "triggers: {ddos: {}}\nactions: {a: 1}\n",
                        """
                        f:7:15: AT-CFG-016: 'type: jdbc' is planned, but not in this version; until then: type: files
                        f:8:12: AT-CFG-016: 'triggers: ddos' is planned, but not in this version; until then: triggers: {}
                        f:9:11: AT-CFG-016: 'actions: a' is planned, but not in this version; until then: actions: {}
                        """),
                bad(
                        "secrets",
                        GOOD.replace(
                                "counts:",
                                """
                                  k:
                                    type: kafka
                                    brokers: ["k1:9092", "k2"]
                                    topic: "${env:TOPIC}"
                                    properties:
                                      ssl.truststore.password: "${env:NOT_SET}"
                                      ssl.keystore.password: hunter2
                                      ssl.key.password: "${file:/nonexistent/key}"
                                      sasl.jaas.config: "x ${env:WORD}"
                                counts:\
                                """),
                        """
                        f:6:26: AT-CFG-007: 'k2' is no value of 'brokers'; use a host and a port such as k1.example.net:9092
                        f:7:12: AT-CFG-024: '${env:TOPIC}' is a reference to a secret, and 'topic' takes none; write the value itself
                        f:9:32: AT-CFG-021: 'ssl.truststore.password' needs ${env:NOT_SET}: the variable is not set; set the variable, or make the file readable
                        f:10:30: AT-CFG-022: 'ssl.keystore.password' holds a secret in clear; put it into a file that only the job may read, and write ${file:PATH}
                        f:11:25: AT-CFG-021: 'ssl.key.password' needs ${file:/nonexistent/key}: there is no such file; set the variable, or make the file readable
                        """),
                bad(
                        "tabs, and what else is wrong",
                        "version: 1\nsources:\n\tweb:\n\t\ttype: log\n\t\tpath: /dev/null\n\t\tfolow: true\ncounts:\n  a: {sources: [web]}\n",
                        """
                        f:3:1: AT-CFG-002: a tab in the indentation; use spaces
                        f:4:1: AT-CFG-002: a tab in the indentation; use spaces
                        f:5:1: AT-CFG-002: a tab in the indentation; use spaces
                        f:6:1: AT-CFG-002: a tab in the indentation; use spaces
                        f:6:3: AT-CFG-003: unknown key 'folow' in sources.web; did you mean 'follow'?
                        """),
                bad(
                        "a tab that indents nothing",
                        "?\t",
                        """
                        f:1:2: AT-CFG-001: this is not YAML: while scanning for the next token found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); mend it; texts with special characters need quotes
                        """),
                bad(
                        "what is before a break is checked",
                        "version: 1\nnmae: x\nsources: {web: {type: log, path: /dev/null, from: now}\ncounts: {a: {sources: [web]}}\n",
                        """
                        f:2:1: AT-CFG-003: unknown key 'nmae' in the job file; did you mean 'name'?
                        f:3:51: AT-CFG-007: 'now' is no value of 'from'; use start or end
                        f:4:1: AT-CFG-001: this is not YAML: while parsing a flow mapping expected ',' or '}', but got <scalar>; mend it; texts with special characters need quotes
                        """),
                bad(
                        "what is never closed is told where it begins",
                        "version: 1\nsources: {web: {type: log\n",
                        """
                        f:2:16: AT-CFG-001: this is not YAML: while parsing a flow mapping expected ',' or '}', but got <stream end>; mend it; texts with special characters need quotes
                        """),
                bad(
                        "two documents",
                        GOOD + "---\nversion: 1\n",
                        """
                        f:8:1: AT-CFG-001: this is not YAML: a second document begins here; mend it; texts with special characters need quotes
                        """),
                bad(
                        "tags",
                        GOOD + "name: !!binary aGk=\n",
                        """
                        f:8:7: AT-CFG-001: this is not YAML: tag 'tag:yaml.org,2002:binary' has no meaning here; mend it; texts with special characters need quotes
                        f:8:7: AT-CFG-007: 'aGk=' is no value of 'name'; use a name of letters, digits, '-', '_' and '.', 64 at most
                        """),
                bad(
                        "aliases of nothing and of themselves",
                        GOOD + "networks: {a: *b, c: &c [*c]}\n",
                        """
                        f:8:15: AT-CFG-001: this is not YAML: alias '*b' names nothing before it; mend it; texts with special characters need quotes
                        f:8:15: AT-CFG-008: 'a' has no value; write a prefix, an address or an AS, or a list of them, or leave the key out
                        f:8:26: AT-CFG-001: this is not YAML: alias '*c' stands in what it names; mend it; texts with special characters need quotes
                        f:8:26: AT-CFG-008: 'c' has no value; write a prefix, an address or an AS such as AS64496, or leave the key out
                        """),
                bad(
                        "characters that YAML has not",
                        GOOD + "name: a\u0007b\n",
                        """
                        f:8:8: AT-CFG-001: this is not YAML: character U+0007 is not allowed; mend it; texts with special characters need quotes
                        """),
                bad(
                        "a name that goes nowhere",
                        GOOD.replace("by-as:", "\"by as\":") + "name: ../../etc\n",
                        """
                        f:5:3: AT-CFG-007: 'by as' is no value of 'a name in counts'; use a name of letters, digits, '-', '_' and '.', 64 at most
                        f:8:7: AT-CFG-007: '../../etc' is no value of 'name'; use a name of letters, digits, '-', '_' and '.', 64 at most
                        """));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void isToldByPlace(Bad bad) {
        JobFileReading reading = read(bad.text());

        assertThat(lines(reading)).isEqualTo(bad.expected());
        assertThat(reading.file()).isNull();
    }

    @Test
    void whatIsNotUtf8IsToldByPlace() {
        byte[] bytes = "version: 1\nname: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(lines(JobFiles.read(bytes, "f", new Surroundings(name -> null), Map.of())))
                .isEqualTo("f:2:7: AT-CFG-014: this is not UTF-8; save the file as UTF-8\n");
    }

    @Test
    void aByteOrderMarkIsNoProblem() {
        assertThat(read("\ufeff" + GOOD).file()).isNotNull();
    }

    /** Nine to the power of nine words, if somebody unfolded them. */
    @Test
    void aBombIsHarmless() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(
                                            ", ",
                                            List.of(
                                                    alias, alias, alias, alias, alias, alias, alias,
                                                    alias, alias))));
        }
        bomb.append("networks: {a: *a8}\n");

        JobFileReading reading = read(GOOD + bomb);

        assertThat(reading.findings()).hasSizeBetween(10, 20);
        assertThat(lines(reading)).contains("f:15:5: AT-CFG-006: 'a' is a list");
    }

    @Test
    void tooManyAliasesEndTheReading() {
        String aliases = "a, ".repeat(101).replace("a", "*a");

        assertThat(lines(read(GOOD + "networks: {a: &a [AS1], b: [" + aliases + "]}\n")))
                .contains("AT-CFG-013: too much: aliases; at most 100");
    }

    @Test
    void deepNestingEndsTheReading() {
        assertThat(lines(read(GOOD + "networks: " + "[".repeat(100_000))))
                .endsWith("f:8:26: AT-CFG-013: too much: nesting; at most 16 levels\n");
        assertThat(lines(read("{a: ".repeat(100_000)))).contains("AT-CFG-013");
    }

    @Test
    void aLargeFileIsNotRead() {
        assertThat(lines(read(GOOD + "#".repeat(1 << 20))))
                .isEqualTo("f:1:1: AT-CFG-013: too much: the file; it may have 1048576 bytes\n");
    }

    /** Once each, not once for each alias of it. */
    @Test
    void whatAnAliasRepeatsIsToldOnce() {
        String text = GOOD.replace("by: [asn]}", "by: &b [asm]}\n  more: {sources: [web], by: *b}");

        assertThat(read(text).findings()).hasSize(1);
    }

    @Test
    void defaultsAreThere() {
        JobFile job = good(GOOD);

        assertThat(job.name()).isEqualTo("f");
        SourceConfig web = Objects.requireNonNull(job.sources().get("web"));
        assertThat(web.type()).isEqualTo(SourceType.LOG);
        assertThat(web.get(JobKeys.Source.PATH)).containsExactly("/dev/null");
        assertThat(web.get(JobKeys.Source.FOLLOW)).isFalse();
        assertThat(web.isLive()).isFalse();
        assertThat(web.find(JobKeys.Source.LOG_FORMAT)).isNull();
        assertThat(web.find(JobKeys.Source.SOCKETS)).isNull();
        assertThat(web.get(JobKeys.Source.TIMEZONE))
                .isEqualTo(job.time().get(JobKeys.Time.TIMEZONE));
        CountConfig count = Objects.requireNonNull(job.counts().get("by-as"));
        assertThat(count.get(JobKeys.Count.WINDOW)).isEqualTo(Duration.ofMinutes(1));
        assertThat(count.get(JobKeys.Count.SIDE)).containsExactly(Side.SOURCE);
        SinkConfig out = Objects.requireNonNull(job.sinks().get("out"));
        assertThat(out.get(JobKeys.Sink.COUNTS)).containsExactly("by-as");
        assertThat(job.rib().get(JobKeys.Rib.KEEP)).isEqualTo(Duration.ofHours(1));
        assertThat(job.rib().place(JobKeys.Rib.KEEP)).isNull();
        assertThat(job.checkpoints().get(JobKeys.Checkpoints.INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void tablesAreKeptAsLongAsLateFlowsNeedThem() {
        JobFile job = good(GOOD.replace("by: [asn]", "lateness: 2h"));

        assertThat(job.rib().get(JobKeys.Rib.KEEP))
                .isEqualTo(Duration.ofHours(2).plusMinutes(5).plusSeconds(5));
    }

    @Test
    void movesNameACountByPrefix() {
        JobFile job =
                good(GOOD.replace("by: [asn]", "by: [asn, prefix]") + "rib: {moves: by-as}\n");

        assertThat(job.rib().get(JobKeys.Rib.MOVES)).isEqualTo("by-as");
        assertThat(job.rib().get(JobKeys.Rib.MOVES_ALL)).isFalse();
        assertThat(good(GOOD).rib().find(JobKeys.Rib.MOVES)).isNull();
        assertThat(read(GOOD + "rib: {moves-all: true}\n").findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.contains("AT-CFG-028: key 'moves-all' is not used"));
    }

    @Test
    void networksHoldAddressesAndAses() {
        JobFile job = good(GOOD + "networks: {mine: [192.0.2.0/24, \"2001:db8::/32\", as64496]}\n");
        List<NetworkEntry> mine = job.networks().get("mine");

        assertThat(mine).extracting(NetworkEntry::asn).containsExactly(0, 0, 64496);
        NetworkList list = Objects.requireNonNull(job.filterNames().list("mine"));
        assertThat(list.asns()).containsExactly(64496);
        assertThat(list.networks().contains(false, 0, 0xc0000207L)).isTrue();
        assertThat(list.networks().contains(false, 0, 0xc0000307L)).isFalse();
        assertThat(list.networks().contains(true, 0x20010db800000000L, 1)).isTrue();
        assertThat(job.filterNames().list("ours")).isNull();
    }

    @Test
    void warningsDoNotFail() {
        JobFileReading reading =
                read(
                        GOOD.replace("/dev/null", "[/nonexistent/*.log, /tmp]")
                                .replace(
                                        "counts:",
                                        "  idle: {type: line, path: /dev/null}\ncounts:"));

        assertThat(reading.file()).isNotNull();
        assertThat(reading.errors()).isZero();
        assertThat(lines(reading))
                .isEqualTo(
                        """
                        f:3:27: warning: AT-CFG-025: no file matches '/nonexistent/*.log' now; check the name, if one should
                        f:3:47: warning: AT-CFG-026: '/tmp' is a folder; name its files, as in '/tmp/*', or add recursive: true
                        f:4:3: warning: AT-CFG-028: source 'idle' is not used; no count counts it
                        """);
    }

    /** A hostile pattern is not followed through all folders. */
    @Test
    void lookingForFilesEnds() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.createFile(folder.resolve("a/b/x.log"));

        assertThat(found("a/b/x.log")).isEqualTo(Surroundings.Found.READABLE);
        assertThat(found("*/b/[a-z].log")).isEqualTo(Surroundings.Found.READABLE);
        assertThat(found("*/b/?.txt")).isEqualTo(Surroundings.Found.NOTHING);
        assertThat(found("a/c/*.log")).isEqualTo(Surroundings.Found.NOTHING);
        assertThat(found("a/b/[")).isEqualTo(Surroundings.Found.NOTHING);
        assertThat(found("a/b/x.log/*")).isEqualTo(Surroundings.Found.NOTHING);
        assertThat(found("a")).isEqualTo(Surroundings.Found.FOLDER);
        assertThat(found("a\0b")).isEqualTo(Surroundings.Found.NOTHING);
        assertThat(new Surroundings(name -> null).find("/*/*/*/*/*/*/*/*/no such file"))
                .isNotEqualTo(Surroundings.Found.FOLDER);
    }

    private Surroundings.Found found(String file) {
        return new Surroundings(name -> null).find(folder + "/" + file);
    }

    @Test
    void valuesBesideTheFileTakeThePlaceOfItsOwn() {
        String text = GOOD + "rib: {poll: 20s}\n";
        Map<String, String> instead =
                Map.of("rib.poll", "30s", "name", "other", "time.max-ahead", "1h");
        JobFile job =
                Objects.requireNonNull(
                        JobFiles.read(
                                        text.getBytes(StandardCharsets.UTF_8),
                                        "f",
                                        new Surroundings(name -> null),
                                        instead)
                                .file());

        assertThat(job.rib().get(JobKeys.Rib.POLL)).isEqualTo(Duration.ofSeconds(30));
        assertThat(job.name()).isEqualTo("other");
        assertThat(job.time().get(JobKeys.Time.MAX_AHEAD)).isEqualTo(Duration.ofHours(1));
        assertThat(
                        lines(
                                JobFiles.read(
                                        text.getBytes(StandardCharsets.UTF_8),
                                        "f",
                                        new Surroundings(name -> null),
                                        Map.of("rib.poll", "soon"))))
                .isEqualTo(
                        "-Dasntally.rib.poll:1:1: AT-CFG-007: 'soon' is no value of 'poll'; use a"
                                + " duration such as 90s, 5m or 1h\n");
    }

    @Test
    void valuesBesideTheFileAreOfKeysThatThereAre() {
        JobFileReading reading =
                JobFiles.read(
                        GOOD.getBytes(StandardCharsets.UTF_8),
                        "f",
                        new Surroundings(name -> null),
                        Map.of("rib.pol", "30s", "sources", "{}"));

        assertThat(reading.file()).isNull();
        assertThat(lines(reading))
                .contains(
                        "-Dasntally.rib.pol:1:1: AT-CFG-003: unknown key 'rib.pol' in what may stand"
                                + " beside a job file; did you mean 'rib.poll'?")
                .contains("-Dasntally.sources:1:1: AT-CFG-004: unknown key 'sources'");
    }

    @ParameterizedTest
    @CsvSource({
        "edge.yaml, edge",
        "/etc/asntally/edge.eu.yml, edge.eu",
        "-, job",
        ".hidden, hidden",
        "a b.yaml, a-b",
        "/x/..., job"
    })
    void theFileNamesTheJob(String file, String name) {
        assertThat(JobFiles.nameOf(file)).isEqualTo(name);
    }

    static JobFile good(String text) {
        JobFileReading reading = read(text);
        JobFile file = reading.file();
        if (file == null) {
            throw new AssertionError(lines(reading));
        }
        return file;
    }

    static JobFileReading read(String text) {
        return JobFiles.read(
                text.getBytes(StandardCharsets.UTF_8),
                "f",
                new Surroundings(name -> name.equals("WORD") ? "word" : null),
                Map.of());
    }

    private static String lines(JobFileReading reading) {
        return reading.findings().stream()
                .map(finding -> finding.line() + "\n")
                .collect(Collectors.joining());
    }
}
