package org.asntally.job.cli;

import static org.asntally.job.cli.Values.name;
import static org.asntally.job.cli.Values.one;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.enrich.EnrichInput;
import org.asntally.job.enrich.EnrichRequest;
import org.asntally.job.enrich.EnrichRequest.Format;
import org.asntally.job.enrich.TablesOpening;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.TableChoice;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally enrich [FILE]}: the same rows, each with the network of its address. */
@Command(
        name = "enrich",
        header = "Add the network of an address to each row of a text, log, CSV or JSON lines.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "The rows go out as they came in, with prefix, asn, as_name, country and rib_version:"
                    + " behind a TAB each at the end of a line, as columns of CSV and TSV, as keys of"
                    + " JSON objects. Rows go out as they come in, also of an endless pipe.",
            ""
        },
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally enrich examples/access.log",
            "  tail -F access.log | asntally enrich",
            "  asntally enrich --column client_ip flows.csv > flows-with-networks.csv",
            "  asntally enrich --field request.client_ip caddy.json",
            "  journalctl -u sshd | asntally enrich -I text",
            "",
            "Exit status: 0 done, 1 first bad row with --strict, 2 usage, 3 no usable RIB,",
            "4 the input or the output failed, 70 a defect."
        })
final class EnrichCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "What to read, also compressed; none, or -: standard input.")
    private @Nullable String file;

    @Option(
            names = {"-I", "--input-format"},
            paramLabel = "FORMAT",
            defaultValue = "auto",
            completionCandidates = Formats.class,
            description =
                    "auto, text (the first address in each line), log, tcpdump, csv, tsv or json"
                            + " (default: auto, told from the first rows).")
    private String inputFormat = "auto";

    @Option(
            names = "--column",
            paramLabel = "N|NAME",
            description =
                    "Where the address is: which column (or word of a text), from 1, or its name in"
                            + " the header (default: the likeliest name, else the first column with"
                            + " addresses).")
    private @Nullable String column;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description =
                    "Where the address is in JSON, such as request.client_ip or hops.0.ip (default:"
                            + " the likeliest name, else the first address); or a name in the"
                            + " header.")
    private @Nullable String field;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "What is between columns of CSV: one character, or tab; implies -I csv.")
    private @Nullable String delimiter;

    @Option(names = "--header", description = "The first row names the columns.")
    private boolean header;

    @Option(
            names = "--no-header",
            description = "It does not (default: it does when it has neither address nor number).")
    private boolean noHeader;

    @Option(
            names = "--rib",
            paramLabel = "FILE|DIR",
            description =
                    "Routing table, or an archive of them (default: the archive in the data folder,"
                            + " else the starter table).")
    private @Nullable String rib;

    @Option(
            names = "--rib-at",
            paramLabel = "event|latest",
            defaultValue = "event",
            completionCandidates = RibTimes.class,
            description =
                    "Of an archive, the table in force at each row's own time, or the latest"
                            + " (default: event).")
    private String ribAt = "event";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The table in force at this time, RFC 3339, for all rows.")
    private @Nullable String at;

    @Option(
            names = "--countries",
            paramLabel = "FILE",
            description = "Countries of ranges, ip-location-db CSV, where the table has none.")
    private @Nullable String countries;

    @Option(
            names = "--strict",
            description = "Stop at the first row without a readable address, exit 1.")
    private boolean strict;

    @Mixin private LogOptions log = new LogOptions();

    @Mixin private AddressOptions address = new AddressOptions();

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;

    EnrichCommand(Console console) {
        this.console = console;
    }

    /** Which table counts for a row. */
    private enum RibTime {
        EVENT,
        LATEST
    }

    @Override
    public Integer call() throws Fault {
        ReaderOptions options = new ReaderOptions(address.mapV4(), log.zone(), log.date());
        Format format = format();
        RibTime time = one("--rib-at", ribAt, RibTime.class);
        TableChoice choice =
                new TableChoice(
                        CountCommand.path("--rib", rib),
                        Values.time("--at", at),
                        CountCommand.path("--countries", countries),
                        DataFolder.of(common.dataDir, console));
        TablesOpening opened = TablesOpening.open(choice, time == RibTime.EVENT, console);
        InputFile input = input();
        EnrichRequest request =
                new EnrichRequest(
                        format,
                        column,
                        field,
                        log.format,
                        delimiter(),
                        titled(format),
                        dated(options, input),
                        strict);
        boolean whole = new EnrichInput(request, opened.tables(), console, common.quiet).run(input);
        if (!common.quiet) {
            console.err().println(opened.summary(Clock.systemUTC().instant()));
        }
        return (whole ? ExitStatus.DONE : ExitStatus.INPUT_OUTPUT).code();
    }

    private static ReaderOptions dated(ReaderOptions options, InputFile input) {
        var day = input.date(options.zone());
        return day == null ? options : options.orDate(day);
    }

    private Format format() throws Fault {
        Format format = one("--input-format", inputFormat, Format.class);
        if (column != null && field != null) {
            throw new Fault(Problem.CONTRADICTION, "--column", "--field");
        }
        if (log.format != null) {
            format = implied("--log-format", format, Format.LOG);
        }
        if (delimiter != null) {
            format = implied("--delimiter", format, Format.CSV);
        }
        if (format == Format.LOG || format == Format.TCPDUMP) {
            refuse("--column", column, format);
            refuse("--field", field, format);
        }
        if (format == Format.JSON) {
            refuse("--column", column, format);
        }
        return format;
    }

    /** Whether the first row names columns; null: to be told from it. */
    private @Nullable Boolean titled(Format format) throws Fault {
        if (header && noHeader) {
            throw new Fault(Problem.CONTRADICTION, "--header", "--no-header");
        }
        if (!header && !noHeader) {
            return null;
        }
        if (format == Format.LOG || format == Format.TCPDUMP || format == Format.JSON) {
            throw new Fault(
                    Problem.CONTRADICTION,
                    header ? "--header" : "--no-header",
                    "-I " + name(format));
        }
        return header;
    }

    private Format implied(String option, Format format, Format implied) throws Fault {
        if (format != Format.AUTO && format != implied) {
            throw new Fault(Problem.CONTRADICTION, option, "-I " + inputFormat);
        }
        return implied;
    }

    private static void refuse(String option, @Nullable String value, Format format) throws Fault {
        if (value != null) {
            throw new Fault(Problem.CONTRADICTION, option, "-I " + name(format));
        }
    }

    private byte delimiter() throws Fault {
        if (delimiter == null) {
            return 0;
        }
        byte[] bytes =
                (delimiter.equals("tab") ? "\t" : delimiter).getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1 || bytes[0] == '"' || bytes[0] == '\n' || bytes[0] == '\r') {
            throw new Fault(
                    Problem.BAD_VALUE, delimiter, "--delimiter", "one ASCII character, or tab");
        }
        return bytes[0];
    }

    private InputFile input() throws Fault {
        String named = file == null ? "-" : file;
        if (named.equals("-") && console.inTerminal() && !common.quiet) {
            console.err().println("reading standard input; Ctrl-D ends it");
        }
        // The format is told later, as for a pipe.
        InputFiles found =
                InputFiles.resolve(
                        List.of(named), false, PlainFormat.LINE, (head, length, whole) -> null);
        for (InputFiles.Problem problem : found.problems()) {
            throw new Fault(
                    switch (problem.trouble()) {
                        case MISSING, NO_MATCH -> Problem.NO_SUCH_FILE;
                        case DIRECTORY -> Problem.IS_DIRECTORY;
                        case DENIED, UNREADABLE, UNKNOWN_FORMAT, TOO_MANY -> Problem.NOT_READABLE;
                    },
                    problem.name(),
                    problem.detail().isEmpty() ? "permission denied" : problem.detail());
        }
        if (found.files().size() != 1) {
            throw new Fault(
                    Problem.BAD_USAGE,
                    "'" + named + "' means " + found.files().size() + " files, one can be read",
                    "asntally enrich");
        }
        return found.files().get(0);
    }

    static final class Formats extends CountCommand.Names {
        private static final long serialVersionUID = 1L;

        Formats() {
            super(Format.values());
        }
    }

    static final class RibTimes extends CountCommand.Names {
        private static final long serialVersionUID = 1L;

        RibTimes() {
            super(RibTime.values());
        }
    }
}
