package org.asntally.job.cli;

import static org.asntally.job.cli.Values.name;
import static org.asntally.job.cli.Values.number;
import static org.asntally.job.cli.Values.one;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.asntally.job.CountSpec;
import org.asntally.job.Windows;
import org.asntally.job.filter.FilterException;
import org.asntally.job.filter.FilterExpression;
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
import org.asntally.job.value.DurationText;
import org.asntally.sinks.TableKey;
import org.asntally.sources.Sampling;
import org.asntally.sources.sflow.SflowOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally count FILE...}: one report over bounded or piped input. */
@Command(
        name = "count",
        header = "Count traffic by network: one report over files or standard input.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Reads access logs (also in JSON), address lines, tuples (address and number), tcpdump text,"
                    + " pcap and pcapng, and the sFlow in them;"
                    + " each also as .gz, .bz2, .zst or .xz. Prints who the traffic is from:"
                    + " one table of autonomous systems, one of prefixes.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "Input:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally count examples/access.log",
            "  asntally count --top 20 '/var/log/nginx/access*.log*'",
            "  asntally count 192.0.2.1 2001:db8::1",
            "  tcpdump -nl -c 10000 | asntally count -I tcpdump --weight bytes",
            "  tcpdump -i eth0 -w - | asntally count -I pcap --side both",
            "  asntally count -I sflow --weight bytes --by exporter,interface sflow.pcap",
            "  asntally count --interface eth0 --bpf 'tcp port 443'",
            "  asntally count --by asn --window 5m -O csv access.log > by-asn.csv",
            "  asntally count --by country,asn+country --filter 'proto = udp' capture.pcap",
            "",
            "SIGINT and SIGTERM end reading and print the report; SIGHUP prints one and goes on.",
            "Exit status: 0 done, 1 first bad line with --strict, 2 usage, 3 no usable RIB,",
            "4 an input or output failed, 70 a defect."
        })
