package org.asntally.job.attribute;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibInfo;
import org.asntally.lookup.rib.RibShrinkage;
import org.jspecify.annotations.Nullable;

/**
 * The tables of an archive that are used: not those that lack much of the one that is in force
 * before them. Asked in the order in which they were added, so that it is the same tables for a job
 * that runs, one that begins, and a replay.
 */
final class AcceptedTables {

    /** The order in which tables were added; those that do not say come first. */
    static final Comparator<RibArchive.Entry> AS_ADDED =
            Comparator.comparing(
                            (RibArchive.Entry entry) -> entry.info().addedAt(),
                            Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                    .thenComparing(RibVersion::of, RibVersion.BY_TIME);

    /** By the moment from which each is in force, milliseconds. */
    private final NavigableMap<Long, RibInfo> taken = new TreeMap<>();

    /** Takes a table; gives why it is not used, null when it is. */
    @Nullable String take(RibArchive.Entry entry) {
        long from = RibVersion.of(entry).validFrom();
        Map.Entry<Long, RibInfo> before = taken.floorEntry(from);
        RibShrinkage shrinkage =
                before == null || entry.info().shrunkFrom() != 0
                        ? null
                        : RibShrinkage.of(before.getValue(), entry.info());
        if (shrinkage == null) {
            taken.put(from, entry.info());
            return null;
        }
        return "'%s' has %d %sroutes, the table before it %d; a table that may shrink is made with --allow-shrink"
                .formatted(
                        entry.file(),
                        shrinkage.routes(),
                        shrinkage.family().isEmpty() ? "" : shrinkage.family() + " ",
                        shrinkage.before());
    }

    /** Forgets all but these. */
    void retain(Collection<RibVersion> versions) {
        Set<Long> times = new HashSet<>();
        versions.forEach(version -> times.add(version.validFrom()));
        taken.keySet().retainAll(times);
    }
}
