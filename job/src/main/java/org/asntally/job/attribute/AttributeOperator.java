package org.asntally.job.attribute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.asntally.job.Counted;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * Joins each flow with the RIB version that was in force when the flow happened.
 *
 * <p><b>State.</b> Broadcast state: versions (content hash and valid-from time) with the place of
 * their bytes; the bytes of the newest that were sent, see {@link SentTables}; the time up to which
 * all versions are known. Changed by broadcast records only, never by local time: a restored
 * subtask may get another one's copy. List state: batches that wait.
 *
 * <p><b>Time.</b> The version is chosen by the flow's own time, so a replay of old input gives the
 * old answer. Combines the time of its flow inputs itself, see {@link InputTimes}; the RIB input
 * has no say. What leaves is never later than the time up to which versions are known, and batches
 * that waited leave before the watermark that follows them: also before the end of time, which
 * stays here while flows wait and the RIB input goes on.
 *
 * <p><b>Edge.</b> Flows from the future, further ahead of the clock than is believed, are
 * attributed by the newest version and counted. Others at or after that time wait, their batches up
 * to {@link #MOST_HELD} bytes a subtask; beyond, the oldest is attributed by the newest version and
 * counted as ahead of the RIB, and time goes on until the RIB input is heard again. Never blocks:
 * all inputs run on one thread, so a blocked flow would wait for a version that cannot come in.
 *
 * <p><b>Restore.</b> The timeline is that of the submission and of the state; tables are opened
 * again by content hash. What waited may go to any subtask.
 */
final class AttributeOperator extends AbstractStreamOperatorV2<AttributedBatch>
        implements MultipleInputStreamOperator<AttributedBatch>, BoundedMultiInput {

    private static final long serialVersionUID = 1;

    /** Bytes of batches that may wait in one subtask. */
    static final long MOST_HELD = 64L << 20;

    private final int sources;
    private final RibTimeline bootstrap;
    private final List<Side> sides;
    private final long maxAheadMillis;
    private final InputTimes inputTimes;
    private final FailedInputs failed;
    private final WaitingBatches held = new WaitingBatches();
    private final StreamRecord<AttributedBatch> record = new StreamRecord<>(null);
    private final Counter refused;
    private final long keepMillis;
    private final TaskManagerRuntimeInfo machine;
    private long flowTime = Long.MIN_VALUE;
    private long sentTime = Long.MIN_VALUE;
    private boolean sentIdle;
    private boolean overflowed;
    private boolean ribEnded;
    private boolean sentEnd;
    private transient KnownTables tables;
    private transient RibTimeline timeline;
    private transient Attribution attribution;
    private transient ListState<HeldBatch> heldState;
    private transient Outside outside;
    private transient AttributeTimes timeTold;

    AttributeOperator(
            StreamOperatorParameters<AttributedBatch> parameters,
            int sources,
            List<Side> sides,
            RibTimeline bootstrap,
            long maxAheadMillis,
            long keepMillis,
            FailedInputs failed) {
        super(parameters, sources + 1);
        this.failed = failed;
        this.keepMillis = keepMillis;
        this.sources = sources;
        this.refused = getMetricGroup().counter("ribVersionsRefused");
        this.inputTimes = new InputTimes(sources);
        this.bootstrap = bootstrap;
        this.sides = sides;
        this.maxAheadMillis = maxAheadMillis;
        this.machine = parameters.getContainingTask().getEnvironment().getTaskManagerInfo();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        outside =
                new Outside(
                        getRuntimeContext(),
                        getMetricGroup(),
                        Counted.BEFORE_OLDEST_RIB,
                        Counted.AHEAD_OF_RIB,
                        Counted.FROM_THE_FUTURE,
                        Counted.EXPIRED_RIB,
                        Counted.DAMAGED_RIB);
        timeTold = new AttributeTimes(getRuntimeContext());
        tables =
                new KnownTables(
                        bootstrap,
                        context,
                        getRuntimeContext().getDistributedCache(),
                        machine,
                        refused);
        timeline = tables.timeline();
        attribution = new Attribution(sides, timeline, tables.tables(), maxAheadMillis, this::send);
        heldState =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("held", new HeldBatchSerializer()));
        if (context.isRestored()) {
            for (HeldBatch batch : heldState.get()) {
                held.add(batch);
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        failed.open(getRuntimeContext());
        getMetricGroup().gauge("ribVersion", this::version);
        getMetricGroup().gauge("ribAgeSeconds", this::ageSeconds);
        getMetricGroup().gauge("ribVersionsKnown", () -> timeline.versions().size());
        getMetricGroup().gauge("bytesWaitingForRib", held::bytes);
        release();
    }

    private void send(AttributedBatch batch) {
        outside.add(Counted.BEFORE_OLDEST_RIB, batch.beforeOldest());
        outside.add(Counted.AHEAD_OF_RIB, batch.aheadOfRib());
        outside.add(Counted.FROM_THE_FUTURE, batch.fromTheFuture());
        outside.add(Counted.EXPIRED_RIB, batch.expiredRib());
        outside.add(Counted.DAMAGED_RIB, batch.damagedRib());
        output.collect(record.replace(batch));
    }

    /** The version in force at the time that has come; null: none is known. Of another thread. */
    private @Nullable RibVersion inForce() {
        List<RibVersion> versions = List.copyOf(timeline.versions());
        long time = sentTime == Long.MIN_VALUE ? System.currentTimeMillis() : sentTime;
        RibVersion found = null;
        for (RibVersion version : versions) {
            if (found == null || version.validFrom() <= time) {
                found = version;
            }
        }
        return found;
    }

    private String version() {
        RibVersion now = inForce();
        return now == null ? "" : now.id().substring(0, 16);
    }

    /** How long ago the version in force began to hold; -1 where that is not known. */
    private long ageSeconds() {
        RibVersion now = inForce();
        return now == null || now.validFrom() == Long.MIN_VALUE
                ? -1
                : Math.max(0, System.currentTimeMillis() - now.validFrom()) / 1000;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        heldState.update(held.list());
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
        failed.look(source, flows);
        if (mustWait(flows)) {
            hold(HeldBatch.all(source, flows));
            if (held.bytes() > MOST_HELD) {
                if (timeline.isEmpty()) {
                    throw new IllegalStateException(
                            "no routing table was told, and no more flows can wait for one");
                }
                overflowed = true;
                while (held.bytes() > MOST_HELD) {
                    attribute(held.removeFirst());
                }
                sendTime();
            }
        } else {
            attribution.attribute(source, flows, System.currentTimeMillis(), Long.MAX_VALUE);
        }
    }

    /**
     * Keeps those flows of a batch that must wait; the others need not wait with them. Nor do those
     * from the future: time comes to them never, or not soon.
     */
    private void hold(HeldBatch batch) {
        if (timeline.isEmpty()) {
            held.add(batch);
            return;
        }
        long now = System.currentTimeMillis();
        FlowBatch flows = batch.flows();
        long known = timeline.knownUntil();
        long end = Math.min(batch.before(), attribution.future(now));
        long from = batch.from();
        boolean waits = attribution.any(flows, Math.max(from, known), end);
        if (attribution.attribute(
                batch.source(), flows, now, Long.MAX_VALUE, from, Math.min(known, end))) {
            from = Math.max(known, from);
        }
        if (end < batch.before()) {
            // With nothing that waits it is they who tell what the batch tells beside its flows.
            attribution.attribute(
                    batch.source(), flows, now, known, waits ? end : from, batch.before());
        }
        if (waits) {
            held.add(new HeldBatch(batch.source(), flows, from, end));
        }
    }

    private void attribute(HeldBatch batch) {
        attribution.attribute(
                batch.source(),
                batch.flows(),
                System.currentTimeMillis(),
                timeline.knownUntil(),
                batch.from(),
                batch.before());
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
        tables.add(message);
        if (message.chunk() != null) {
            return;
        }
        if (message.version() == null) {
            overflowed = false;
        }
        release();
        if (inputTimes.allEnded()) {
            sendEnd();
        } else {
            sendTime();
        }
    }

    /** Lets go of what need not wait any longer, in the order of arrival. */
    private void release() {
        for (int left = held.size(); left > 0; left--) {
            HeldBatch batch = held.removeFirst();
            if (mustWait(batch.flows())) {
                hold(batch);
            } else {
                attribute(batch);
            }
        }
    }

    private void time() {
        flowTime = inputTimes.time();
        sendTime();
    }

    private void sendTime() {
        // While this is idle time goes on without it, and what waits would be late.
        status(inputTimes.isIdle() && held.isEmpty());
        long known = timeline.knownUntil();
        if (sentIdle || (known == Long.MIN_VALUE && !overflowed)) {
            return;
        }
        long time = flowTime;
        if (known != Long.MAX_VALUE && !overflowed) {
            time = Math.min(time, known - 1);
        }
        // What waits may hold flows from long before the one that it waits for.
        if (held.leastTime() <= time) {
            time = Math.max(held.leastTime(), Long.MIN_VALUE + 1) - 1;
        }
        if (time > sentTime) {
            sentTime = time;
            timeTold.tell(time);
            tables.followedBefore(Math.max(time, Long.MIN_VALUE + keepMillis) - keepMillis);
            output.emitWatermark(new Watermark(time));
        }
    }

    /** All flows have come. Those that wait go first, and wait as long as the RIB input goes on. */
    private void sendEnd() throws IOException {
        if (sentEnd || (!held.isEmpty() && !ribEnded)) {
            return;
        }
        if (!held.isEmpty() && timeline.isEmpty()) {
            throw new IOException("no routing table was told, so flows cannot be attributed");
        }
        while (!held.isEmpty()) {
            attribute(held.removeFirst());
        }
        sentEnd = true;
        status(false);
        output.emitWatermark(Watermark.MAX_WATERMARK);
    }

    private void status(boolean idle) {
        if (idle != sentIdle) {
            sentIdle = idle;
            output.emitWatermarkStatus(idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
        }
    }

    /** A source has ended when its input says so, not when its watermark does. */
    @Override
    public void endInput(int input) throws IOException {
        if (input <= sources) {
            inputTimes.end(input - 1);
        } else {
            ribEnded = true;
        }
        if (inputTimes.allEnded()) {
            sendEnd();
        } else if (input <= sources) {
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
