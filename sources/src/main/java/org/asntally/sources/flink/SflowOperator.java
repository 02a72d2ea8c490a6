package org.asntally.sources.flink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.ExporterId;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.sflow.SflowDecoder;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.udp.Datagrams;
import org.jspecify.annotations.Nullable;

/**
 * Makes flows of the datagrams of {@link UdpSource}, chained behind it.
 *
 * <p><b>State.</b> Union list state: the numbers that each exporter has reached. Exporters may go
 * to other sockets, and so to other subtasks, after a restore; each subtask goes on from all, and
 * tells those that it heard. List state: what was dropped and is still missed among the numbers.
 *
 * <p><b>Time.</b> The moment of receipt; watermarks pass.
 *
 * <p><b>Edge.</b> Each datagram that is missing is counted once: as dropped where this machine had
 * no room for it, else as lost. What an exporter's numbers miss waits until it is known what was
 * dropped, about a second.
 *
 * <p><b>Restore.</b> What came between the checkpoint and now is missing among the numbers: lost.
 * Before a checkpoint the ring is emptied, so that a job that is stopped has counted what it took.
 */
final class SflowOperator extends AbstractStreamOperator<FlowBatch>
        implements OneInputStreamOperator<byte[], FlowBatch>, BoundedOneInput {

    private static final long serialVersionUID = 1;

    /** As many exporters have metrics of their own. */
    private static final int MOST_SHOWN = 1_000;

    /** As many exporters are named at the end. */
    private static final int MOST_SAID = 5;

    /** What was dropped is looked for among the numbers for so long. */
    private static final long MISSED_MILLIS = 120_000;

    private final String source;
    private final SflowOptions options;
    private final Set<FlowColumn> columns;
    private transient SflowDecoder decoder;
    private transient FlowBatchBuilder flows;
    private transient StreamRecord<FlowBatch> record;
    private transient ListState<long[]> numbersState;
    private transient ListState<Long> droppedState;
    private transient Notices.@Nullable Told[] told;
    private transient Map<Exporter, Shown> shown;

    /** Datagrams that came; their numbers are positions. */
    private transient long position;

    /** Missing among the numbers, and not yet told as lost. */
    private transient long missing;

    /** Told as dropped, and not yet missed among the numbers. */
    private transient long dropped;

    private transient long droppedMillis;

    /** Not dropped here, to be told with the next batch. */
    private transient long lost;

    private transient long rows;
    private transient long byRing;
    private transient long byKernel;
    private transient long lostInAll;

    /** Who numbers datagrams. */
    private record Exporter(ExporterId id, int subAgent) {}

    SflowOperator(String source, SflowOptions options, Set<FlowColumn> columns) {
        this.source = source;
        this.options = options;
        this.columns = Set.copyOf(columns);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        decoder = new SflowDecoder(options);
        numbersState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "numbers", LongPrimitiveArraySerializer.INSTANCE));
        droppedState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>("dropped", LongSerializer.INSTANCE));
        if (context.isRestored()) {
            List<long[]> numbers = new ArrayList<>();
            numbersState.get().forEach(numbers::add);
            decoder.sequences().restore(numbers);
            for (Long count : droppedState.get()) {
                dropped += count;
            }
            droppedMillis = System.currentTimeMillis();
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        flows = new FlowBatchBuilder(columns);
        flows.reserve(SflowDecoder.MOST_FLOWS);
        record = new StreamRecord<>(null);
        told = new Notices.@Nullable Told[SkipReason.values().length];
        shown = new HashMap<>();
        getMetricGroup().gauge("exporters_known", () -> shown.size());
    }

    @Override
    public void processElement(StreamRecord<byte[]> element) {
        decode(element.getValue());
    }

    private void decode(byte[] datagrams) {
        long millis = System.currentTimeMillis();
        for (int at = Datagrams.FIRST; at < datagrams.length; at = Datagrams.next(datagrams, at)) {
            if (flows.isFull()) {
                flush();
            }
            begin();
            position++;
            millis = Datagrams.millis(datagrams, at);
            int from = Datagrams.payload(at);
            int to = from + Datagrams.length(datagrams, at);
            SkipReason reason =
                    decoder.datagram(
                            datagrams,
                            from,
                            to,
                            Datagrams.family(datagrams, at) == 6,
                            Datagrams.senderHigh(datagrams, at),
                            Datagrams.senderLow(datagrams, at),
                            millis,
                            flows);
            if (reason != SkipReason.NONE) {
                flows.skip(reason);
                tell(reason, datagrams, from, to);
            }
        }
        begin();
        byRing += count(Datagrams.droppedByRing(datagrams), SkipReason.RING_BUFFER, millis);
        byKernel += count(Datagrams.droppedByKernel(datagrams), SkipReason.KERNEL_BUFFER, millis);
        if (Datagrams.tellsBroken(datagrams)) {
            flows.skip(SkipReason.BROKEN_INPUT);
        }
        if (Datagrams.tellsAllDropped(datagrams)) {
            decoder.sequences().settle(millis, flows);
            settle(millis);
        }
        flush();
    }

    private void begin() {
        if (flows.isEmpty()) {
            flows.startsAt(FlowBatch.position(0, position));
        }
    }

    private long count(long datagrams, SkipReason reason, long millis) {
        if (datagrams > 0) {
            flows.skip(reason, datagrams);
            dropped += datagrams;
            droppedMillis = millis;
        }
        return datagrams;
    }

    /** Those that did not come were dropped here, or else lost. */
    private void settle(long millis) {
        missing += flows.take(SkipReason.LOST_DATAGRAMS);
        long ours = Math.min(missing, dropped);
        boolean anyLost = missing > ours;
        lost += missing - ours;
        dropped -= ours;
        missing = 0;
        if (millis - droppedMillis > MISSED_MILLIS) {
            // Of senders that number nothing, or went.
            dropped = 0;
        }
        show(anyLost);
    }

    private void flush() {
        // Taken out: whether these are lost is not known before all drops are.
        missing += flows.take(SkipReason.LOST_DATAGRAMS);
        if (lost > 0) {
            flows.skip(SkipReason.LOST_DATAGRAMS, lost);
            lostInAll += lost;
            lost = 0;
        }
        if (flows.isEmpty()) {
            return;
        }
        rows += flows.rows();
        output.collect(record.replace(flows.build()));
    }

    private void tell(SkipReason reason, byte[] bytes, int from, int to) {
        if (reason != SkipReason.BAD_DATAGRAM && reason != SkipReason.NOT_SFLOW) {
            return;
        }
        Notices.Told so = told[reason.ordinal()];
        if (so == null) {
            so = Notices.told(source, reason);
            told[reason.ordinal()] = so;
        }
        Notices.badPacket(so, source, reason, bytes, from, to, position);
    }

    /** Metrics of each exporter, and a word about those that lose. */
    private void show(boolean anyLost) {
        for (ExporterHealth health : decoder.health()) {
            Exporter exporter = new Exporter(health.exporter(), health.subAgent());
            Shown before = shown.get(exporter);
            if (before == null) {
                before = new Shown(health);
                shown.put(exporter, before);
                if (shown.size() <= MOST_SHOWN) {
                    before.register(getMetricGroup());
                }
            }
            long more = health.lostDatagrams() - before.lostTold;
            if (more > 0 && anyLost) {
                Notices.datagramsLost(source, health.exporter().toString(), more);
            }
            before.update(health);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        UdpReader reader = UdpReader.ofThisThread();
        if (reader != null) {
            reader.drain(this::decode);
        }
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        numbersState.update(decoder.sequences().snapshot(first));
        droppedState.update(dropped == 0 ? List.of() : List.of(dropped));
    }

    @Override
    public void endInput() {
        begin();
        decoder.sequences().end(flows);
        settle(System.currentTimeMillis());
        flush();
    }

    @Override
    public void close() throws Exception {
        // Of a task that never ran nothing is known.
        if (decoder != null && position > 0) {
            Notices.received(source, said());
        }
        super.close();
    }

    /** What became of all datagrams, and the exporters that miss some. */
    private String said() {
        StringBuilder text = new StringBuilder();
        text.append(position).append(" datagrams, ").append(rows).append(" flows, dropped ");
        text.append(byKernel + byRing);
        if (byKernel + byRing > 0) {
            text.append(" (kernel-buffer ").append(byKernel);
            text.append(", ring-buffer ").append(byRing).append(')');
        }
        text.append(", lost ").append(lostInAll);
        List<ExporterHealth> worst =
                decoder.health().stream()
                        .filter(health -> health.lostDatagrams() > 0)
                        .sorted(Comparator.comparingLong(ExporterHealth::lostDatagrams).reversed())
                        .limit(MOST_SAID)
                        .toList();
        for (ExporterHealth health : worst) {
            text.append(", missing of ").append(health.exporter()).append(": ");
            text.append(health.lostDatagrams());
        }
        return text.toString();
    }

    /** What metrics show of an exporter. */
    private static final class Shown {
        private volatile ExporterHealth health;
        private long lostTold;

        /** Null beyond the most that are shown. */
        private @Nullable RefusedMetrics refused;

        Shown(ExporterHealth health) {
            this.health = health;
        }

        void register(MetricGroup operator) {
            MetricGroup group = operator.addGroup("exporter", health.exporter().toString());
            if (health.subAgent() != 0) {
                group = group.addGroup("sub_agent", Integer.toUnsignedString(health.subAgent()));
            }
            refused = new RefusedMetrics(group);
            group.gauge("datagrams", () -> health.datagrams());
            group.gauge("samples", () -> health.samples());
            group.gauge("datagrams_missing", () -> health.lostDatagrams());
            group.gauge("samples_missing", () -> health.lostSamples());
            group.gauge("datagrams_duplicate", () -> health.duplicates());
            group.gauge("datagrams_reordered", () -> health.reordered());
            group.gauge("resets", () -> health.resets());
            group.gauge("samples_dropped_by_exporter", () -> health.drops());
            group.gauge("sampling_rate", () -> health.rate());
            group.gauge("last_heard_millis", () -> health.lastMillis());
        }

        void update(ExporterHealth now) {
            lostTold = now.lostDatagrams();
            health = now;
            if (refused != null) {
                refused.look(
                        now.refused().keySet(),
                        reason -> health.refused().getOrDefault(reason, 0L));
            }
        }
    }
}
