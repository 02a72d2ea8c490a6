package org.asntally.job.attribute;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the RIB source broadcasts: a version, a part of a version's bytes before it, or that all
 * versions up to a time have been told.
 *
 * @param version a version that exists, or null
 * @param knownUntil all versions valid from before this time (milliseconds) have been told; {@link
 *     Long#MIN_VALUE} where the message says nothing of it, {@link Long#MAX_VALUE} as the last word
 *     of a bounded source
 * @param chunk a part of a table, or null
 */
public record RibMessage(@Nullable RibVersion version, long knownUntil, @Nullable RibChunk chunk)
        implements Serializable {

    /** There is this version. */
    public static RibMessage version(RibVersion version) {
        return new RibMessage(version, Long.MIN_VALUE, null);
    }

    /** No version before this time is still to come. */
    public static RibMessage knownUntil(long millis) {
        return new RibMessage(null, millis, null);
    }

    /** A part of the table of a version that is told next. */
    static RibMessage chunk(RibChunk chunk) {
        return new RibMessage(null, Long.MIN_VALUE, chunk);
    }
}
