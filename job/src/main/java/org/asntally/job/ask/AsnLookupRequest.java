package org.asntally.job.ask;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code asn-lookup} is asked to do.
 *
 * @param addresses as they were typed; none: standard input
 * @param database the file that asn-update wrote, or the original's
 * @param delimiter between the columns of standard input
 * @param column with the address, from 1
 * @param header whether the first row of standard input is a header; null: it is when it has no
 *     address in the column
 * @param format of the rows; not tsv
 * @param matched whether the addresses are shown
 * @param mapV4 whether v4-mapped addresses are looked up as the IPv4 addresses they carry
 * @param quiet whether only problems are told
 * @param verbose whether it is told which table was used
 * @param coloured whether that is told in colour
 */
public record AsnLookupRequest(
        List<String> addresses,
        Path database,
        byte delimiter,
        int column,
        @Nullable Boolean header,
        RowFormat format,
        boolean matched,
        boolean mapV4,
        boolean quiet,
        boolean verbose,
        boolean coloured) {}
