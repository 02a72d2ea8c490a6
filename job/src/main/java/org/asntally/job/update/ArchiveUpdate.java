package org.asntally.job.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.ArchiveLock;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibInfo;
import org.jspecify.annotations.Nullable;

/**
 * Adds a fresh table to an archive: one process at a time, all or nothing, never a worse one in
 * silence. Old tables go where enough newer ones are kept.
 */
public final class ArchiveUpdate {

    private static final String LOCK = "archive.lock";
    private static final String NAMES = "archive.names";

    private final RibArchive archive;
    private final TableOrder order;
    private final int keep;
    private final Duration retain;
    private final Console console;
    private final Clock clock;

    /**
     * An update of this archive.
     *
     * @param keep how many tables stay at least
     * @param retain how long a table stays at least after another took its place
     */
    public ArchiveUpdate(
            Path archive,
            TableOrder order,
            int keep,
            Duration retain,
            Console console,
            Clock clock) {
        this.archive = new RibArchive(archive);
        this.order = order;
        this.keep = keep;
        this.retain = retain;
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
        Path lock = archive.folder().resolve(LOCK);
        try {
            Files.createDirectories(archive.folder());
            try (ArchiveLock held = ArchiveLock.take(lock, clock.instant())) {
                if (held == null) {
                    throw new Fault(
                            Problem.UPDATE_RUNNING, archive.folder(), ArchiveLock.holder(lock));
                }
                return locked();
            }
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, archive.folder(), Reasons.of(e));
        }
    }

    private String locked() throws Fault, IOException {
        FetchedNotes notes = FetchedNotes.in(archive.folder());
        try (FetchProgress progress = new FetchProgress(console, order);
                TableFetch fetch = TableFetch.in(archive.folder(), order, console, progress)) {
            TableFetch.Got got =
                    fetch.table(address -> notes.of(address, id -> !archive.withId(id).isEmpty()));
            if (!got.modified()) {
                return "not modified: " + got.place();
            }
            Rib rib = fetch.load(got, names(fetch, got, notes), clock.instant());
            RibArchive.Entry inUse = archive.newest();
            long shrunkFrom = 0;
            if (inUse != null) {
                if (inUse.id().equals(rib.id())) {
                    note(notes, got, rib.id());
                    return "not modified: " + got.place() + " holds the table that is in use";
                }
                shrunkFrom = ShrinkRule.check(inUse.info(), rib.info(), order.allowShrink());
            }
            progress.say("writing " + archive.folder());
            RibArchive.Entry added = archive.add(rib.fetched(got.place(), shrunkFrom), null, clock);
            note(notes, got, rib.id());
            List<Path> gone = archive.prune(keep, retain, clock.instant());
            return told(added, gone.size());
        }
    }

    /** The new names, else those of before, else none. */
    private @Nullable Path names(TableFetch fetch, TableFetch.Got table, FetchedNotes notes)
            throws IOException {
        Path kept = archive.folder().resolve(NAMES);
        String from = fetch.namesFrom(table);
        if (from != null) {
            TableFetch.Got got =
                    fetch.names(from, address -> notes.of(address, id -> Files.exists(kept)));
            if (got != null) {
                Files.copy(
                        got.file(),
                        kept.resolveSibling(NAMES + ".new"),
                        StandardCopyOption.REPLACE_EXISTING);
                Files.move(
                        kept.resolveSibling(NAMES + ".new"),
                        kept,
                        StandardCopyOption.REPLACE_EXISTING);
                if (got.address() != null) {
                    notes.put(got.address(), got.validators(), NAMES);
                }
            }
            return Files.exists(kept) ? kept : null;
        }
        boolean own = table.source() != null && !table.source().needsNames();
        boolean unwanted = TableOrder.NO_NAMES.equals(order.names());
        return own || unwanted || !Files.exists(kept) ? null : kept;
    }

    private static void note(FetchedNotes notes, TableFetch.Got got, String id) throws IOException {
        if (got.address() != null) {
            notes.put(got.address(), got.validators(), id);
        }
        notes.save();
    }

    private static String told(RibArchive.Entry added, int gone) {
        RibInfo info = added.info();
        return "wrote "
                + added.file()
                + ": "
                + info.v4Routes()
                + " IPv4 and "
                + info.v6Routes()
                + " IPv6 "
                + info.kind().label()
                + ", in force from "
                + info.validFrom()
                + (info.skippedLines() == 0 ? "" : "; left out " + info.skippedLines() + " lines")
                + (gone == 0 ? "" : "; deleted " + gone + " old")
                + (info.shrunkFrom() == 0 ? "" : "; before: " + info.shrunkFrom());
    }
}
