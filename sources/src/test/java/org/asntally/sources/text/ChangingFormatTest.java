package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.ChangingFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangingFormatTest {
    private static final String COMBINED =
            "192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl\"\n";
    private static final String VHOST = "www.example.com:443 " + COMBINED;
    private static final String JSON = JsonLinesTest.NGINX + "\n";

    /** What a text of a told format comes to: flows, bad lines, and the formats that follow. */
    private static final class Reading implements BadLines {
        private final List<String> formats = new ArrayList<>();
        private int bad;
        private int flows;

        private Reading(LineFormat first, Set<FlowColumn> columns, String text) {
            LineReader reader =
                    new ChangingFormat(first, FormatDetector::tell).open(ReadLines.OPTIONS);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            FlowBatchBuilder builder = new FlowBatchBuilder(columns);
            for (int at = 0; at < bytes.length; ) {
                at = reader.readBlock(bytes, at, bytes.length, builder, this);
                flows += builder.build().rows();
            }
        }

        static Reading of(LineFormat first, String text) {
            return new Reading(first, Set.of(FlowColumn.SOURCE, FlowColumn.STATUS), text);
        }

        @Override
        public void badLine(SkipReason reason, byte[] text, int from, int to) {
            bad++;
        }

        @Override
        public boolean endsFormat(byte[] text, int from, int to) {
            throw new IllegalStateException("asked by the reader within");
        }

        @Override
        public void otherFormat(LineFormat format) {
            formats.add(format.label());
        }
    }

    @Test
    void aFormatThatChangesIsToldAgainAndNoLineIsLost() {
        Reading reading =
                Reading.of(
                        LogFormat.COMBINED,
                        COMBINED.repeat(20)
                                + JSON.repeat(10_000)
                                + VHOST.repeat(8)
                                + COMBINED.repeat(5_000));

        assertThat(reading.formats)
                .containsExactly("json-log (nginx)", "log (vhost-combined)", "log (combined)");
        assertThat(reading.flows).isEqualTo(15_028);
        assertThat(reading.bad).isZero();
    }

    @Test
    void fewLinesOfAnotherFormatAreBadLines() {
        Reading reading =
                Reading.of(
                        LogFormat.COMBINED, COMBINED + JSON.repeat(7) + COMBINED + JSON.repeat(7));

        assertThat(reading.formats).isEmpty();
        assertThat(reading.flows).isEqualTo(2);
        assertThat(reading.bad).isEqualTo(14);
    }

    @Test
    void noiseIsNoFormat() {
        Reading reading =
                Reading.of(
                        LogFormat.COMBINED, COMBINED + "noise\n".repeat(500) + COMBINED.repeat(3));

        assertThat(reading.formats).isEmpty();
        assertThat(reading.flows).isEqualTo(4);
        assertThat(reading.bad).isEqualTo(500);
    }

    @Test
    void twoFormatsInTurnsStayOne() {
        Reading reading = Reading.of(LogFormat.COMBINED, (COMBINED + VHOST).repeat(100));

        assertThat(reading.formats).isEmpty();
        assertThat(reading.flows).isEqualTo(100);
        assertThat(reading.bad).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATUS", "SOURCE"})
    void aFormatThatLacksWhatIsWantedIsNotTaken(FlowColumn wanted) {
        Reading reading =
                new Reading(
                        LogFormat.COMBINED, Set.of(wanted), COMBINED + "192.0.2.1\n".repeat(100));

        assertThat(reading.formats).hasSize(wanted == FlowColumn.STATUS ? 0 : 1);
        assertThat(reading.flows).isEqualTo(wanted == FlowColumn.STATUS ? 1 : 101);
    }

    @Test
    void itIsAsTheFormatThatItHas() {
        ChangingFormat format = new ChangingFormat(LogFormat.COMBINED, FormatDetector::tell);

        assertThat(format.label()).isEqualTo("log (combined)");
        assertThat(format.provides(FlowColumn.BYTES)).isTrue();
        assertThat(format.hasField("Referer")).isTrue();
        assertThat(format.divisible()).isTrue();
        assertThat(ReadLines.of(format, COMBINED).flows()).hasSize(1);
    }
}
