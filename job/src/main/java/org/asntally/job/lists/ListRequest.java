package org.asntally.job.lists;

import java.nio.file.Path;
import java.util.List;
import org.asntally.sinks.blocklist.BlockListFormat;
import org.asntally.sinks.blocklist.Families;
import org.asntally.sinks.blocklist.ListName;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, whatever the list is of.
 *
 * @param except files of networks, or networks themselves, comma-separated
 * @param max the most prefixes that the list may have; null: any number
 * @param output null: standard output
 * @param command the words that were typed
 */
public record ListRequest(
        BlockListFormat format,
        Families families,
        ListName name,
        List<String> except,
        @Nullable Integer max,
        @Nullable Path output,
        boolean quiet,
        List<String> command) {}
