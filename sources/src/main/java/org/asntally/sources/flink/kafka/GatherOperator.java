package org.asntally.sources.flink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.PausableRelativeClock;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.flink.FlowTimes;
import org.asntally.sources.flink.Notices;
import org.asntally.sources.flink.SourceTime;
import org.asntally.sources.flowrecord.FlowRecordFormat;
import org.asntally.sources.flowrecord.FlowRecordReader;

/**
 * Gathers the records of a reader into batches of flows, and tells their time. Chained to the
 * reader, at its parallelism.
 *
 * <p><b>State.</b> None: a batch leaves before each barrier and watermark, when it is full, and
 * after 100 ms at most.
 *
 * <p><b>Time.</b> That of the partition furthest behind: its latest flow, less what flows may be
 * out of order. A flow further ahead of the clock than allowed moves no time and is counted. A
 * partition that told nothing for a while holds time no longer, nor does a reader that has none
 * ({@link SourceTime}); time in which nobody took our batches does not count.
 *
 * <p><b>Edge.</b> What gives no flow is counted by reason; the first of each reason are told with
 * their bytes, and are the gauge {@code unreadable_records}.
 *
 * <p><b>Restore.</b> Nothing to restore.
 */
public final class GatherOperator extends AbstractStreamOperator<FlowBatch>
        implements OneInputStreamOperator<KafkaMessage, FlowBatch>,
                ProcessingTimeCallback,
                SourceTime.Output {

    private static final long serialVersionUID = 1;

    private static final long FLUSH_MILLIS = 100;
    private static final int MOST_SAMPLES = 8;
    private static final int SAMPLE_BYTES = 1024;

    private final String name;
    private final FlowRecordFormat format;
    private final Set<FlowColumn> columns;
    private final long outOfOrderMillis;
    private final long maxAheadMillis;
    private final long idleMillis;

    private transient FlowBatchBuilder flows;
    private transient FlowRecordReader reader;
    private transient ExporterMetrics exporters;
    private transient StreamRecord<FlowBatch> batch;
    private transient List<Partition> partitions;
    private transient List<String> samples;
    private transient long[] unreadable;
    private transient Counter fromTheFuture;
    private transient PausableRelativeClock clock;
    private transient long position;
    private transient long nowMillis;
    private transient long openedMillis;
    private transient boolean allTold;
    private transient SourceTime time;

    /**
     * An operator for one source.
     *
     * @param name the source's name
     * @param columns what is wanted of its flows
     * @param times how time is told; idle zero: never, as for what has an end
     */
    public GatherOperator(
            String name, FlowRecordFormat format, Set<FlowColumn> columns, FlowTimes times) {
        this.name = name;
        this.format = format;
        this.columns = EnumSet.copyOf(columns);
        this.outOfOrderMillis = times.outOfOrder().toMillis();
        this.maxAheadMillis = times.maxAhead().toMillis();
        this.idleMillis = idle(times.idle());
    }

    private static long idle(Duration idle) {
        return idle.isZero() ? Long.MAX_VALUE : idle.toMillis();
    }

    /** What is known of a partition's time. */
    private static final class Partition {
        final String name;
        boolean open = true;
        long latest = Long.MIN_VALUE;
        long heardMillis;

        Partition(String name, long heardMillis) {
            this.name = name;
            this.heardMillis = heardMillis;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        flows = new FlowBatchBuilder(columns);
        reader = new FlowRecordReader(format, flows);
        exporters = new ExporterMetrics(reader.exporters(), getMetricGroup());
        batch = new StreamRecord<>(null);
        partitions = new ArrayList<>();
        samples = new ArrayList<>();
        unreadable = new long[SkipReason.values().length];
        fromTheFuture = getMetricGroup().counter(FlowTimes.FROM_THE_FUTURE);
        getMetricGroup().gauge("unreadable_records", () -> String.join("\n", samples));
        clock = new PausableRelativeClock(getProcessingTimeService().getClock());
        getContainingTask()
                .getEnvironment()
                .getMetricGroup()
                .getIOMetricGroup()
                .registerBackPressureListener(clock);
        openedMillis = clock.relativeTimeMillis();
        time = new SourceTime(outOfOrderMillis, this);
        position = FlowBatch.position(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), 0);
        begin();
        again();
    }

    private void again() {
        var unused =
                getProcessingTimeService()
                        .registerTimer(
                                getProcessingTimeService().getCurrentProcessingTime()
                                        + FLUSH_MILLIS,
                                this);
    }

    private void begin() {
        nowMillis = getProcessingTimeService().getCurrentProcessingTime();
        flows.startsAt(position);
    }

    @Override
    public void processElement(StreamRecord<KafkaMessage> element) {
        KafkaMessage message = element.getValue();
        switch (message.kind()) {
            case RECORD -> read(message);
            case OPENED -> opened(message);
            case CLOSED -> partitions.get(message.partition()).open = false;
            case ALL_TOLD -> allTold = true;
            case LOST -> flows.skip(SkipReason.LOST_RECORDS, message.offset());
            case FAILED -> {
                flows.skip(SkipReason.BROKEN_INPUT);
                flush();
            }
        }
    }

    private void opened(KafkaMessage message) {
        long now = clock.relativeTimeMillis();
        // Numbers come in their order, each once.
        partitions.add(new Partition(new String(message.value(), UTF_8), now));
        tellTime();
    }

    private void read(KafkaMessage message) {
        byte[] record = message.value();
        Partition from = partitions.get(message.partition());
        long millis = message.millis() < 0 ? nowMillis : message.millis();
        SkipReason reason = reader.read(record, 0, record.length, millis);
        if (reason != SkipReason.NONE) {
            flows.skip(reason);
            if (reason != SkipReason.BLANK) {
                unreadable(reason, from, message);
            }
            return;
        }
        long time = reader.timeMillis();
        if (time > from.latest) {
            if (time <= nowMillis + maxAheadMillis) {
                from.latest = time;
            } else {
                fromTheFuture.inc();
            }
        }
        from.heardMillis = Long.MAX_VALUE;
        if (flows.isFull()) {
            flush();
        }
    }

    private void unreadable(SkipReason reason, Partition from, KafkaMessage message) {
        String place = from.name + " offset " + message.offset();
        long number = ++unreadable[reason.ordinal()];
        Notices.badRecord(name, reason, place, message.value(), number);
        if (samples.size() < MOST_SAMPLES) {
            samples.add(
                    reason.label()
                            + " "
                            + place
                            + " "
                            + Notices.hex(message.value(), SAMPLE_BYTES));
        }
    }

    private void flush() {
        if (!flows.isEmpty()) {
            position += flows.rows();
            output.collect(batch.replace(flows.build()));
        }
        begin();
    }

    @Override
    public void onProcessingTime(long time) {
        flush();
        tellTime();
        exporters.look();
        again();
    }

    private void tellTime() {
        long now = clock.relativeTimeMillis();
        time.look(
                idleMillis == Long.MAX_VALUE
                        || (partitions.isEmpty() && !allTold && now - openedMillis < idleMillis));
        for (Partition partition : partitions) {
            if (partition.heardMillis == Long.MAX_VALUE) {
                // It was heard since the last look.
                partition.heardMillis = now;
            }
            time.part(partition.latest);
            if (partition.open && now - partition.heardMillis < idleMillis) {
                time.heldAt(partition.latest);
            }
        }
        time.tell(true);
    }

    @Override
    public void time(long millis) {
        flush();
        output.emitWatermark(new Watermark(millis));
    }

    @Override
    public void idle(boolean isIdle) {
        flush();
        output.emitWatermarkStatus(isIdle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    /** Of the reader comes none but its end. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            super.processWatermark(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // Told here.
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        // Of a task that never ran nothing is known.
        if (reader != null) {
            Notices.exporterRefusals(name, reader.exporters());
        }
        super.close();
    }
}
