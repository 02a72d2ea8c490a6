package org.asntally.job.enrich;

import java.util.ArrayList;
import java.util.List;
import org.asntally.job.problem.Fault;
import org.asntally.lookup.rib.Rib;
import org.jspecify.annotations.Nullable;

/**
 * The tables by the time from which each is in force, opened when they are needed first. Of one
 * table alone the time does not matter.
 */
public final class Tables {

    /** Opens a table of an archive. */
    @FunctionalInterface
    public interface Opener {
        /** Gives the table. */
        Rib open() throws Fault;
    }

    private final List<Opener> openers = new ArrayList<>();
    private final List<@Nullable Rib> opened = new ArrayList<>();
    private final long[] validFrom;

    private Tables(long[] validFrom) {
        this.validFrom = validFrom;
    }

    /** One table for all time. */
    public static Tables always(Rib rib) {
        Tables tables = new Tables(new long[] {Long.MIN_VALUE});
        tables.openers.add(() -> rib);
        tables.opened.add(rib);
        return tables;
    }

    /**
     * Tables in order of time.
     *
     * @param validFrom since when each is in force, milliseconds since 1970, ascending
     */
    public static Tables timed(long[] validFrom, List<Opener> openers) {
        Tables tables = new Tables(validFrom.clone());
        for (Opener opener : openers) {
            tables.openers.add(opener);
            tables.opened.add(null);
        }
        return tables;
    }

    /** How many. */
    int size() {
        return openers.size();
    }

    /** The place of the table in force at a time; the first one's also before that is in force. */
    int at(long millis) {
        int place = validFrom.length - 1;
        while (place > 0 && validFrom[place] > millis) {
            place--;
        }
        return place;
    }

    /** Whether a time is before the first table. */
    boolean isBeforeFirst(long millis) {
        return millis < validFrom[0];
    }

    /** The table at a place. */
    Rib table(int place) throws Fault {
        Rib rib = opened.get(place);
        if (rib == null) {
            rib = openers.get(place).open();
            opened.set(place, rib);
        }
        return rib;
    }
}
