package org.asntally.job.local;

import java.time.Duration;

/** Durations as people read them. */
public final class Durations {

    private Durations() {}

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

    /** How long ago, for people: {@code 2.1 s ago}, {@code 3 min 20 s ago}, {@code 5 days ago}. */
    public static String ago(Duration duration) {
        return (duration.toHours() < 48 ? text(duration) : age(duration)) + " ago";
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
