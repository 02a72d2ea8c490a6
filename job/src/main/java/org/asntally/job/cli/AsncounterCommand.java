package org.asntally.job.cli;

import static org.asntally.job.cli.Values.number;
import static org.asntally.job.cli.Values.one;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asntally.job.Windows;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest;
import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.job.local.CountRequest.ReportFormat;
import org.asntally.job.local.CountRequest.Rounding;
import org.asntally.job.local.CountRequest.Sides;
import org.asntally.job.local.CountRequest.Weight;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.update.PyasnRefresh;
import org.asntally.job.update.TableOrder;
import org.asntally.lookup.download.TableSource;
import org.asntally.sinks.TableKey;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.text.LogReading;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asncounter}: the old program's options, and its report. */
@Command(
        name = "asncounter",
        header = "Count hits by AS number and network, as asncounter does.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Takes asncounter's options and prints its report. Unreadable lines are told and"
                    + " skipped; they never end the count.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "Input:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  awk '{print $1}' /var/log/nginx/access.log | asncounter",
            "  awk '{print $1, $10}' access.log | asncounter -I tuple --top 20",
            "  tcpdump -q -nl -c 10000 | asncounter --top 5 --input-format tcpdump",
            "  asncounter -I scapy -i traffic.pcap --scapy-filter ''",
            "  asncounter -O prometheus --port 8999 < addresses.txt",
            "  asncounter 192.0.2.1 2001:db8::1",
            "",
            "SIGHUP prints a report and goes on; SIGINT and SIGTERM end reading and print it."
        })
