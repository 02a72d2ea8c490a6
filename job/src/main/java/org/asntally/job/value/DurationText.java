package org.asntally.job.value;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 500ms}, {@code 90s}, {@code 5m}, {@code 1h}, {@code 7d}.
 */
public final class DurationText {

    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};

    /** A century. */
    private static final long MOST = 3_155_760_000_000L;

    private DurationText() {}

    /** The duration of a text, or null when it is none, is 0, or is longer than a century. */
    public static @Nullable Duration parse(String text) {
        Duration duration = parseOrZero(text);
        return duration == null || duration.isZero() ? null : duration;
    }

    /** The same where nothing at all, {@code 0} or {@code 0s}, is a duration too. */
    public static @Nullable Duration parseOrZero(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            return null;
        }
        long number = Long.parseLong(text.substring(0, digits));
        String unit = text.substring(digits);
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return number > MOST / MILLIS[i] ? null : Duration.ofMillis(number * MILLIS[i]);
            }
        }
        return null;
    }

    /** The shortest text that is read as this duration, which is whole milliseconds. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        for (int i = 0; i < UNITS.length; i++) {
            if (millis != 0 && millis % MILLIS[i] == 0) {
                return millis / MILLIS[i] + UNITS[i];
            }
        }
        return "0s";
    }
}
