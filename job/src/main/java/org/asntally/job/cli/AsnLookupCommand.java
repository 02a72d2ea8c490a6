package org.asntally.job.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.ask.AsnLookup;
import org.asntally.job.ask.AsnLookupRequest;
import org.asntally.job.ask.RowFormat;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asn-lookup}: the old program's options and rows; of both families. */
@Command(
        name = "asn-lookup",
        header = "Print the networks of addresses and whose they are, as asn-lookup does.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Takes asn-lookup's options. Addresses are sorted, and those of one network are one row;"
                    + " a row that cannot be read is told and left out. asntally lookup answers in"
                    + " the order of the input, as it comes.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "Input:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asn-update && asn-lookup 8.8.8.8 2001:4860:4860::8888",
            "  asn-lookup -o puppet -n < addresses.txt",
            "  asn-lookup --input-csv-ip-column 3 -o csv < visitors.csv",
            "",
            "Exit status: 0 done, 1 an address could not be read, 2 usage or no database."
        })
final class AsnLookupCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ADDRESS",
            arity = "0..*",
            description = "IP addresses; none: standard input, CSV.")
    private List<String> addresses = List.of();

    @Option(
            names = "--database-cache-path",
            paramLabel = "FILE",
            description =
                    "The table that asn-update wrote (default: asn_tools/asn_records/asn-db.dat in"
                            + " $XDG_CACHE_HOME, else in ~/.cache).")
    private @Nullable String database;

    @Option(
            names = "--input-csv-delimiter",
            paramLabel = "C",
            defaultValue = ",",
            description = "Stands between columns, one byte (default: a comma).")
    private String delimiter = ",";

    @Option(
            names = "--input-csv-ip-column",
            paramLabel = "N",
            defaultValue = "1",
            description = "The column of the address, from 1 (default: 1).")
    private String column = "1";

    @Option(
            names = {"--input-csv-no-header", "--no-header"},
            description =
                    "The first row is no header (default: it is one when it has no address in the"
                            + " column).")
    private boolean noHeader;

    @Option(names = "--header", description = "The first row is a header.")
    private boolean header;

    @Option(
            names = {"-o", "--output-format"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            completionCandidates = OwnerFormats.class,
            description = "table, csv, json or puppet (default: table).")
    private String format = "table";

    @Option(
            names = {"-n", "--no-matched-ips"},
            description = "Leave the addresses out of the rows.")
    private boolean noMatched;

    @Option(
            names = "--no-map-v4",
            description =
                    "Look ::ffff:192.0.2.1 up as IPv6, not as the IPv4 address that it carries.")
    private boolean noMapV4;

    @Option(names = "-v", description = "Say which table was used; given more often, the same.")
    private boolean[] verbose = {};

    @Option(names = "--errors-only", description = "Say nothing but problems, as --quiet.")
    private boolean errorsOnly;

    @Option(
            names = "--force-colors",
            description = "Colour what -v says even where is no terminal.")
    private boolean forceColours;

    @Option(names = "-V", description = "The same as --version.")
    private boolean saysVersion;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;
    private final Clock clock;

    AsnLookupCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        if (saysVersion) {
            console.out().println("asntally " + Version.text());
            return ExitStatus.DONE.code();
        }
        boolean all = AsnLookup.run(request(), console, clock);
        return (all ? ExitStatus.DONE : ExitStatus.PARTLY).code();
    }

    private AsnLookupRequest request() throws Fault {
        if (header && noHeader) {
            throw new Fault(Problem.CONTRADICTION, "--header", "--input-csv-no-header");
        }
        byte[] bytes = delimiter.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 1 || bytes[0] == '"' || bytes[0] == '\n' || bytes[0] == '\r') {
            throw new Fault(
                    Problem.BAD_VALUE,
                    delimiter,
                    "--input-csv-delimiter",
                    "one byte, no quote and no end of a line");
        }
        Path named = CountCommand.path("--database-cache-path", database);
        Path file = named != null ? named : AsnToolsFolder.database(console);
        RowFormat rows = Values.one("-o", format, RowFormat.class, List.of("tsv"), List.of());
        int number = Values.number("--input-csv-ip-column", column, 1, Integer.MAX_VALUE);
        if (!Files.exists(file)) {
            throw new Fault(Problem.NO_DATABASE, file);
        }
        return new AsnLookupRequest(
                List.copyOf(addresses),
                file,
                bytes[0],
                number,
                header ? Boolean.TRUE : noHeader ? Boolean.FALSE : null,
                rows,
                !noMatched,
                !noMapV4,
                common.quiet || errorsOnly,
                verbose.length > 0,
                forceColours || (console.errTerminal() && console.variable("NO_COLOR") == null));
    }

    static final class OwnerFormats extends CountCommand.Names {
        private static final long serialVersionUID = 1L;

        OwnerFormats() {
            super(RowFormat.TABLE, RowFormat.CSV, RowFormat.JSON, RowFormat.PUPPET);
        }
    }
}
