package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneClockTest {

    private static long local(String text) {
        return LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC);
    }

    private static String moment(ZoneClock clock, String text) {
        return Instant.ofEpochSecond(clock.toUtc(local(text))).toString();
    }

    /** On 2026-10-25 at 03:00 Berlin's clocks go back to 02:00. */
    @Test
    void anHourThatHappensTwiceGoesOnFromTheLineBefore() {
        ZoneClock clock = new ZoneClock(ZoneId.of("Europe/Berlin"));

        assertThat(moment(clock, "2026-10-25T01:59:00")).isEqualTo("2026-10-24T23:59:00Z");
        assertThat(moment(clock, "2026-10-25T02:10:00")).isEqualTo("2026-10-25T00:10:00Z");
        assertThat(moment(clock, "2026-10-25T02:59:59")).isEqualTo("2026-10-25T00:59:59Z");
        // A line that is a little late is no second time.
        assertThat(moment(clock, "2026-10-25T02:59:50")).isEqualTo("2026-10-25T00:59:50Z");
        assertThat(moment(clock, "2026-10-25T02:00:00")).isEqualTo("2026-10-25T01:00:00Z");
        assertThat(moment(clock, "2026-10-25T02:29:00")).isEqualTo("2026-10-25T01:29:00Z");
        assertThat(moment(clock, "2026-10-25T02:58:00")).isEqualTo("2026-10-25T01:58:00Z");
        assertThat(moment(clock, "2026-10-25T03:00:00")).isEqualTo("2026-10-25T02:00:00Z");
    }

    @Test
    void withoutALineBeforeItIsTheFirstTime() {
        assertThat(moment(new ZoneClock(ZoneId.of("Europe/Berlin")), "2026-10-25T02:30:00"))
                .isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void anHourThatDoesNotHappenIsOneLater() {
        assertThat(moment(new ZoneClock(ZoneId.of("Europe/Berlin")), "2026-03-29T02:30:00"))
                .isEqualTo("2026-03-29T01:30:00Z");
    }

    /** Steps of less than half of what happens twice are told apart, in any zone. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"})
    void aLogInLocalTimeKeepsItsOrder(String name) {
        ZoneId zone = ZoneId.of(name);
        for (long seed = 0; seed < 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ZoneClock clock = new ZoneClock(zone);
            long moment = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
            while (moment < Instant.parse("2027-01-01T00:00:00Z").getEpochSecond()) {
                long local =
                        LocalDateTime.ofInstant(Instant.ofEpochSecond(moment), zone)
                                .toEpochSecond(ZoneOffset.UTC);
                if (clock.toUtc(local) != moment) {
                    throw new AssertionError("seed " + seed + ", " + Instant.ofEpochSecond(moment));
                }
                moment += random.nextInt(14 * 60);
            }
        }
    }
}
