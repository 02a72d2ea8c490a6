package org.asntally.job.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.update.IndexUpdate;
import org.asntally.lookup.download.TableSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code asn-update}: the old program's options; the file that it writes is ours. */
@Command(
        name = "asn-update",
        header = "Get a fresh table for asn-lookup, as asn-update does.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Takes asn-update's options. The file that it writes is a RIB file, of IPv4 and IPv6;"
                    + " asn-lookup reads that and the old program's.",
            ""
        },
        optionListHeading = "Options:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asn-update",
            "  asn-update --ip2asn-tsv-location ip2asn-v4.tsv.gz --database-cache-path asn-db.dat"
        })
final class AsnUpdateCommand implements Callable<Integer> {

    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    @Option(
            names = "--database-cache-path",
            paramLabel = "FILE",
            description =
                    "The file to write (default: asn_tools/asn_records/asn-db.dat in"
                            + " $XDG_CACHE_HOME, else in ~/.cache).")
    private @Nullable String file;

    @Option(
            names = {"--ip2asn-tsv-location", "--from"},
            paramLabel = "SOURCE",
            description =
                    "The table: a URL or a file, plain or packed, of any kind that rib build"
                            + " reads; or routeviews, ris, iptoasn (default: iptoasn, both"
                            + " families).")
    private @Nullable String from;

    @Option(
            names = "--names",
            paramLabel = "SOURCE",
            description =
                    "AS names, a URL or file, or none (default: those of the table, else where the"
                            + " source says).")
    private @Nullable String names;

    @Option(names = "-v", description = "Say each step; given more often, the same.")
    private boolean[] verbose = {};

    @Option(names = "--errors-only", description = "Say nothing but problems, as --quiet.")
    private boolean errorsOnly;

    @Option(names = "--force-colors", description = "Colours even where is no terminal.")
    private boolean forceColours;

    @Option(names = "-V", description = "The same as --version.")
    private boolean saysVersion;

    @Mixin FetchOptions fetch = new FetchOptions();

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;
    private final Clock clock;

    AsnUpdateCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        if (saysVersion) {
            console.out().println("asntally " + Version.text());
            return ExitStatus.DONE.code();
        }
        boolean quiet = common.quiet || errorsOnly;
        Path named = CountCommand.path("--database-cache-path", file);
        String done =
                new IndexUpdate(
                                named != null ? named : AsnToolsFolder.database(console),
                                fetch.order(
                                        from == null ? TableSource.IPTOASN.word() : from,
                                        names,
                                        quiet,
                                        verbose.length > 0 && !quiet),
                                console,
                                clock)
                        .run();
        if (!quiet) {
            boolean coloured =
                    forceColours || (console.errTerminal() && console.variable("NO_COLOR") == null);
            String line = Problem.printable(done);
            console.err().println(coloured ? GREEN + line + PLAIN : line);
        }
        return ExitStatus.DONE.code();
    }
}
