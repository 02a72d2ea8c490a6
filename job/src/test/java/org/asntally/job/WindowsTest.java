package org.asntally.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static long millis(String duration) {
        return Duration.parse(duration).toMillis();
    }

    @ParameterizedTest
    @CsvSource({
        // The day on which clocks are put forward has 23 hours, the other one 25.
        "Europe/Berlin, P1D, 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "Europe/Berlin, P1D, 2026-10-25T23:30:00Z, 2026-10-25T23:00:00Z, 2026-10-26T23:00:00Z",
        "Europe/Berlin, P1D, 2026-10-25T22:30:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "Asia/Kolkata, PT1H, 2026-05-01T10:15:00Z, 2026-05-01T09:30:00Z, 2026-05-01T10:30:00Z",
        "Europe/Berlin, PT6H, 2026-03-29T02:30:00Z, 2026-03-28T23:00:00Z, 2026-03-29T04:00:00Z",
        // What the clocks pass over begins with what comes next.
        "Europe/Berlin, PT2H, 2026-03-29T01:10:00Z, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
        // What they show twice is one window.
        "Europe/Berlin, PT1H, 2026-10-25T01:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T02:00:00Z",
        // A midnight that was not there.
        "America/Sao_Paulo, P1D, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
        "Europe/Berlin, PT5M, 2026-10-25T01:33:00Z, 2026-10-25T01:30:00Z, 2026-10-25T01:35:00Z",
        "UTC, P1D, 2026-10-25T01:30:00Z, 2026-10-25T00:00:00Z, 2026-10-26T00:00:00Z",
        "UTC, PT7S, 1969-12-31T23:59:59Z, 1969-12-31T23:59:53Z, 1970-01-01T00:00:00Z"
    })
    void beginAndEndByTheClocksOfTheirZone(
            String zone, String length, String time, String start, String end) {
        Windows windows = new Windows(millis(length), millis(length), ZoneId.of(zone));
        long pane = windows.paneOf(at(time));

        assertThat(Instant.ofEpochMilli(pane)).hasToString(start);
        assertThat(Instant.ofEpochMilli(windows.end(pane))).hasToString(end);
        assertThat(windows.paneEnd(pane)).isEqualTo(windows.end(pane));
        assertThat(windows.start(pane, 0)).isEqualTo(pane);
        assertThat(windows.perPane()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Asia/Kolkata",
                "America/Sao_Paulo",
                "Pacific/Apia",
                "+05:45"
            })
    void cutTimeIntoPanesThatTouch(String name) {
        ZoneId zone = ZoneId.of(name);
        long[] lengths = {
            1_000, 60_000, 900_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000, 172_800_000
        };
        SplittableRandom random = new SplittableRandom(20260617);
        for (int i = 0; i < 20_000; i++) {
            long slide = lengths[random.nextInt(lengths.length)];
            int many = 1 + random.nextInt(3);
            Windows windows = new Windows(many * slide, slide, zone);
            long time = random.nextLong(at("2008-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
            String what = name + " " + slide + " " + Instant.ofEpochMilli(time);
            long pane = windows.paneOf(time);
            long end = windows.paneEnd(pane);

            assertThat(time).as(what).isBetween(pane, end - 1);
            assertThat(windows.paneOf(pane)).as(what).isEqualTo(pane);
            assertThat(windows.paneOf(end)).as(what).isEqualTo(end);
            assertThat(windows.paneOf(end - 1)).as(what).isEqualTo(pane);
            assertThat(windows.perPane()).isEqualTo(many);
            long lastEnd = windows.end(windows.lastEnded(time));
            assertThat(lastEnd).as(what).isLessThanOrEqualTo(time);
            for (int back = 0; back < many; back++) {
                long start = windows.start(pane, back);
                assertThat(pane).as(what).isBetween(start, windows.end(start) - 1);
                assertThat(windows.end(start)).as(what).isGreaterThanOrEqualTo(end);
            }
            long earlier = pane;
            for (int panes = 0; panes < many + 2; panes++) {
                for (int back = 0; back < many; back++) {
                    long other = windows.end(windows.start(earlier, back));
                    assertThat(other > lastEnd && other <= time).as(what).isFalse();
                }
                earlier = windows.paneOf(earlier - 1);
            }
        }
    }

    @Test
    void daysBeginAtMidnight() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Windows days = new Windows(millis("P1D"), millis("P1D"), berlin);
        long day = days.paneOf(at("2026-01-01T12:00:00Z"));
        for (int i = 0; i < 365; i++) {
            ZonedDateTime begin = Instant.ofEpochMilli(day).atZone(berlin);
            assertThat(begin.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
            assertThat(begin.getDayOfYear()).isEqualTo(i + 1);
            day = days.paneEnd(day);
        }
    }

    @Test
    void overlapWhereTheySlide() {
        Windows windows = new Windows(60_000, 20_000, ZoneOffset.UTC);
        long pane = windows.paneOf(at("2026-05-01T10:00:25Z"));
        List<String> starts = new ArrayList<>();
        for (int back = 0; back < windows.perPane(); back++) {
            starts.add(Instant.ofEpochMilli(windows.start(pane, back)).toString());
        }

        assertThat(starts)
                .containsExactly(
                        "2026-05-01T10:00:20Z", "2026-05-01T10:00:00Z", "2026-05-01T09:59:40Z");
    }

    @Test
    void sayWhichOfThemEndedLast() {
        Windows tumbling = Windows.tumbling(60_000);
        assertThat(tumbling.lastEnded(at("2026-05-01T10:01:00Z")))
                .isEqualTo(at("2026-05-01T10:00:00Z"));
        assertThat(tumbling.lastEnded(at("2026-05-01T10:00:59.999Z")))
                .isEqualTo(at("2026-05-01T09:59:00Z"));
        Windows sliding = new Windows(60_000, 20_000, ZoneOffset.UTC);
        assertThat(sliding.lastEnded(at("2026-05-01T10:00:25Z")))
                .isEqualTo(at("2026-05-01T09:59:20Z"));
        Windows days = new Windows(millis("P1D"), millis("P1D"), ZoneId.of("Europe/Berlin"));
        assertThat(days.lastEnded(at("2026-03-29T22:00:00Z")))
                .isEqualTo(at("2026-03-28T23:00:00Z"));
    }

    @Test
    void sayWhatTheyCannotBe() {
        assertThat(Windows.areOf(60_000, 20_000)).isTrue();
        assertThat(Windows.areOf(60_000, 25_000)).isFalse();
        assertThat(Windows.areOf(20_000, 60_000)).isFalse();
        assertThat(Windows.areOf(60_000, 0)).isFalse();
        assertThat(Windows.areOf(1_001_000, 1_000)).isFalse();
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(Windows.fit(berlin, millis("PT7H"))).isFalse();
        assertThat(Windows.fit(ZoneId.of("Etc/UTC"), millis("PT7H"))).isTrue();
        assertThat(Windows.fit(berlin, millis("PT8H"))).isTrue();
        assertThat(Windows.fit(berlin, millis("P3D"))).isTrue();
        assertThat(Windows.fit(berlin, millis("PT7M"))).isTrue();
    }

    @Test
    void namesOfOperatorsStayWhereNothingIsNew() {
        assertThat(Windows.tumbling(60_000)).hasToString("60000");
        assertThat(Windows.ALL).hasToString("0");
        assertThat(new Windows(60_000, 60_000, ZoneId.of("Europe/Berlin"))).hasToString("60000");
        assertThat(new Windows(60_000, 20_000, ZoneOffset.UTC)).hasToString("60000/20000");
        assertThat(new Windows(86_400_000, 86_400_000, ZoneId.of("Europe/Berlin")))
                .hasToString("86400000 Europe/Berlin");
    }
}
