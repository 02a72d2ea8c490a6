package org.asntally.job.ask;

import java.util.List;
import org.asntally.job.local.TableChoice;
import org.jspecify.annotations.Nullable;

/**
 * What {@code lookup} is asked to do.
 *
 * @param questions addresses, prefixes and AS numbers as they were typed; {@code -} is standard
 *     input
 * @param format of the rows; null: table on a terminal, else tsv
 * @param header whether the first line of standard input is a header; null: told from the line
 * @param mapV4 whether v4-mapped addresses are looked up as the IPv4 addresses they carry
 * @param table which table
 * @param quiet whether only problems are told
 */
public record LookupRequest(
        List<String> questions,
        @Nullable RowFormat format,
        @Nullable Boolean header,
        boolean mapV4,
        TableChoice table,
        boolean quiet) {}
