package org.asntally.job.enrich;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.asntally.job.local.Console;
import org.asntally.job.local.RibOpening;
import org.asntally.job.local.TableChoice;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
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
     * @param byTime whether each row's own time chooses the table of an archive, unless the choice
     *     names a time for all
     */
    public static TablesOpening open(TableChoice choice, boolean byTime, Console console)
            throws Fault {
        List<RibArchive.Entry> entries =
                byTime && choice.at() == null ? archive(choice) : List.of();
        if (entries.size() < 2) {
            RibOpening opened = RibOpening.open(choice, console);
            return new TablesOpening(Tables.always(opened.rib()), opened);
        }
        long[] validFrom = new long[entries.size()];
        List<Tables.Opener> openers = new ArrayList<>();
        for (int i = 0; i < validFrom.length; i++) {
            RibArchive.Entry entry = entries.get(i);
            validFrom[i] = millis(entry.info().validFrom());
            TableChoice file =
                    new TableChoice(entry.file(), null, choice.countries(), choice.dataFolder());
            openers.add(() -> RibOpening.open(file, console).rib());
        }
        return new TablesOpening(Tables.timed(validFrom, openers), null);
    }

    private static List<RibArchive.Entry> archive(TableChoice choice) throws Fault {
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
