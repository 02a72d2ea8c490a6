package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader's zone is Berlin. */
class AnyTimeTest {
    private final AnyTime time = new AnyTime(ZoneId.of("Europe/Berlin"));

    private boolean read(String text) {
        byte[] bytes = ("x" + text + "7").getBytes(StandardCharsets.UTF_8);
        return time.read(bytes, 1, bytes.length - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2026-03-01T12:00:00Z; 1772366400000",
                "2026-03-01t12:00:00z; 1772366400000",
                "2026-03-01T12:00:00.5Z; 1772366400500",
                "2026-03-01T12:00:00,123456789Z; 1772366400123",
                "2026-03-01T13:00:00+01:00; 1772366400000",
                "2026-03-01T13:00:00.25+0100; 1772366400250",
                "2026-03-01T07:00:00-05; 1772366400000",
                "2026-03-01 13:00:00; 1772366400000",
                "2026-03-01 13:00:00.007; 1772366400007",
                "2026-03-01 12:00:00 +0000; 1772366400000",
                "2099-12-31T23:59:60Z; 4102444800000",
                "01/Mar/2026:13:00:00 +0100; 1772366400000",
                "[01/Mar/2026:13:00:00 +0100]; 1772366400000",
                "1772366400; 1772366400000",
                "1772366400.5241024; 1772366400524",
                "1.7723664E9; 1772366400000",
                "1772366400123; 1772366400123",
                "1772366400123456; 1772366400123",
                "1772366400123456789; 1772366400123",
                "0; 0",
                "99999999999; 99999999999000",
            })
    void everyShapeIsTheSameMoment(String text, long expected) {
        assertThat(read(text)).isTrue();
        assertThat(time.millis()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-1",
                ".5",
                "abc",
                "2026-02-30T12:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T12:00Z",
                "2026-03-01T12:00:00Zx",
                "2026-03-01T12:00:00+1",
                "2026-03-01T12:00:00+24:00",
                "2026-03-01T12:00:00.Z",
                "01/Mar/2026:13:00:00 +0100 ",
                "[01/Mar/2026:13:00:00 +0100",
                "1772366400x",
                "99999999999999999999",
                "1e19",
                "NaN",
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(read(text)).isFalse();
    }

    @Test
    void momentsAreReadAsTheyWereWritten() {
        SplittableRandom random = new SplittableRandom(20260301);
        for (int i = 0; i < 20_000; i++) {
            Instant moment = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(1681) - 840));
            OffsetDateTime local = moment.atOffset(offset);
            String text =
                    switch (random.nextInt(4)) {
                        case 0 -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local);
                        case 1 ->
                                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSZ")
                                        .format(local);
                        case 2 ->
                                String.format(
                                        Locale.ROOT,
                                        "%d.%03d",
                                        moment.getEpochSecond(),
                                        moment.toEpochMilli() % 1000);
                        default -> {
                            moment = moment.minusMillis(moment.toEpochMilli() % 1000);
                            yield DateTimeFormatter.ofPattern(
                                            "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                                    .format(moment.atOffset(offset));
                        }
                    };
            if (text.length() == 16 || (text.contains("T") && text.length() < 20)) {
                // Java leaves seconds of zero out.
                continue;
            }
            assertThat(read(text)).as(text).isTrue();
            assertThat(time.millis()).as(text).isEqualTo(moment.toEpochMilli());
        }
    }
}
