package org.asntally.job.local;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 500ms}, {@code 90s}, {@code 5m}, {@code 1h}, {@code 7d}.
 */
public final class Durations {

    private Durations() {}

    /** The duration of a text, or null when it is none, is 0, or is longer than a century. */
    public static @Nullable Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            return null;
        }
        long number = Long.parseLong(text.substring(0, digits));
        long millis =
                switch (text.substring(digits)) {
                    case "ms" -> 1L;
                    case "s" -> 1_000L;
                    case "m" -> 60_000L;
                    case "h" -> 3_600_000L;
                    case "d" -> 86_400_000L;
                    default -> 0L;
                };
        if (millis == 0 || number == 0 || number > 3_155_760_000_000L / millis) {
            return null;
        }
        return Duration.ofMillis(number * millis);
    }

    /** A time taken, for people: {@code 0.4 s}, {@code 3 min 20 s}. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            long tenths = (duration.toMillis() + 50) / 100;
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    /** An age, for people: {@code 3 hours}, {@code 1 day}. */
    public static String age(Duration duration) {
        long minutes = Math.max(0, duration.toMinutes());
        return minutes < 60
                ? many(minutes, "minute")
                : minutes < 48 * 60 ? many(minutes / 60, "hour") : many(minutes / 1440, "day");
    }

    private static String many(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
