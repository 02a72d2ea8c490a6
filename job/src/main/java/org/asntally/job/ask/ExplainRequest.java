package org.asntally.job.ask;

import java.util.List;
import org.asntally.job.local.TableChoice;

/**
 * What {@code explain} is asked to do.
 *
 * @param questions addresses and prefixes as they were typed
 * @param json whether the answers are JSON, an object per line
 * @param mapV4 whether v4-mapped addresses are looked up as the IPv4 addresses they carry
 * @param table which table
 */
public record ExplainRequest(
        List<String> questions, boolean json, boolean mapV4, TableChoice table) {}
