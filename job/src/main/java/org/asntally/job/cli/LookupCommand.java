package org.asntally.job.cli;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.ask.Lookup;
import org.asntally.job.ask.LookupRequest;
import org.asntally.job.ask.RowFormat;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.TableChoice;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally lookup 192.0.2.1 2001:db8::1}: whose are these addresses? */
@Command(
        name = "lookup",
        header = "Print prefix, AS number, AS name and country of addresses.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "A prefix is answered with the route that covers it, an AS number with its name. From"
                    + " standard input it takes one question a line and answers as they come;"
                    + " blanks around it do not count, and # begins a comment.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "Input:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally lookup 8.8.8.8 2001:4860:4860::8888 192.0.2.0/24 AS15169",
            "  asntally lookup -O csv < addresses.txt > networks.csv",
            "  tail -F addresses.txt | asntally lookup -O json",
            "  asntally lookup --at 2026-05-27T16:00Z 192.0.2.1",
            "",
            "tsv is a row for each line: question, prefix, ASN, AS name, country; None where there",
            "is none. Exit status: 0 done, 1 a question could not be read, 2 usage, 3 no usable",
            "RIB, 4 an input or output failed, 70 a defect."
        })
final class LookupCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ADDRESS|PREFIX|AS|-",
            arity = "0..*",
            description =
                    "IP addresses, prefixes, AS numbers as AS15169, or - for standard input. None:"
                            + " standard input.")
    List<String> questions = List.of();

    @Option(
            names = {"-O", "--format"},
            paramLabel = "FORMAT",
            completionCandidates = RowFormats.class,
            description =
                    "table, tsv, csv, json (an object per line) or puppet (default: table on a"
                            + " terminal, else tsv).")
    @Nullable String format;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Use the table that was in force then, RFC 3339 (default: the newest).")
    @Nullable String at;

    @Option(
            names = "--rib",
            paramLabel = "FILE|DIR",
            description =
                    "Routing table or archive: any that rib build reads or makes (default: the"
                            + " archive in the data folder, else the starter table).")
    @Nullable String rib;

    @Option(
            names = "--countries",
            paramLabel = "FILE",
            description = "Countries of ranges, ip-location-db CSV, where the table has none.")
    @Nullable String countries;

    @Option(names = "--header", description = "The first line of standard input is a header.")
    boolean header;

    @Option(
            names = "--no-header",
            description = "It is none (default: it is one when it has words and no address).")
    boolean noHeader;

    @Option(
            names = "--no-map-v4",
            description =
                    "Look ::ffff:192.0.2.1 up as IPv6, not as the IPv4 address that it carries.")
    boolean noMapV4;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;
    private final Clock clock;

    LookupCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        boolean all = Lookup.run(request(), console, clock);
        return (all ? ExitStatus.DONE : ExitStatus.PARTLY).code();
    }

    /** The request that the options describe. */
    LookupRequest request() throws Fault {
        if (header && noHeader) {
            throw new Fault(Problem.CONTRADICTION, "--header", "--no-header");
        }
        return new LookupRequest(
                List.copyOf(questions),
                format == null ? null : Values.one("--format", format, RowFormat.class),
                header ? Boolean.TRUE : noHeader ? Boolean.FALSE : null,
                !noMapV4,
                new TableChoice(
                        CountCommand.path("--rib", rib),
                        Values.time("--at", at),
                        CountCommand.path("--countries", countries),
                        DataFolder.of(common.dataDir, console)),
                common.quiet);
    }

    static final class RowFormats extends CountCommand.Names {
        private static final long serialVersionUID = 1L;

        RowFormats() {
            super(RowFormat.values());
        }
    }
}
