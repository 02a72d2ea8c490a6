package org.asntally.sources.flowrecord;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records of any bytes, read as each schema and framing: no exception, no endless loop, one flow or
 * one reason. Seeds are generated; as a test the target runs on them alone. {@code ./test.sh long}
 * fuzzes it.
 */
class FlowRecordFuzzTest {

    private static final List<FlowRecordFormat> FORMATS =
            List.of(
                    ReadRecord.auto(),
                    ReadRecord.format(FlowSchema.GOFLOW2, FlowFraming.BARE),
                    ReadRecord.format(FlowSchema.ENRICHEDFLOW, FlowFraming.DELIMITED),
                    ReadRecord.format(FlowSchema.JSON, FlowFraming.AUTO));

    static Stream<byte[]> records() {
        Stream<byte[]> messages =
                LongStream.range(0, 16)
                        .mapToObj(
                                seed -> {
                                    SplittableRandom random = new SplittableRandom(seed);
                                    return Schemas.random(
                                                    seed % 2 == 0
                                                            ? Schemas.GOFLOW2
                                                            : Schemas.ENRICHEDFLOW,
                                                    random)
                                            .toByteArray();
                                });
        Stream<byte[]> texts =
                Stream.of(
                                JsonFlowTest.LINE,
                                "{}",
                                "{\"a\":[{\"b\":1e999}],\"proto\":\"TCP\"}",
                                "{{")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Stream.concat(messages, texts);
    }

    @MethodSource("records")
    @FuzzTest(maxDuration = "10m")
    void flowRecord(byte @Nullable [] record) {
        if (record == null) {
            return;
        }
        for (FlowRecordFormat format : FORMATS) {
            ReadRecord read = ReadRecord.of(format, record);
            assertThat(read.flow.isEmpty()).isEqualTo(read.reason != SkipReason.NONE);
            if (record.length == 0) {
                assertThat(read.reason).isEqualTo(SkipReason.BLANK);
            }
        }
    }
}
