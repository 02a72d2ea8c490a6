package org.asntally.job.attribute;

import java.io.Serializable;
import java.util.Comparator;
import org.asntally.lookup.rib.RibArchive;

/**
 * Names a routing table without holding it: about a hundred bytes that travel and are kept in
 * state.
 *
 * @param id the table's content hash, hexadecimal: equal ids are equal tables
 * @param validFrom event time from which the table is in force, milliseconds since 1970-01-01 UTC
 * @param location path of the table's file, for a task whose JVM has not opened it yet; empty where
 *     every task runs in the JVM that did, or gets the bytes by another way: {@link RibDelivery}
 */
public record RibVersion(String id, long validFrom, String location) implements Serializable {

    /** By the time from which they are in force; of equal times the last one counts. */
    static final Comparator<RibVersion> BY_TIME =
            Comparator.comparingLong(RibVersion::validFrom).thenComparing(RibVersion::id);

    /** A table of an archive. */
    static RibVersion of(RibArchive.Entry entry) {
        // A table that does not say holds since ever.
        long from =
                entry.info().validFrom() == null
                        ? Long.MIN_VALUE
                        : entry.validFrom().toEpochMilli();
        return new RibVersion(entry.id(), from, entry.file().toAbsolutePath().toString());
    }

    /** Whether this is the same table from the same time on, wherever its file is. */
    boolean isSame(RibVersion other) {
        return validFrom == other.validFrom && id.equals(other.id);
    }

    /** The version as a number: the first eight bytes of the content hash. */
    public long version() {
        return Long.parseUnsignedLong(id.substring(0, 16), 16);
    }
}
