package org.asntally.job.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.update.ArchiveUpdate;
import org.asntally.lookup.rib.RibArchive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code asntally rib update}: a fresh table into the archive. */
@Command(
        name = "update",
        header = "Get a fresh routing table and add it to the archive.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Gets the newest table, unless it is the one that was got before; checks it; adds it to"
                    + " the archive in the data folder. When anything fails, the tables of before"
                    + " stay in use. Where it comes from: docs/2-how-fresh-tables.md.",
            ""
        },
        optionListHeading = "Options:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally rib update",
            "  asntally rib update --from iptoasn",
            "  asntally rib update --from https://archive.routeviews.org/route-views6/bgpdata/",
            "  17 3 * * *  asntally rib update --quiet       # a line of a crontab"
        })
final class RibUpdateCommand implements Callable<Integer> {

    private static final int KEEP = 30;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            defaultValue = "routeviews",
            description =
                    "routeviews, ris or iptoasn; a URL, of a table or of a folder whose newest is"
                            + " taken; or a file (default: routeviews).")
    private String from = "routeviews";

    @Option(
            names = "--names",
            paramLabel = "SOURCE",
            description =
                    "AS names: a URL or file, pyasn's JSON or a line each; or none (default: where"
                            + " the source says, else those got before).")
    private @Nullable String names;

    @Option(
            names = {"-o", "--output", "--rib"},
            paramLabel = "DIR",
            description = "The archive (default: rib in the data folder).")
    private @Nullable String folder;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description =
                    "Keep so many tables; older ones that an update got are deleted (default:"
                            + " 30).")
    private @Nullable String keep;

    @Option(
            names = "--retain",
            paramLabel = "DURATION",
            description =
                    "But delete none in whose place another one has been for less than this"
                            + " (default: 30d).")
    private @Nullable String retain;

    @Mixin FetchOptions fetch = new FetchOptions();

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;
    private final Clock clock;

    RibUpdateCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        if (from.isEmpty()) {
            throw new Fault(Problem.MISSING_VALUE, "--from", "asntally rib update");
        }
        Path named = CountCommand.path("--rib", folder);
        Path archive = named != null ? named : DataFolder.of(common.dataDir, console).archive();
        int number = keep == null ? KEEP : Values.number("--keep", keep, 1, Integer.MAX_VALUE);
        Duration time =
                retain == null
                        ? RibArchive.DEFAULT_RETAIN
                        : FetchOptions.duration("--retain", retain, "30d");
        String done =
                new ArchiveUpdate(
                                archive,
                                fetch.order(from, names, common.quiet, false),
                                number,
                                time,
                                console,
                                clock)
                        .run();
        if (!common.quiet) {
            console.err().println(Problem.printable(done));
        }
        return ExitStatus.DONE.code();
    }
}
