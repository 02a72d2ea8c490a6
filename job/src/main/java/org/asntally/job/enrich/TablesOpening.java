package org.asntally.job.enrich;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.local.Reasons;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.rib.RibArchive;
import org.jspecify.annotations.Nullable;

/**
 * The table or tables that rows are looked up in.
 *
 * @param tables by time
 * @param single the one table, where there is but one
 */
public record TablesOpening(Tables tables, @Nullable RibOpening single) {

    /**
     * Finds the tables.
     *
     * @param at the moment whose table serves for all rows, if one was named
     * @param byTime whether each row's own time chooses the table of an archive
     */
    public static TablesOpening open(
            RibChoice choice, @Nullable Instant at, boolean byTime, Console console) throws Fault {
        List<RibArchive.Entry> entries = archive(choice);
        if (at != null) {
            RibArchive.Entry entry = inForce(entries, at);
            return one(entry == null ? choice : file(choice, entry.file()), console);
        }
        if (!byTime || entries.size() < 2) {
            return one(choice, console);
        }
        long[] validFrom = new long[entries.size()];
        List<Tables.Opener> openers = new ArrayList<>();
        for (int i = 0; i < validFrom.length; i++) {
            RibArchive.Entry entry = entries.get(i);
            validFrom[i] = millis(entry.info().validFrom());
            RibChoice file = file(choice, entry.file());
            openers.add(() -> RibOpening.open(file, true, false, console).rib());
        }
        return new TablesOpening(Tables.timed(validFrom, openers), null);
    }

    private static TablesOpening one(RibChoice choice, Console console) throws Fault {
        RibOpening opened = RibOpening.open(choice, true, false, console);
        return new TablesOpening(Tables.always(opened.rib()), opened);
    }

    private static RibChoice file(RibChoice choice, Path file) {
        return new RibChoice(file, null, choice.dataFolder());
    }

    private static List<RibArchive.Entry> archive(RibChoice choice) throws Fault {
        Path given = choice.given();
        Path folder = given == null ? choice.dataFolder().archive() : given;
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return new RibArchive(folder).entries();
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, folder + ": " + Reasons.of(e));
        }
    }

    /** The last table that is valid from this moment or before; else the first; null: none. */
    private static RibArchive.@Nullable Entry inForce(List<RibArchive.Entry> entries, Instant at) {
        RibArchive.Entry found = null;
        for (RibArchive.Entry entry : entries) {
            if (found == null || millis(entry.info().validFrom()) <= at.toEpochMilli()) {
                found = entry;
            }
        }
        return found;
    }

    private static long millis(@Nullable Instant time) {
        return time == null ? Long.MIN_VALUE : time.toEpochMilli();
    }

    /** What the last line says: which table, or how many by time. */
    public String summary(Instant now) {
        return single != null
                ? single.summary(now)
                : "tables: " + tables.size() + ", each row by the one of its own time";
    }
}
