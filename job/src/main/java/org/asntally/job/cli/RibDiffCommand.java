package org.asntally.job.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibArchive.Entry;
import org.asntally.lookup.rib.RibDiff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally rib diff A B}: which prefixes came, went, moved. */
@Command(
        name = "diff",
        header = "Say what is different between two routing tables.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "One line for each prefix that was added, removed, or has another origin: word, prefix,"
                    + " AS numbers before, AS numbers after; - where it is not. With several"
                    + " origins, the one that is shown comes first.",
            ""
        },
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally rib diff 2026-05-01T00:00Z 2026-05-27T00:00Z",
            "  asntally rib diff 9c65608640419 today.rib"
        })
final class RibDiffCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "A",
            description =
                    "The table before: a file or folder, or of the archive the table of an id (its"
                            + " first digits do) or the one in force at a time.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "The table after.")
    private String after = "";

    @Option(
            names = "--rib",
            paramLabel = "DIR",
            description = "The archive (default: rib in the data folder).")
    private @Nullable String folder;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;
    private long added;
    private long removed;
    private long moved;

    RibDiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Fault {
        Rib first = open(before);
        Rib second = open(after);
        PrintStream out = console.out();
        added = 0;
        removed = 0;
        moved = 0;
        RibDiff.compare(
                first,
                second,
                (from, to) -> {
                    boolean comes = from == Rib.UNROUTED;
                    boolean goes = to == Rib.UNROUTED;
                    added += comes ? 1 : 0;
                    removed += goes ? 1 : 0;
                    moved += comes || goes ? 0 : 1;
                    out.print(comes ? "added\t" : goes ? "removed\t" : "origin\t");
                    out.print(comes ? second.prefix(to) : first.prefix(from));
                    out.print('\t');
                    out.print(comes ? "-" : origins(first, from));
                    out.print('\t');
                    out.print(goes ? "-\n" : origins(second, to) + "\n");
                });
        console.flush();
        if (!common.quiet) {
            console.err()
                    .println(
                            added + " added, " + removed + " removed, " + moved + " other origins");
        }
        return ExitStatus.DONE.code();
    }

    private static String origins(Rib rib, int route) {
        StringBuilder text = new StringBuilder();
        for (int origin : rib.origins(route)) {
            text.append(text.length() == 0 ? "" : ",").append(Integer.toUnsignedString(origin));
        }
        return text.toString();
    }

    private Rib open(String name) throws Fault {
        DataFolder data = DataFolder.of(common.dataDir, console);
        Path file = CountCommand.path("TABLE", name);
        if (file != null && Files.exists(file)) {
            return RibOpening.open(new RibChoice(file, null, data), false, false, console).rib();
        }
        Path named = CountCommand.path("--rib", folder);
        RibArchive archive = new RibArchive(named != null ? named : data.archive());
        Entry entry = find(archive, name);
        if (entry == null) {
            throw new Fault(Problem.NOT_IN_ARCHIVE, name, archive.folder());
        }
        return RibOpening.open(new RibChoice(entry.file(), null, data), false, false, console)
                .rib();
    }

    private static @Nullable Entry find(RibArchive archive, String name) throws Fault {
        try {
            Instant time = time(name);
            if (time != null) {
                return archive.inForce(time);
            }
            List<Entry> entries = archive.withId(name);
            long ids = entries.stream().map(Entry::id).distinct().count();
            if (ids > 1) {
                throw new Fault(
                        Problem.BAD_VALUE,
                        name,
                        "rib diff",
                        "more digits: " + ids + " tables have ids that begin so");
            }
            return entries.isEmpty() ? null : entries.get(0);
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, archive.folder() + ": " + Reasons.of(e));
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
