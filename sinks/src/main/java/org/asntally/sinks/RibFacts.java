package org.asntally.sinks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a report says about the routing table that it was counted with: texts for people, as the
 * caller found them.
 *
 * @param kind {@code routes} or {@code ranges}
 * @param source where the table is from
 * @param validFrom since when it is in force, RFC 3339, if known
 * @param attribution whom its licence wants named, if anyone
 * @param id the hash of its content
 */
public record RibFacts(
        String kind,
        String source,
        @Nullable String validFrom,
        @Nullable String attribution,
        String id)
        implements Serializable {}
