package org.asntally.sources.flink;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceSplit;
import org.asntally.sources.files.FileMark;

/**
 * All that is known of the files of a followed source: its one split. Of archives: one part of a
 * file, for each part a split; what {@link ArchiveEnumerator} has left, in one.
 *
 * @param looked whether there was a first look
 * @param nextId the number of the next file that is new
 * @param lostBytes bytes known to be lost so far, for metrics
 * @param time the last watermark that was told, event time in milliseconds; the least long: none
 * @param failed how many inputs could not be opened and are not counted so far; of archives only
 * @param marks the files
 * @param times by file, the latest time of what was handed over of it, for those that held time; of
 *     one that was not begun, when it begins
 */
public record FollowState(
        boolean looked,
        long nextId,
        long lostBytes,
        long time,
        int failed,
        List<FileMark> marks,
        Map<Long, Long> times)
        implements SourceSplit {

    /** Of a source that has seen nothing. */
    static final FollowState NEW =
            new FollowState(false, 1, 0, Long.MIN_VALUE, 0, List.of(), Map.of());

    @Override
    public String splitId() {
        if (!looked || marks.size() > 1) {
            return "files";
        }
        return marks.isEmpty() ? "failed" : splitId(marks.get(0).id());
    }

    /** Of a part of an archive. */
    static String splitId(long id) {
        return "file-" + id;
    }
}
