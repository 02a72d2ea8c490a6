package org.asntally.sources.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.asntally.sources.FlowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Flows of files that grow and rotate, unbounded until {@link EndOfInput}; or of archives, bounded:
 * what the first look finds is read to where it ends then. One reader follows, whatever the
 * parallelism: what became of a file is seen in one look at all of them. Archives are read by all
 * readers, in parts, each in the order of time.
 *
 * <p><b>State.</b> One split: all files that are known, each with the position behind the last
 * batch that was emitted. Of archives: one for each part of a file that a reader has, and what none
 * has.
 *
 * <p><b>Time.</b> Told by the reader: see {@link FollowReader}, and {@link ArchiveEnumerator}.
 *
 * <p><b>Edge.</b> What cannot be read is told to {@link Notices} and tried again; nothing fails the
 * job. What is gone before it was read is counted as {@code lost-bytes}.
 *
 * <p><b>Restore.</b> Files are found again by what they contain, also when they were renamed or
 * packed meanwhile: each line counts once. Other patterns may be given; files that are known stay
 * known.
 */
final class FollowSource
        implements Source<FlowBatch, FollowState, FollowState>, ResultTypeQueryable<FlowBatch> {
    private static final long serialVersionUID = 1;

    private final LogFiles files;

    FollowSource(LogFiles files) {
        this.files = files;
    }

    @Override
    public Boundedness getBoundedness() {
        return files.follow() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<FollowState, FollowState> createEnumerator(
            SplitEnumeratorContext<FollowState> context) {
        return enumerator(context, FollowState.NEW);
    }

    @Override
    public SplitEnumerator<FollowState, FollowState> restoreEnumerator(
            SplitEnumeratorContext<FollowState> context, @Nullable FollowState state) {
        return enumerator(context, state);
    }

    private SplitEnumerator<FollowState, FollowState> enumerator(
            SplitEnumeratorContext<FollowState> context, @Nullable FollowState left) {
        return files.follow()
                ? new FollowEnumerator(context, left)
                : new ArchiveEnumerator(context, files, left);
    }

    @Override
    public SourceReader<FlowBatch, FollowState> createReader(SourceReaderContext context) {
        return new FollowReader(context, files);
    }

    @Override
    public SimpleVersionedSerializer<FollowState> getSplitSerializer() {
        return new FollowStateSerializer();
    }

    @Override
    public SimpleVersionedSerializer<FollowState> getEnumeratorCheckpointSerializer() {
        return new FollowEnumerator.StateSerializer();
    }

    @Override
    public TypeInformation<FlowBatch> getProducedType() {
        return FlowBatchTypeInfo.INSTANCE;
    }
}