final class CountCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE|ADDRESS|-",
            arity = "0..*",
            description =
                    "Files, quoted patterns, IP addresses (one hit each), or - for standard"
                            + " input. None: standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-I", "--input-format"},
            paramLabel = "FORMAT",
            defaultValue = "auto",
            completionCandidates = InputFormats.class,
            description =
                    "auto, line, tuple, log, json-log, tcpdump, pcap, which is pcapng too, or sflow"
                            + " in either (default: auto, told from the first lines or bytes).")
    private String inputFormat = "auto";

    @Option(
            names = "--interface",
            paramLabel = "IF",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Capture from this interface (without IF: the first one) until SIGINT or"
                            + " SIGTERM; needs libpcap and the right to capture.")
    private @Nullable String live;

    @Option(
            names = "--bpf",
            paramLabel = "FILTER",
            description =
                    "Only packets that fit, in tcpdump's words: 'tcp port 443'; of captures and"
                            + " --interface; needs libpcap.")
    private @Nullable String bpf;

    @Option(
            names = "--sampling",
            paramLabel = "HOW",
            completionCandidates = Samplings.class,
            description =
                    "By what packets and bytes of sFlow are multiplied: declared, the exporter's"
                            + " rate (default); measured, which makes up for lost datagrams; off.")
    private @Nullable String sampling;

    @Option(names = "--recursive", description = "Read folders, with all that is in them.")
    private boolean recursive;

    @Option(
            names = "--follow",
            description =
                    "Read on as logs grow and rotate, until SIGINT or SIGTERM ends it with a report;"
                            + " SIGHUP prints one in between.")
    private boolean follow;

    @Option(
            names = "--by",
            paramLabel = "KEY[,KEY...]",
            hideParamSyntax = true,
            defaultValue = "asn,prefix",
            split = ",",
            completionCandidates = Keys.class,
            description =
                    "One table each: asn, prefix, country, host (host:128/64 counts IPv6 by /64),"
                            + " net:24/48, source (the input), exporter, interface, customer,"
                            + " exporter-asn, or some joined by + as asn+country (default:"
                            + " asn,prefix).")
    private List<String> by = List.of("asn", "prefix");

    @Option(
            names = "--max-keys",
            paramLabel = "N",
            description =
                    "How many keys other than ASes and prefixes a window holds, about; those that"
                            + " come after them are counted as other (default: 1000000).")
    private @Nullable String maxKeys;

    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description =
                    "Count only flows like this, such as: status >= 400 and not src in"
                            + " 192.0.2.0/24.")
    private @Nullable String filter;

    @Option(
            names = "--exclude-asn",
            paramLabel = "AS[,AS...]",
            hideParamSyntax = true,
            split = ",",
            description = "Leave out flows whose counted address is of these ASes.")
    private List<String> excludeAsn = new ArrayList<>();

    @Option(
            names = "--exclude-prefix",
            paramLabel = "PREFIX[,PREFIX...]",
            hideParamSyntax = true,
            split = ",",
            description = "Leave out flows whose counted address is in these networks.")
    private List<String> excludePrefix = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "LISTFILE",
            description =
                    "Leave out flows whose counted address is in a network of this file, as"
                            + " aggregate reads them. May be repeated.")
    private List<String> exclude = new ArrayList<>();

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            defaultValue = "source",
            completionCandidates = SideNames.class,
            description =
                    "Which address counts: source, destination or both, in tables of their own"
                            + " (default: source).")
    private String side = "source";

    @Option(
            names = "--weight",
            paramLabel = "WEIGHT",
            completionCandidates = Weights.class,
            description =
                    "What is added up: hits, packets, bytes, time (of a log's requests), or a"
                            + " field of the log by its name; default: hits, of tuples their"
                            + " number.")
    private @Nullable String weight;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            description = "A report per window, such as 90s, 5m, 1h (default: one over all).")
    private @Nullable String window;

    @Option(
            names = "--slide",
            paramLabel = "DURATION",
            description =
                    "How far the next window begins behind the one before; divides it (default:"
                            + " windows do not overlap).")
    private @Nullable String slide;

    @Option(
            names = "--round",
            paramLabel = "WHEN",
            defaultValue = "display",
            completionCandidates = Rounds.class,
            description =
                    "Where fractions are rounded to even: record (each number) or display"
                            + " (default: display).")
    private String round = "display";

    @Option(
            names = {"-t", "--top"},
            paramLabel = "N",
            description =
                    "Rows per table (default: 10; all in json and csv); 0 and less: headers"
                            + " only.")
    private @Nullable String top;

    @Option(
            names = {"-O", "--format"},
            paramLabel = "FORMAT",
            completionCandidates = ReportFormats.class,
            description =
                    "table, tsv, csv, json, prometheus or null (default: table on a terminal,"
                            + " else tsv).")
    private @Nullable String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the report there instead of on standard output.")
    private @Nullable String output;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write a report in JSON.")
    private @Nullable String json;

    @Option(
            names = "--csv",
            paramLabel = "DIR",
            description = "Also write a CSV file per table into this folder.")
    private @Nullable String csv;

    @Option(names = "--no-names", description = "Leave AS names out.")
    private boolean noNames;

    @Option(names = "--no-asn", description = "No table of autonomous systems.")
    private boolean noAsn;

    @Option(names = "--no-prefixes", description = "No table of prefixes.")
    private boolean noPrefixes;

    @Option(
            names = "--rib",
            paramLabel = "FILE|DIR",
            description =
                    "Routing table: one made by rib build, a pyasn file, or any other that rib"
                            + " build reads (default: the newest in the data folder, else the"
                            + " starter table).")
    private @Nullable String rib;

    @Option(
            names = "--rib-at",
            paramLabel = "event|latest",
            description =
                    "Which table of an archive: event (default), each flow by the one in force at"
                            + " its own time; latest, all by the newest.")
    private String ribAt = "event";

    @Option(
            names = "--rib-known-at",
            paramLabel = "TIME",
            description = "Leave out tables that were added to the archive after this time.")
    private @Nullable String ribKnownAt;

    @Option(names = "--no-progress", description = "No progress line on a terminal.")
    private boolean noProgress;

    @Option(
            names = "--plan",
            description = "Print the operators of the job (name, uid, parallelism); count nothing.")
    private boolean plan;

    @Mixin private LogOptions log = new LogOptions();

    @Mixin private FieldOptions fields = new FieldOptions();

    @Mixin private AddressOptions address = new AddressOptions();

    @Mixin private RunOptions running = new RunOptions();

    @Mixin CommonOptions common = new CommonOptions();

    /** Which table of an archive. */
    enum RibAt {
        EVENT,
        LATEST
    }

    /** Fewer could not be kept to: each key group of the job has room for one at least. */
    private static final int LEAST_KEYS = 1000;

    private static final List<Weight> WEIGHTS =
            List.of(Weight.HITS, Weight.PACKETS, Weight.BYTES, Weight.TIME);

    /** A name in JSON or of nginx, or a directive of Apache. */
    private static final Pattern FIELD =
            Pattern.compile("[$@_A-Za-z][\\w.@$-]{0,99}|%[!0-9,<>]*(?:\\{[^}]{1,99}})?[A-Za-z]");

    private final Console console;
    private final Counter counter;

    CountCommand(Console console, Counter counter) {
        this.console = console;
        this.counter = counter;
    }

    @Override
    public Integer call() throws Fault {
        return counter.count(request(), console);
    }

    /** The request that the options describe. */
    CountRequest request() throws Fault {
        CountRequest.Inputs read = inputs();
        CountRequest.Reading reading = reading();
        CountRequest.Counting counting = counting();
        CountRequest.Output out = output(counting);
        return new CountRequest(
                "asntally count",
                CountRequest.Dialect.COUNT,
                read,
                reading,
                counting,
                out,
                new CountRequest.RibChoice(
                        path("--rib", rib),
                        null,
                        DataFolder.of(common.dataDir, console),
                        one("--rib-at", ribAt, RibAt.class) == RibAt.EVENT,
                        Values.time("--rib-known-at", ribKnownAt)),
                running.run(common, !noProgress, plan),
                packets(reading));
    }

    private CountRequest.Packets packets(CountRequest.Reading reading) throws Fault {
        if (live != null && !inputs.isEmpty()) {
            throw new Fault(Problem.CONTRADICTION, "--interface", "files or addresses");
        }
        InputFormat shape = reading.format();
        if (follow && (shape == InputFormat.PCAP || shape == InputFormat.SFLOW)) {
            throw new Fault(Problem.CONTRADICTION, "--follow", "-I " + name(shape));
        }
        boolean packets =
                switch (shape) {
                    case AUTO, PCAP -> true;
                    case SFLOW -> live == null;
                    default -> false;
                };
        if ((live != null || bpf != null) && !packets) {
            throw new Fault(
                    Problem.CONTRADICTION,
                    live != null ? "--interface" : "--bpf",
                    "-I " + name(shape));
        }
        return new CountRequest.Packets(
                live, bpf == null ? "" : bpf.strip(), SflowOptions.of(sampling(shape)));
    }

    private Sampling sampling(InputFormat format) throws Fault {
        if (sampling == null) {
            return Sampling.DECLARED;
        }
        if (live != null || (format != InputFormat.AUTO && format != InputFormat.SFLOW)) {
            throw new Fault(
                    Problem.CONTRADICTION,
                    "--sampling",
                    live != null ? "--interface" : "-I " + name(format));
        }
        return Sampling.of(one("--sampling", sampling, Sampling.Mode.class));
    }

    private CountRequest.Inputs inputs() throws Fault {
        List<String> addresses = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (String input : inputs) {
            (Inputs.isAddress(input) ? addresses : files).add(input);
        }
        if (inputs.isEmpty() && live == null) {
            files.add("-");
        }
        if (follow && (files.contains("-") || !addresses.isEmpty() || live != null)) {
            throw new Fault(Problem.CONTRADICTION, "--follow", "anything that is no file of lines");
        }
        return new CountRequest.Inputs(
                List.copyOf(addresses), List.copyOf(files), recursive, follow);
    }

    private CountRequest.Reading reading() throws Fault {
        InputFormat shape =
                one("--input-format", inputFormat, InputFormat.class, List.of("scapy"), List.of());
        if (log.format != null) {
            if (shape == InputFormat.AUTO) {
                shape = InputFormat.LOG;
            } else if (shape != InputFormat.LOG && shape != InputFormat.JSON_LOG) {
                throw new Fault(Problem.CONTRADICTION, "--log-format", "-I " + inputFormat);
            }
        }
        if (fields.json != null) {
            if (shape == InputFormat.AUTO) {
                shape = InputFormat.JSON_LOG;
            } else if (shape != InputFormat.JSON_LOG) {
                throw new Fault(
                        Problem.CONTRADICTION,
                        "--json-fields",
                        log.format != null ? "--log-format" : "-I " + inputFormat);
            }
        }
        return new CountRequest.Reading(
                shape,
                log.format,
                fields.json,
                log.zone(),
                log.date(),
                address.mapV4(),
                running.strict,
                fields.reading(weight() == Weight.FIELD ? weight : null));
    }

    private CountRequest.Counting counting() throws Fault {
        Set<TableKey> keys = new LinkedHashSet<>();
        for (String text : by) {
            TableKey key = TableKey.parse(text);
            if (key == null) {
                throw new Fault(Problem.BAD_VALUE, text, "--by", TableKey.shapes());
            }
            keys.add(key);
        }
        if (noAsn) {
            keys.remove(TableKey.ASN);
        }
        if (noPrefixes) {
            keys.remove(TableKey.PREFIX);
        }
        int most =
                maxKeys == null
                        ? CountSpec.MAX_KEYS
                        : number("--max-keys", maxKeys, LEAST_KEYS, Integer.MAX_VALUE);
        CountRequest.Rules rules =
                new CountRequest.Rules(expression(), excludeAsn, excludePrefix, exclude);
        return new CountRequest.Counting(
                keys, one("--side", side, Sides.class), weight(), windows(), most, rules);
    }

    private Windows windows() throws Fault {
        if (window == null) {
            if (slide != null) {
                throw new Fault(Problem.BAD_VALUE, slide, "--slide", "it with --window");
            }
            return Windows.ALL;
        }
        long length = duration("--window", window);
        if (slide == null) {
            return Windows.tumbling(length);
        }
        long step = duration("--slide", slide);
        if (!Windows.areOf(length, step)) {
            throw new Fault(
                    Problem.BAD_VALUE,
                    slide,
                    "--slide",
                    "a duration that divides the window, into " + Windows.MOST + " at most");
        }
        return new Windows(length, step, ZoneOffset.UTC);
    }

    /** In milliseconds, above 0. */
    private static long duration(String option, String text) throws Fault {
        Duration length = DurationText.parse(text);
        if (length == null) {
            throw new Fault(Problem.BAD_VALUE, text, option, "a duration such as 90s, 5m or 1h");
        }
        return length.toMillis();
    }

    private @Nullable FilterExpression expression() throws Fault {
        if (filter == null) {
            return null;
        }
        try {
            return FilterExpression.parse(filter);
        } catch (FilterException e) {
            throw CountRequest.fault(e);
        }
    }

    /** One of the words, else the name of a field; what cannot be one is refused. */
    private Weight weight() throws Fault {
        if (weight == null) {
            return Weight.DEFAULT;
        }
        for (Weight word : WEIGHTS) {
            if (name(word).equals(weight)) {
                return word;
            }
        }
        if (!FIELD.matcher(weight).matches()) {
            throw new Fault(
                    Problem.BAD_VALUE,
                    weight,
                    "--weight",
                    "hits, packets, bytes, time, or a field of the log");
        }
        return Weight.FIELD;
    }

    private CountRequest.Output output(CountRequest.Counting counting) throws Fault {
        ReportFormat shape =
                format == null
                        ? console.outTerminal() && output == null
                                ? ReportFormat.TABLE
                                : ReportFormat.TSV
                        : one(
                                "--format",
                                format,
                                ReportFormat.class,
                                List.of(),
                                Later.REPORT_FORMATS);
        int tables = counting.keys().size() * (counting.sides() == Sides.BOTH ? 2 : 1);
        if (shape == ReportFormat.CSV && tables != 1) {
            throw new Fault(
                    Problem.SEVERAL_TABLES,
                    tables,
                    tables == 0 ? "use -O tsv" : "use --csv DIR, or one key: --by asn");
        }
        boolean whole = shape == ReportFormat.JSON || shape == ReportFormat.CSV;
        Integer rows =
                top != null
                        ? (Integer) number("--top", top, Integer.MIN_VALUE, Integer.MAX_VALUE)
                        : whole ? null : (Integer) 10;
        return new CountRequest.Output(
                shape,
                rows,
                top != null,
                one("--round", round, Rounding.class),
                !noNames,
                path("--output", output),
                path("--json", json),
                path("--csv", csv),
                null,
                "127.0.0.1",
                false);
    }

    static @Nullable Path path(String option, @Nullable String text) throws Fault {
        if (text == null) {
            return null;
        }
        try {
            if (!text.isEmpty()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new Fault(Problem.BAD_VALUE, text, option, "the name of a file");
    }

    /** Names of constants for completion scripts. */
    abstract static class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names(Enum<?>... constants) {
            for (Enum<?> constant : constants) {
                add(name(constant));
            }
        }
    }

    static final class InputFormats extends Names {
        private static final long serialVersionUID = 1L;

        InputFormats() {
            super(
                    InputFormat.AUTO,
                    InputFormat.LINE,
                    InputFormat.TUPLE,
                    InputFormat.LOG,
                    InputFormat.TCPDUMP,
                    InputFormat.PCAP,
                    InputFormat.SFLOW);
        }
    }

    static final class Samplings extends Names {
        private static final long serialVersionUID = 1L;

        Samplings() {
            super(Sampling.Mode.values());
        }
    }

    static final class ReportFormats extends Names {
        private static final long serialVersionUID = 1L;

        ReportFormats() {
            super(ReportFormat.values());
        }
    }

    static final class Keys extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Keys() {
            for (TableKey.Field field : TableKey.Field.values()) {
                add(field == TableKey.Field.NET ? "net:24/48" : field.label());
            }
        }
    }

    static final class SideNames extends Names {
        private static final long serialVersionUID = 1L;

        SideNames() {
            super(Sides.values());
        }
    }

    static final class Rounds extends Names {
        private static final long serialVersionUID = 1L;

        Rounds() {
            super(Rounding.values());
        }
    }

    static final class Weights extends Names {
        private static final long serialVersionUID = 1L;

        Weights() {
            super(WEIGHTS.toArray(Weight[]::new));
        }
    }
}
