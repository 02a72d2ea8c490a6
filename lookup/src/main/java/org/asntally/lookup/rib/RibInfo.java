package org.asntally.lookup.rib;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a table.
 *
 * @param kind announced routes, or ranges
 * @param v4Routes number of IPv4 prefixes
 * @param v6Routes number of IPv6 prefixes
 * @param names number of AS names
 * @param countryRule where a country comes from
 * @param source what the table was made of, for people
 * @param licence of the data; empty when not known
 * @param attribution who must be named when results are shown; empty when nobody must
 * @param files names of the files it was read from, in order
 * @param skippedLines lines of those files that could not be read
 * @param validFrom event time from which it holds; null: no time was given
 * @param addedAt when it was made; null: not made for keeping
 */
public record RibInfo(
        RibKind kind,
        int v4Routes,
        int v6Routes,
        int names,
        CountryRule countryRule,
        String source,
        String licence,
        String attribution,
        List<String> files,
        long skippedLines,
        @Nullable Instant validFrom,
        @Nullable Instant addedAt) {}
