package org.asntally.sources.flink;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceSplit;
import org.asntally.sources.files.FileMark;

/**
 * All that is known of the files of a followed source: its one split.
 *
 * @param looked whether there was a first look
 * @param nextId the number of the next file that is new
 * @param lostBytes bytes known to be lost so far, for metrics
 * @param time the last watermark that was told, event time in milliseconds; the least long: none
 * @param marks the files
 * @param times by file, the latest time of what was handed over of it, for those that held time
 */
public record FollowState(
        boolean looked,
        long nextId,
        long lostBytes,
        long time,
        List<FileMark> marks,
        Map<Long, Long> times)
        implements SourceSplit {

    /** Of a source that has seen nothing. */
    static final FollowState NEW =
            new FollowState(false, 1, 0, Long.MIN_VALUE, List.of(), Map.of());

    @Override
    public String splitId() {
        return "files";
    }
}
