package org.asntally.sources.sflow;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.asntally.sources.packet.Frames;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per flow sample, one thread, from datagrams in memory to flow batches: datagrams of
 * seven samples with headers of 128 bytes, as exporters fill them, of 16 exporters with 4
 * interfaces each.
 *
 * <p>CPU time on one of two AMD EPYC processors that were busy with other work, 2026-11-28: bytes
 * 114, measured 199; all columns 136, measured 282.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(SflowBenchmark.DATAGRAMS * SflowBenchmark.SAMPLES)
public class SflowBenchmark {
    static final int DATAGRAMS = 4_096;
    static final int SAMPLES = 7;
    private static final int EXPORTERS = 16;

    /** What is asked for: what a count of bytes needs, or everything. */
    @Param({"bytes", "all"})
    private String columns;

    /** Whose word is taken. */
    @Param({"DECLARED", "MEASURED"})
    private Sampling.Mode sampling;

    private byte[][] datagrams;
    private SflowDecoder decoder;
    private FlowBatchBuilder flows;
    private int round;

    /** Makes the datagrams. */
    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        datagrams = new byte[DATAGRAMS][];
        int[] numbers = new int[EXPORTERS];
        for (int d = 0; d < DATAGRAMS; d++) {
            int exporter = d % EXPORTERS;
            byte[][] samples = new byte[SAMPLES][];
            for (int s = 0; s < SAMPLES; s++) {
                int number = ++numbers[exporter];
                samples[s] =
                        Datagrams.sample(
                                number / 4,
                                1 + number % 4,
                                1_000,
                                1_000 * (number / 4),
                                0,
                                1 + number % 4,
                                7,
                                Datagrams.frame(1_518, Frames.numbered(random.nextInt(), 74)),
                                Datagrams.extendedSwitch(),
                                Datagrams.gateway(64_496, 64_497, 64_498, 64_499, 64_500));
            }
            datagrams[d] =
                    Datagrams.datagram(
                            Datagrams.AGENT + exporter, d / EXPORTERS, d / EXPORTERS, samples);
        }
        Set<FlowColumn> asked =
                columns.equals("all")
                        ? EnumSet.copyOf(ReadDatagrams.ALL)
                        : EnumSet.of(
                                FlowColumn.TIME,
                                FlowColumn.SOURCE,
                                FlowColumn.BYTES,
                                FlowColumn.SAMPLING_RATE);
        flows = new FlowBatchBuilder(asked);
        flows.reserve(SflowDecoder.MOST_FLOWS);
        decoder = new SflowDecoder(SflowOptions.of(Sampling.of(sampling)));
    }

    /** All datagrams, in batches; their numbers go on from round to round. */
    @Benchmark
    public long read() {
        long rows = 0;
        int before = round++ * (DATAGRAMS / EXPORTERS);
        for (int d = 0; d < DATAGRAMS; d++) {
            byte[] datagram = datagrams[d];
            int sequence = before + d / EXPORTERS;
            datagram[16] = (byte) (sequence >>> 24);
            datagram[17] = (byte) (sequence >>> 16);
            datagram[18] = (byte) (sequence >>> 8);
            datagram[19] = (byte) sequence;
            decoder.datagram(datagram, 0, datagram.length, false, 0, 1, round, flows);
            if (flows.isFull()) {
                rows += flows.build().rows();
            }
        }
        return rows;
    }
}
