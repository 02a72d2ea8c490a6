package org.asntally.sources.flowrecord;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
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
 * Nanoseconds per flow record, one thread, from bytes in memory to flow batches, schema and framing
 * told record by record. Numbers: docs/4-why-kafka.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(FlowRecordBenchmark.RECORDS)
public class FlowRecordBenchmark {
    static final int RECORDS = 10_000;

    /** Which messages. */
    @Param({"goflow2", "goflow2-delimited", "bwnetflow", "json"})
    private String schema;

    private byte[][] records;
    private FlowRecordReader reader;
    private FlowBatchBuilder flows;

    /** Makes the records. */
    @Setup
    public void setUp() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        records = new byte[RECORDS][];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = schema.equals("json") ? json(random) : message(random);
        }
        flows =
                new FlowBatchBuilder(
                        EnumSet.of(
                                FlowColumn.TIME,
                                FlowColumn.SOURCE,
                                FlowColumn.PACKETS,
                                FlowColumn.BYTES,
                                FlowColumn.SAMPLING_RATE));
        reader =
                new FlowRecordReader(
                        new FlowRecordFormat(
                                FlowSchema.AUTO, FlowFraming.AUTO, true, FlowSampling.usual()),
                        flows);
    }

    private byte[] message(SplittableRandom random) throws IOException {
        boolean bwnetflow = schema.equals("bwnetflow");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeUInt32(1, 4);
        if (bwnetflow) {
            out.writeUInt64(2, 1_764_000_000 + random.nextInt(60));
        }
        out.writeUInt64(3, 1000);
        out.writeUInt32(4, random.nextInt(1 << 20));
        out.writeByteArray(6, address(random));
        out.writeByteArray(7, address(random));
        out.writeUInt64(9, random.nextInt(64, 9000));
        out.writeUInt64(10, 1 + random.nextInt(20));
        out.writeByteArray(11, new byte[] {10, 0, 0, 1});
        out.writeUInt32(14, random.nextInt(1 << 16));
        out.writeUInt32(15, random.nextInt(1 << 16));
        out.writeUInt32(18, random.nextInt(500));
        out.writeUInt32(19, random.nextInt(500));
        out.writeUInt32(20, 6);
        out.writeUInt32(21, 443);
        out.writeUInt32(22, random.nextInt(1 << 16));
        out.writeUInt32(25, 60);
        out.writeUInt32(26, 24);
        out.writeUInt32(30, 0x800);
        if (bwnetflow) {
            out.writeUInt64(38, 1_764_000_000 + random.nextInt(60));
            out.writeUInt32(1000, random.nextInt(9000));
            out.writeUInt32(1002, 1);
            out.writeString(1004, "uplink " + random.nextInt(9));
            out.writeString(1009, "TCP");
        } else {
            out.writeUInt64(110, 1_764_000_000_000_000_000L + random.nextLong(60_000_000_000L));
            out.writeUInt64(111, 1_764_000_000_000_000_000L + random.nextLong(60_000_000_000L));
        }
        out.flush();
        byte[] message = bytes.toByteArray();
        if (!schema.equals("goflow2-delimited")) {
            return message;
        }
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        CodedOutputStream length = CodedOutputStream.newInstance(framed);
        length.writeUInt32NoTag(message.length);
        length.flush();
        framed.writeBytes(message);
        return framed.toByteArray();
    }

    private static byte[] address(SplittableRandom random) {
        byte[] address = new byte[4];
        random.nextBytes(address);
        return address;
    }

    private static byte[] json(SplittableRandom random) {
        return ("{\"type\":\"IPFIX\",\"time_received_ns\":"
                        + (1_764_000_000_000_000_000L + random.nextLong(60_000_000_000L))
                        + ",\"sequence_num\":"
                        + random.nextInt(1 << 20)
                        + ",\"sampling_rate\":1000,\"sampler_address\":\"10.0.0.1\",\"bytes\":"
                        + random.nextInt(64, 9000)
                        + ",\"packets\":3,\"src_addr\":\"198.51.100."
                        + random.nextInt(256)
                        + "\",\"dst_addr\":\"203.0.113."
                        + random.nextInt(256)
                        + "\",\"etype\":\"IPv4\",\"proto\":\"TCP\",\"src_port\":443,\"dst_port\":"
                        + random.nextInt(1 << 16)
                        + ",\"in_if\":12,\"out_if\":13,\"src_as\":64496,\"dst_as\":64498}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads all records. */
    @Benchmark
    public int read() {
        int bytes = 0;
        for (byte[] record : records) {
            if (reader.read(record, 0, record.length, 0) != SkipReason.NONE) {
                throw new IllegalStateException("no flow");
            }
            if (flows.isFull()) {
                bytes += flows.build().bytes().length;
            }
        }
        return bytes;
    }
}
