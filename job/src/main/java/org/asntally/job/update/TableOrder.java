package org.asntally.job.update;

import java.nio.file.Path;
import org.asntally.lookup.download.DownloadLimits;
import org.jspecify.annotations.Nullable;

/**
 * Which table is wanted, and what it may take.
 *
 * @param from a {@link org.asntally.lookup.download.TableSource} by its word, an address or a file
 * @param names where AS names come from, an address or a file; {@code none}; null: where the source
 *     says
 * @param certificates further authorities to trust; null: those that Java knows
 * @param allowShrink whether a table may be far smaller than the one in use
 * @param program name and version, for the servers' logs
 * @param quiet whether nothing is said but problems
 * @param verbose whether each step is said
 * @param progress whether a progress line may be shown on a terminal
 */
public record TableOrder(
        String from,
        @Nullable String names,
        DownloadLimits limits,
        @Nullable Path certificates,
        boolean allowShrink,
        String program,
        boolean quiet,
        boolean verbose,
        boolean progress) {

    /** The word for no names at all. */
    public static final String NO_NAMES = "none";
}
