package org.asntally.job.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.ArchiveLock;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibLoader;

/** Puts a fresh table in the place of one file, as a RIB file whatever its name. */
public final class IndexUpdate {

    /** As asn-tools cuts them: its outputs show /8 for larger networks. */
    private static final int SHORTEST = 8;

    private final Path file;
    private final TableOrder order;
    private final Console console;
    private final Clock clock;

    /** An update of this file, whose folder is made. */
    public IndexUpdate(Path file, TableOrder order, Console console, Clock clock) {
        this.file = file;
        this.order = order;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Updates.
     *
     * @return what happened, in one line
     * @throws Fault when there is no new table; what was there before is as it was
     */
    public String run() throws Fault {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || (Files.exists(file) && !Files.isRegularFile(file))) {
            throw new Fault(Problem.NOT_WRITABLE, file, "it is no file");
        }
        Path lock = folder.resolve("." + file.getFileName() + ".lock");
        try {
            Files.createDirectories(folder);
            try (ArchiveLock held = ArchiveLock.take(lock, clock.instant())) {
                if (held == null) {
                    throw new Fault(Problem.UPDATE_RUNNING, file, ArchiveLock.holder(lock));
                }
                return locked(folder);
            }
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, file, Reasons.of(e));
        }
    }

    private String locked(Path folder) throws Fault, IOException {
        try (FetchProgress progress = new FetchProgress(console, order);
                TableFetch fetch = TableFetch.in(folder, order, console, progress)) {
            TableFetch.Got got = fetch.table(TableFetch.ANEW);
            String namesFrom = fetch.namesFrom(got);
            TableFetch.Got names =
                    namesFrom == null ? null : fetch.names(namesFrom, TableFetch.ANEW);
            fetch.shortestOfRanges(SHORTEST);
            Rib rib = fetch.load(got, names == null ? null : names.file(), clock.instant());
            long shrunkFrom = Files.exists(file) ? shrunkFrom(rib) : 0;
            RibFile.write(rib.fetched(got.place(), shrunkFrom), file);
            return "wrote "
                    + file
                    + ": "
                    + rib.info().v4Routes()
                    + " IPv4 and "
                    + rib.info().v6Routes()
                    + " IPv6 "
                    + rib.info().kind().label();
        }
    }

    private long shrunkFrom(Rib fresh) throws Fault {
        Rib inUse;
        try {
            inUse = new RibLoader((name, line, fault, excerpt) -> {}).load(file);
        } catch (IOException e) {
            // What nobody can read is not in use.
            return 0;
        }
        return ShrinkRule.check(inUse.info(), fresh.info(), order.allowShrink());
    }
}
