package org.asntally.job.local;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which table questions are put to.
 *
 * @param given a table or an archive that the user named
 * @param at the time whose table is wanted; null: the newest
 * @param countries a file with the countries of ranges, for tables without
 * @param dataFolder where the archive is when none was named
 */
public record TableChoice(
        @Nullable Path given,
        @Nullable Instant at,
        @Nullable Path countries,
        DataFolder dataFolder) {}