final class AsncounterCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ADDRESS",
            arity = "0..*",
            description =
                    "Addresses to count before the input is read; standard input then only with"
                            + " -i -.")
    private List<String> addresses = List.of();

    @Option(
            names = {"-C", "--cache-directory"},
            paramLabel = "DIR",
            description =
                    "pyasn's cache: the newest ipasn_* in it and asnames.json (default:"
                            + " $XDG_CACHE_HOME/pyasn, else ~/.cache/pyasn).")
    private @Nullable String cacheFolder;

    @Option(names = "--no-prefixes", description = "No prefix count.")
    private boolean noPrefixes;

    @Option(names = "--no-asn", description = "No ASN count.")
    private boolean noAsn;

    @Option(names = "--no-resolve-asn", description = "No names of AS numbers.")
    private boolean noResolveAsn;

    @Option(
            names = {"-t", "--top"},
            paramLabel = "N",
            defaultValue = "10",
            description = "Rows per table (default: 10); 0 and less: headers only.")
    private String top = "10";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "Input file, - for standard input (default: standard input).")
    private @Nullable String input;

    @Option(
            names = {"-I", "--input-format"},
            paramLabel = "FORMAT",
            defaultValue = "line",
            completionCandidates = InputFormats.class,
            description =
                    "line, tuple, tcpdump or scapy, which is pcap and pcapng (default: line).")
    private String inputFormat = "line";

    @Option(
            names = "--interface",
            paramLabel = "IF",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Capture from this interface (without IF: the first one); needs libpcap and"
                            + " the right to capture.")
    private @Nullable String live;

    @Option(
            names = "--scapy-filter",
            paramLabel = "FILTER",
            description =
                    "Packets that count, in tcpdump's words; empty for all (default: ip and not"
                            + " src host 0.0.0.0 and not src net 192.168.0.0/24, so IPv4 only;"
                            + " another filter needs libpcap).")
    private @Nullable String scapyFilter;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write the last report there (default: standard output, where SIGHUP's go in"
                            + " any case).")
    private @Nullable String output;

    @Option(
            names = {"-O", "--output-format"},
            paramLabel = "FORMAT",
            defaultValue = "tsv",
            completionCandidates = OutputFormats.class,
            description = "tsv, prometheus or null (default: tsv).")
    private String outputFormat = "tsv";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "8999",
            description =
                    "Serve the counts so far to Prometheus on this port (without N: 8999), on all"
                            + " interfaces unless --bind.")
    private @Nullable String port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "0.0.0.0",
            description = "Address to serve on (default: all).")
    private String bind = "0.0.0.0";

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            defaultValue = "source",
            completionCandidates = CountCommand.SideNames.class,
            description = "Of packets: source, destination or both (default: source).")
    private String side = "source";

    @Option(
            names = "--round",
            paramLabel = "WHEN",
            defaultValue = "record",
            completionCandidates = CountCommand.Rounds.class,
            description =
                    "Where fractions are rounded to even in tsv: record (each number) or display"
                            + " (default: record).")
    private String round = "record";

    @Option(
            names = "--rib",
            paramLabel = "FILE|DIR",
            description = "A routing table, in place of the cache's.")
    private @Nullable String rib;

    @Mixin private AddressOptions address = new AddressOptions();

    @Mixin private RunOptions running = new RunOptions();

    @Option(
            names = {"-R", "--refresh"},
            description = "Get a fresh table and names into the cache folder; count nothing.")
    private boolean refresh;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description =
                    "With --refresh: routeviews, ris or iptoasn, a URL or a file (default:"
                            + " routeviews).")
    private @Nullable String from;

    @Option(
            names = "--names",
            paramLabel = "SOURCE",
            description =
                    "With --refresh: AS names, a URL or file, or none (default: where the source"
                            + " says).")
    private @Nullable String names;

    @Mixin FetchOptions fetch = new FetchOptions();

    @Mixin CommonOptions common = new CommonOptions();

    private static final String DEFAULT_FILTER = PacketFilter.ASNCOUNTER.text();

    private final Console console;
    private final Counter counter;

    AsncounterCommand(Console console, Counter counter) {
        this.console = console;
        this.counter = counter;
    }

    @Override
    public Integer call() throws Fault {
        if (refresh) {
            return refreshed();
        }
        if (from != null || names != null) {
            throw new Fault(
                    Problem.BAD_USAGE,
                    (from != null ? "--from" : "--names") + " needs --refresh",
                    "asncounter");
        }
        return counter.count(request(), console);
    }

    /** Its failures end with 1, as the original's did. */
    private int refreshed() throws Fault {
        Path folder = cache();
        TableOrder order =
                fetch.order(
                        from == null ? TableSource.ROUTEVIEWS.word() : from,
                        names,
                        common.quiet,
                        false);
        try {
            String done = new PyasnRefresh(folder, order, console, Clock.systemUTC()).run();
            if (!common.quiet) {
                console.info(done);
            }
            return ExitStatus.DONE.code();
        } catch (Fault e) {
            console.err().println(e.line());
            if (common.debug && e.getCause() != null) {
                e.printStackTrace(console.err());
            }
            return ExitStatus.PARTLY.code();
        }
    }

    /** The request that the options describe. */
    CountRequest request() throws Fault {
        InputFormat shape =
                one(
                        "--input-format",
                        inputFormat,
                        InputFormat.class,
                        List.of("auto", "log", "json-log", "pcap", "sflow"),
                        List.of());
        if (live != null) {
            shape = InputFormat.SCAPY;
        }
        boolean packets = shape == InputFormat.SCAPY;
        if (scapyFilter != null && !packets) {
            throw new Fault(
                    Problem.BAD_USAGE,
                    "--scapy-filter needs -I scapy or --interface",
                    "asncounter");
        }
        if (!addresses.isEmpty() && shape != InputFormat.LINE) {
            throw new Fault(
                    Problem.CONTRADICTION,
                    live != null ? "--interface" : "-I " + inputFormat,
                    "addresses");
        }
        Sides sides = one("--side", side, Sides.class);
        if (sides != Sides.SOURCE && shape != InputFormat.TCPDUMP && !packets) {
            throw new Fault(Problem.UNKNOWN_SIDE, "input format " + inputFormat, side);
        }
        ReportFormat report =
                one(
                        "--output-format",
                        outputFormat,
                        ReportFormat.class,
                        List.of("table", "csv", "json"),
                        Later.REPORT_FORMATS);
        Set<TableKey> keys = new LinkedHashSet<>(List.of(TableKey.ASN, TableKey.PREFIX));
        if (noAsn) {
            keys.remove(TableKey.ASN);
        }
        if (noPrefixes) {
            keys.remove(TableKey.PREFIX);
        }
        Integer listen = port == null ? null : (Integer) number("--port", port, 0, 65535);
        boolean tsv = report == ReportFormat.TSV;
        return new CountRequest(
                "asncounter",
                CountRequest.Dialect.ASNCOUNTER,
                inputs(),
                new CountRequest.Reading(
                        shape,
                        null,
                        null,
                        ZoneId.systemDefault(),
                        null,
                        address.mapV4(),
                        running.strict,
                        LogReading.USUAL.withoutPrefixes()),
                new CountRequest.Counting(keys, sides, Weight.DEFAULT, Windows.ALL),
                new CountRequest.Output(
                        report,
                        number("--top", top, Integer.MIN_VALUE, Integer.MAX_VALUE),
                        true,
                        tsv ? one("--round", round, Rounding.class) : Rounding.DISPLAY,
                        !noResolveAsn && !noAsn,
                        CountCommand.path("--output", output),
                        null,
                        null,
                        listen == null || listen == 0 ? null : listen,
                        bind,
                        common.debug),
                new CountRequest.RibChoice(
                        CountCommand.path("--rib", rib),
                        rib == null ? cache() : null,
                        DataFolder.of(common.dataDir, console)),
                running.run(common, false, false),
                packets ? new CountRequest.Packets(live, filter()) : CountRequest.Packets.ALL);
    }

    private String filter() {
        return scapyFilter == null ? DEFAULT_FILTER : scapyFilter.strip();
    }

    private CountRequest.Inputs inputs() {
        List<String> files =
                live != null
                        ? List.of()
                        : input != null
                                ? List.of(input)
                                : addresses.isEmpty() ? List.of("-") : List.of();
        return new CountRequest.Inputs(List.copyOf(addresses), files, false);
    }

    private Path cache() throws Fault {
        Path named = CountCommand.path("--cache-directory", cacheFolder);
        if (named != null) {
            return named;
        }
        String caches = console.variable("XDG_CACHE_HOME");
        if (caches != null) {
            return Path.of(caches, "pyasn");
        }
        String home = console.variable("HOME");
        return Path.of(home == null ? "." : home, ".cache", "pyasn");
    }

    static final class InputFormats extends CountCommand.Names {
        private static final long serialVersionUID = 1L;

        InputFormats() {
            super(InputFormat.LINE, InputFormat.TUPLE, InputFormat.TCPDUMP, InputFormat.SCAPY);
        }
    }

    static final class OutputFormats extends CountCommand.Names {
        private static final long serialVersionUID = 1L;

        OutputFormats() {
            super(ReportFormat.TSV, ReportFormat.PROMETHEUS, ReportFormat.NULL);
        }
    }
}
