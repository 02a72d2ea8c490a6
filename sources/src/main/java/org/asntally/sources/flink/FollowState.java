package org.asntally.sources.flink;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.asntally.sources.files.FileMark;

/**
 * All that is known of the files of a followed source: its one split.
 *
 * @param looked whether there was a first look
 * @param nextId the number of the next file that is new
 * @param lostBytes bytes known to be lost so far, for metrics
 * @param marks the files
 */
public record FollowState(boolean looked, long nextId, long lostBytes, List<FileMark> marks)
        implements SourceSplit {

    /** Of a source that has seen nothing. */
    static final FollowState NEW = new FollowState(false, 1, 0, List.of());

    @Override
    public String splitId() {
        return "files";
    }
}
