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
 * @param fetchedFrom address or file that an update got it from; empty: no update made it
 * @param shrunkFrom routes of the table before, where it was kept although it has far fewer; else 0
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
        @Nullable Instant addedAt,
        String fetchedFrom,
        long shrunkFrom) {

    /** The same facts, with other times. */
    RibInfo at(@Nullable Instant validFrom, @Nullable Instant addedAt) {
        return new RibInfo(
                kind,
                v4Routes,
                v6Routes,
                names,
                countryRule,
                source,
                licence,
                attribution,
                files,
                skippedLines,
                validFrom,
                addedAt,
                fetchedFrom,
                shrunkFrom);
    }

    /** The same facts, and how an update came by the table. */
    RibInfo fetched(String fetchedFrom, long shrunkFrom) {
        return new RibInfo(
                kind,
                v4Routes,
                v6Routes,
                names,
                countryRule,
                source,
                licence,
                attribution,
                files,
                skippedLines,
                validFrom,
                addedAt,
                fetchedFrom,
                shrunkFrom);
    }
}
