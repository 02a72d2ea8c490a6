package org.asntally.sources.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.ReaderOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Nanoseconds per flow, one thread: address lines from a file in the page cache to batches, without
 * Flink around it, and a batch through its serializer and back.
 *
 * <p>One of two AMD EPYC processors that were busy with other work, 2026-11-25: readFile 29 (one line
 * in ten IPv6), serializeAndBack 0.3.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SourceBenchmark {
    private static final int LINES = 1_000_000;

    private Path path = Path.of("");
    private LineInputs inputs;
    private FlowBatchBuilder flows;
    private FlowBatch batch;
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 16);
    private final DataInputDeserializer in = new DataInputDeserializer();

    /** Writes the lines. */
    @Setup
    public void setUp() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            if (i % 10 == 9) {
                text.append("2001:db8::").append(Integer.toHexString(random.nextInt(1 << 16)));
            } else {
                text.append(1 + random.nextInt(223)).append('.').append(random.nextInt(256));
                text.append('.').append(random.nextInt(256)).append('.').append(random.nextInt(256));
            }
            text.append('\n');
        }
        path = Files.writeString(Files.createTempFile("lines", ".txt"), text);
        Set<FlowColumn> columns = Set.of(FlowColumn.SOURCE);
        List<InputFile> files =
                InputFiles.resolve(
                                List.of(path.toString()), false, PlainFormat.LINE, (h, l, w) -> null)
                        .files();
        inputs =
                new LineInputs(files, ReaderOptions.standard(), columns, (h, l, w) -> null, null);
        flows = new FlowBatchBuilder(columns);
        for (int i = 0; i < FlowBatchBuilder.CAPACITY; i++) {
            flows.source4(random.nextInt());
            flows.endFlow();
        }
        batch = flows.build();
    }

    /** Removes them. */
    @TearDown
    public void tearDown() throws IOException {
        Files.delete(path);
    }

    /** A file, line by line. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void readFile(Blackhole hole) {
        InputFile file = inputs.inputs().get(0);
        FileSplit whole = new FileSplit(0, file.name(), 0, false, file.size() - 1);
        OpenPart split = OpenPart.of(whole, inputs, flows);
        Consumed consumed = new Consumed(hole);
        while (split.step(consumed) != OpenPart.Step.DONE) {
            hole.consume(split);
        }
        split.close();
    }

    /** A full batch, written and read. */
    @Benchmark
    @OperationsPerInvocation(FlowBatchBuilder.CAPACITY)
    public FlowBatch serializeAndBack() throws IOException {
        out.clear();
        FlowBatchSerializer.INSTANCE.serialize(batch, out);
        in.setBuffer(out.getSharedBuffer(), 0, out.length());
        return FlowBatchSerializer.INSTANCE.deserialize(in);
    }

    private record Consumed(Blackhole hole) implements ReaderOutput<FlowBatch> {
        @Override
        public void collect(FlowBatch batch) {
            hole.consume(batch);
        }

        @Override
        public void collect(FlowBatch batch, long timestamp) {
            hole.consume(batch);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<FlowBatch> createOutputForSplit(String split) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String split) {}
    }
}
