package org.asntally.job.attribute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;

/**
 * Joins each flow with the RIB version that was in force when the flow happened.
 *
 * <p><b>State.</b> Broadcast state: version id to its valid-from time, and to the place of its
 * bytes; the time up to which all versions are known. Changed by broadcast records only, never by
 * local time: a restored subtask may get another one's copy. List state: batches that wait.
 *
 * <p><b>Time.</b> The version is chosen by the flow's own time, so a replay of old input gives the
 * old answer. Combines the time of its flow inputs itself, see {@link InputTimes}; the RIB input
 * has no say. What leaves is never later than the time up to which versions are known, and batches
 * that waited leave before the watermark that follows them.
 *
 * <p><b>Edge.</b> A batch with a flow at or after that time waits, up to {@link #MOST_HELD} bytes a
 * subtask; beyond, the oldest is attributed by the newest version and counted as ahead of the RIB.
 * Never blocks: all inputs run on one thread, so a blocked flow would wait for a version that
 * cannot come in.
 *
 * <p><b>Restore.</b> The timeline is that of the submission and of the state; tables are opened
 * again by content hash. What waited may go to any subtask.
 */
final class AttributeOperator extends AbstractStreamOperatorV2<AttributedBatch>
        implements MultipleInputStreamOperator<AttributedBatch>, BoundedMultiInput {

    private static final long serialVersionUID = 1;

    /** Bytes of batches that may wait in one subtask. */
    static final long MOST_HELD = 64L << 20;

    private static final String KNOWN_UNTIL = "known-until";

    private final int sources;
    private final RibTimeline timeline;
    private final InputTimes inputTimes;
    private final Attribution attribution;
    private final ArrayDeque<HeldBatch> held = new ArrayDeque<>();
    private final StreamRecord<AttributedBatch> record = new StreamRecord<>(null);
    private long heldBytes;
    private long flowTime = Long.MIN_VALUE;
    private long sentTime = Long.MIN_VALUE;
    private boolean sentIdle;
    private transient BroadcastState<String, Long> versionState;
    private transient BroadcastState<String, String> locationState;
    private transient ListState<HeldBatch> heldState;

    AttributeOperator(
            StreamOperatorParameters<AttributedBatch> parameters,
            int sources,
            List<Side> sides,
            RibTimeline bootstrap) {
        super(parameters, sources + 1);
        this.sources = sources;
        this.inputTimes = new InputTimes(sources);
        this.timeline = new RibTimeline();
        bootstrap.messages().forEach(timeline::add);
        this.attribution =
                new Attribution(sides, timeline, batch -> output.collect(record.replace(batch)));
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        versionState =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>(
                                        "versions",
                                        StringSerializer.INSTANCE,
                                        LongSerializer.INSTANCE));
        locationState =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>(
                                        "locations",
                                        StringSerializer.INSTANCE,
                                        StringSerializer.INSTANCE));
        heldState =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("held", new HeldBatchSerializer()));
        if (context.isRestored()) {
            for (var entry : versionState.immutableEntries()) {
                String id = entry.getKey();
                if (id.equals(KNOWN_UNTIL)) {
                    timeline.add(RibMessage.knownUntil(entry.getValue()));
                } else {
                    String location = locationState.get(id);
                    timeline.add(
                            RibMessage.version(
                                    new RibVersion(
                                            id,
                                            entry.getValue(),
                                            location == null ? "" : location)));
                }
            }
            for (HeldBatch batch : heldState.get()) {
                held.add(batch);
                heldBytes += batch.flows().bytes().length;
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        attribution.openTables();
        release();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        heldState.update(new ArrayList<>(held));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public List<Input> getInputs() {
        List<Input> inputs = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            inputs.add(new FlowInput(this, source));
        }
        inputs.add(new RibInput(this));
        return inputs;
    }

    private void flows(int source, FlowBatch flows) {
        if (mustWait(flows)) {
            held.add(new HeldBatch(source, flows));
            heldBytes += flows.bytes().length;
            while (heldBytes > MOST_HELD && !timeline.isEmpty()) {
                attribute(held.removeFirst(), true);
            }
        } else {
            attribution.attribute(source, flows, System.currentTimeMillis(), false);
        }
    }

    private void attribute(HeldBatch batch, boolean ahead) {
        heldBytes -= batch.flows().bytes().length;
        attribution.attribute(batch.source(), batch.flows(), System.currentTimeMillis(), ahead);
    }

    private boolean mustWait(FlowBatch flows) {
        if (flows.rows() == 0) {
            return false;
        }
        if (timeline.isEmpty()) {
            return true;
        }
        // Flows without time belong to the moment of reading: the newest version that is known.
        return timeline.knownUntil() != Long.MAX_VALUE
                && flows.has(FlowColumn.TIME)
                && flows.greatest(FlowColumn.TIME) >= timeline.knownUntil();
    }

    private void rib(RibMessage message) throws Exception {
        RibVersion version = message.version();
        if (version != null) {
            versionState.put(version.id(), version.validFrom());
            locationState.put(version.id(), version.location());
        } else {
            versionState.put(KNOWN_UNTIL, Math.max(message.knownUntil(), timeline.knownUntil()));
        }
        timeline.add(message);
        attribution.openTables();
        release();
        sendTime();
    }

    /** Lets go of what need not wait any longer, in the order of arrival. */
    private void release() {
        for (int left = held.size(); left > 0; left--) {
            HeldBatch batch = held.removeFirst();
            if (mustWait(batch.flows())) {
                held.addLast(batch);
            } else {
                attribute(batch, false);
            }
        }
    }

    private void time() {
        if (inputTimes.allEnded()) {
            while (!held.isEmpty() && !timeline.isEmpty()) {
                attribute(held.removeFirst(), true);
            }
            status(false);
            output.emitWatermark(Watermark.MAX_WATERMARK);
            return;
        }
        status(inputTimes.isIdle());
        flowTime = inputTimes.time();
        sendTime();
    }

    private void sendTime() {
        long known = timeline.knownUntil();
        long time = known == Long.MAX_VALUE ? flowTime : Math.min(flowTime, known - 1);
        if (!sentIdle && time > sentTime && !inputTimes.allEnded()) {
            sentTime = time;
            output.emitWatermark(new Watermark(time));
        }
    }

    private void status(boolean idle) {
        if (idle != sentIdle) {
            sentIdle = idle;
            output.emitWatermarkStatus(idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
        }
    }

    /** A source has ended when its input says so, not when its watermark does. */
    @Override
    public void endInput(int input) {
        if (input <= sources) {
            inputTimes.end(input - 1);
            time();
        }
    }

    @SuppressWarnings("unchecked") // a raw override in Flink's own AbstractInput
    private static final class FlowInput extends AbstractInput<FlowBatch, AttributedBatch> {
        private final AttributeOperator operator;
        private final int source;

        FlowInput(AttributeOperator operator, int source) {
            super(operator, source + 1);
            this.operator = operator;
            this.source = source;
        }

        @Override
        public void processElement(StreamRecord<FlowBatch> element) {
            operator.flows(source, element.getValue());
        }

        @Override
        public void processWatermark(Watermark mark) {
            operator.inputTimes.advance(source, mark.getTimestamp());
            operator.time();
        }

        @Override
        public void processWatermarkStatus(WatermarkStatus status) {
            operator.inputTimes.idle(source, status.isIdle());
            operator.time();
        }
    }

    @SuppressWarnings("unchecked") // a raw override in Flink's own AbstractInput
    private static final class RibInput extends AbstractInput<RibMessage, AttributedBatch> {
        private final AttributeOperator operator;

        RibInput(AttributeOperator operator) {
            super(operator, operator.sources + 1);
            this.operator = operator;
        }

        @Override
        public void processElement(StreamRecord<RibMessage> element) throws Exception {
            operator.rib(element.getValue());
        }

        @Override
        public void processWatermark(Watermark mark) {
            // The table has no say in time.
        }

        @Override
        public void processWatermarkStatus(WatermarkStatus status) {
            // The table has no say in time.
        }
    }
}
