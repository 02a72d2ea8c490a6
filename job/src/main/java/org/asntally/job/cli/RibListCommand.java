package org.asntally.job.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibArchive.Entry;
import org.asntally.lookup.rib.RibInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally rib list}: the tables of the archive. */
@Command(
        name = "list",
        header = "List the routing tables of the archive, oldest first.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  asntally rib list", "  asntally rib list /var/lib/asntally/rib"})
final class RibListCommand implements Callable<Integer> {

    private static final List<String> HEADER =
            List.of("valid from", "id", "kind", "ipv4", "ipv6", "names", "state", "source");

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The archive (default: rib in the data folder).")
    private @Nullable String folder;

    @Option(names = "--rib", paramLabel = "DIR", description = "The archive, as DIR.")
    private @Nullable String rib;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;
    private final Clock clock;

    RibListCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        Path named = CountCommand.path("DIR", folder != null ? folder : rib);
        RibArchive archive =
                new RibArchive(
                        named != null ? named : DataFolder.of(common.dataDir, console).archive());
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        List<String> damaged = new ArrayList<>();
        try {
            Duration lead = archive.lead();
            List<Entry> entries =
                    archive.entries((file, e) -> damaged.add(String.valueOf(e.getMessage())));
            Instant now = clock.instant();
            for (int i = 0; i < entries.size(); i++) {
                Entry next = i + 1 < entries.size() ? entries.get(i + 1) : null;
                rows.add(row(entries.get(i), state(entries.get(i), next, lead, now)));
            }
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, archive.folder() + ": " + Reasons.of(e));
        }
        if (rows.size() == 1 && damaged.isEmpty()) {
            if (named != null && !Files.exists(named)) {
                throw new Fault(Problem.NO_SUCH_RIB, named);
            }
            if (!common.quiet) {
                console.err()
                        .println(
                                "no table in "
                                        + Problem.printable(archive.folder().toString())
                                        + "; get one: asntally rib update");
            }
            return ExitStatus.DONE.code();
        }
        console.out().print(Columns.of(rows, console.outTerminal()));
        for (String damage : damaged) {
            console.err().println(Problem.BAD_TABLE_FILE.say(damage));
        }
        return (damaged.isEmpty() ? ExitStatus.DONE : ExitStatus.PARTLY).code();
    }

    private static String state(Entry entry, @Nullable Entry next, Duration lead, Instant now) {
        List<String> words = new ArrayList<>();
        if (entry.validFrom().isAfter(now)) {
            words.add("to come");
        } else if (next == null || next.validFrom().isAfter(now)) {
            words.add("in force");
        }
        if (entry.isBackdated(lead)) {
            words.add("backdated");
        }
        if (entry.info().shrunkFrom() != 0) {
            words.add("shrank");
        }
        return words.isEmpty() ? "-" : String.join(",", words);
    }

    private static List<String> row(Entry entry, String state) {
        RibInfo info = entry.info();
        return List.of(
                String.valueOf(info.validFrom() == null ? "not stated" : info.validFrom()),
                entry.id().substring(0, 16),
                info.kind().label(),
                Integer.toString(info.v4Routes()),
                Integer.toString(info.v6Routes()),
                Integer.toString(info.names()),
                state,
                Problem.printable(info.source()));
    }
}
