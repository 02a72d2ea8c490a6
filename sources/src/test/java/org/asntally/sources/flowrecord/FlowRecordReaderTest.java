package org.asntally.sources.flowrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.asntally.sources.ExporterId;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells schemas apart, and how numbers are scaled. */
class FlowRecordReaderTest {

    private static final byte[] SAMPLER = {(byte) 192, 0, 2, (byte) 254};

    /** A flow of 100 bytes and 2 packets, sampled 1 in 1000. */
    private static DynamicMessage.Builder flow(Descriptor schema) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(schema);
        set(message, 6, ByteString.copyFrom(new byte[] {8, 8, 8, 8}));
        set(message, 7, ByteString.copyFrom(new byte[] {9, 9, 9, 9}));
        set(message, 11, ByteString.copyFrom(SAMPLER));
        set(message, 3, 1000L);
        set(message, 9, 100L);
        set(message, 10, 2L);
        return message;
    }

    private static void set(DynamicMessage.Builder message, int number, Object value) {
        message.setField(message.getDescriptorForType().findFieldByNumber(number), value);
    }

    private static ReadRecord read(DynamicMessage.Builder message) {
        return ReadRecord.of(ReadRecord.auto(), message.build().toByteArray());
    }

    @Test
    void withoutAnythingThatTellsTheSchemaThereIsNoFlow() {
        assertThat(read(flow(Schemas.GOFLOW2)).reason).isEqualTo(SkipReason.UNDECIDED);
    }

    @Test
    void whatSaysBothIsUndecidedToo() {
        DynamicMessage.Builder both = flow(Schemas.BWNETFLOW);
        set(both, 1000, 7);
        DynamicMessage.Builder times = DynamicMessage.newBuilder(Schemas.GOFLOW2);
        set(times, 110, 1_700_000_000_000_000_000L);
        byte[] one = both.build().toByteArray();
        byte[] other = times.build().toByteArray();
        byte[] joined = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);

        assertThat(ReadRecord.of(ReadRecord.auto(), joined).reason).isEqualTo(SkipReason.UNDECIDED);
        assertThat(
                        ReadRecord.of(
                                        ReadRecord.format(FlowSchema.GOFLOW2, FlowFraming.BARE),
                                        joined)
                                .flow)
                .containsEntry(FlowColumn.TIME, "1700000000000");
    }

    /** Field 38 is a time in seconds to one, flags of the IP header to the other. */
    @Test
    void aTimeIsNoFlags() {
        DynamicMessage.Builder message = flow(Schemas.BWNETFLOW);
        set(message, 38, 1_700_000_000L);

        assertThat(read(message).flow)
                .containsEntry(FlowColumn.TIME, "1700000000000")
                .containsEntry(FlowColumn.SAMPLING_RATE, "1");
    }

    @ParameterizedTest
    @CsvSource({"110, 1000", "111, 1000", "112, 1000", "100, 1000", "70, 1000"})
    void goflow2IsToldByWhatOnlyItHas(int field, String rate) {
        DynamicMessage.Builder message = flow(Schemas.GOFLOW2);
        set(
                message,
                field,
                field == 100
                        ? ByteString.copyFrom(SAMPLER)
                        : field == 70 ? (Object) 5 : (Object) 1_700_000_000_000_000_000L);

        assertThat(read(message).flow).containsEntry(FlowColumn.SAMPLING_RATE, rate);
    }

    @ParameterizedTest
    @CsvSource({"2", "5", "1000", "1001", "1016", "1183", "54"})
    void theOthersAreToldByWhatOnlyTheyHave(int field) {
        DynamicMessage.Builder message = flow(Schemas.ENRICHEDFLOW);
        Object value =
                switch (field) {
                    case 2, 5 -> 1_700_000_000L;
                    case 1000, 54 -> 3;
                    default -> "text";
                };
        set(message, field, value);

        assertThat(read(message).flow).containsEntry(FlowColumn.SAMPLING_RATE, "1");
    }

    /** Enrichers have usually scaled; only one that says that it has not is multiplied. */
    @ParameterizedTest
    @CsvSource({
        "absent, false, 1",
        "absent, true, 1000",
        "0, false, 1000",
        "0, true, 1000",
        "1, false, 1",
        "1, true, 1"
    })
    void normalizedSaysWhetherNumbersAreScaled(String normalized, boolean always, String rate) {
        DynamicMessage.Builder message = flow(Schemas.BWNETFLOW);
        set(message, 2, 1_700_000_000L);
        if (!normalized.equals("absent")) {
            set(message, 1002, Integer.parseInt(normalized));
        }
        FlowRecordFormat format =
                new FlowRecordFormat(
                        FlowSchema.AUTO,
                        FlowFraming.AUTO,
                        true,
                        new FlowSampling(Sampling.DECLARED, always, Map.of()));

        assertThat(ReadRecord.of(format, message.build().toByteArray()).flow)
                .containsEntry(FlowColumn.SAMPLING_RATE, rate);
    }

    @ParameterizedTest
    @CsvSource({
        // declared, override, default, cap, off -> rate, counted
        "1000, 0, 1, 0, false, 1000, {}",
        "0, 0, 1, 0, false, 1, {RATE_MISSING=1}",
        "0, 0, 512, 0, false, 512, {RATE_MISSING=1}",
        "1000, 0, 1, 600, false, 600, {RATE_CAPPED=1}",
        "1000, 0, 1, 1000, false, 1000, {}",
        "1000, 64, 1, 0, false, 64, {}",
        "0, 64, 1, 0, false, 64, {}",
        "1000, 0, 1, 0, true, 1, {}"
    })
    void eachExporterMayHaveARuleOfItsOwn(
            long declared,
            long own,
            long fallback,
            long cap,
            boolean off,
            String rate,
            String counted) {
        DynamicMessage.Builder message = flow(Schemas.GOFLOW2);
        set(message, 3, declared);
        set(message, 110, 1_700_000_000_000_000_000L);
        Sampling rule =
                new Sampling(off ? Sampling.Mode.OFF : Sampling.Mode.DECLARED, own, fallback, cap);
        Sampling another = new Sampling(Sampling.Mode.DECLARED, 7, 1, 0);
        FlowRecordFormat common = format(new FlowSampling(rule, false, Map.of()));
        FlowRecordFormat ofExporter =
                format(
                        new FlowSampling(
                                another,
                                false,
                                Map.of(new ExporterId(false, 0, 0xc00002feL), rule)));
        FlowRecordFormat ofAnother =
                format(
                        new FlowSampling(
                                rule,
                                false,
                                Map.of(new ExporterId(false, 0, 0xc00002ffL), another)));

        for (FlowRecordFormat format : new FlowRecordFormat[] {common, ofExporter, ofAnother}) {
            ReadRecord read = ReadRecord.of(format, message.build().toByteArray());
            assertThat(read.flow).containsEntry(FlowColumn.SAMPLING_RATE, rate);
            assertThat(read.counted).hasToString(counted);
        }
    }

    private static FlowRecordFormat format(FlowSampling sampling) {
        return new FlowRecordFormat(FlowSchema.AUTO, FlowFraming.AUTO, true, sampling);
    }

    @Test
    void theTimeMayBeThatOfTheCollector() {
        DynamicMessage.Builder message = flow(Schemas.BWNETFLOW);
        set(message, 2, 1_700_000_009L);
        set(message, 5, 1_700_000_005L);
        FlowRecordFormat received =
                new FlowRecordFormat(
                        FlowSchema.AUTO, FlowFraming.AUTO, false, FlowSampling.usual());

        assertThat(read(message).flow).containsEntry(FlowColumn.TIME, "1700000005000");
        assertThat(ReadRecord.of(received, message.build().toByteArray()).flow)
                .containsEntry(FlowColumn.TIME, "1700000009000");
    }

    /** The wire bytes of protoc on the published schemas. */
    @ParameterizedTest
    @CsvSource({
        "goflow2_v4.bin, 1700000000000, 192.0.2.1, 198.51.100.2, 1500, 1000",
        "goflow2_v4.delimited.bin, 1700000000000, 192.0.2.1, 198.51.100.2, 1500, 1000",
        "bwnetflow_flowmessage.bin, 1699999999000, 192.0.2.1, 198.51.100.2, 157286400, 1",
        "bwnetflow_enrichedflow.bin, 1699999999000, 192.0.2.1, 198.51.100.2, 157286400, 1"
    })
    void readsTheMessagesOfTheCollectors(
            String file, String time, String source, String destination, String bytes, String rate)
            throws IOException {
        Path path = golden().resolve(file);
        assumeTrue(Files.exists(path), "no ../shared beside the checkout");

        assertThat(ReadRecord.of(ReadRecord.auto(), Files.readAllBytes(path)).flow)
                .containsEntry(FlowColumn.TIME, time)
                .containsEntry(FlowColumn.SOURCE, source)
                .containsEntry(FlowColumn.DESTINATION, destination)
                .containsEntry(FlowColumn.BYTES, bytes)
                .containsEntry(FlowColumn.SAMPLING_RATE, rate);
    }

    private static Path golden() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path folder = up.resolve("shared/spec/golden/goflow2");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return Path.of("no-shared");
    }
}
