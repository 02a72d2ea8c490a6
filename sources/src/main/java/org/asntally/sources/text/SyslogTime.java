package org.asntally.sources.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stamps of syslog and journald. {@code Nov 28 13:00:00} tells no year: the first one
 * belongs to the latest year in which it is not more than a day after the input's date (or the day
 * of reading), each later one to the year in which it is nearest to the one before. One per reader.
 */
final class SyslogTime {
    private static final long DAY = 86_400;

    private final AnyTime iso;
    private final ZoneClock clock;
    private final ZoneId zone;
    private final @Nullable LocalDate date;
    private long lastDay = Long.MIN_VALUE;
    private long millis;

    SyslogTime(ReaderOptions options) {
        iso = new AnyTime(options.zone());
        clock = new ZoneClock(options.zone());
        zone = options.zone();
        date = options.date();
    }

    /** The moment that was read last. */
    long millis() {
        return millis;
    }

    /** Reads all of {@code text[from, to)}; false when that is no stamp. */
    boolean read(byte[] text, int from, int to) {
        int month = to - from >= 15 ? TimeReader.month(text, from) : -1;
        if (month < 0 || text[from + 3] != ' ' || text[from + 6] != ' ') {
            // The name of the day is of no interest.
            int start = to - from > 4 && text[from + 3] == ' ' ? from + 4 : from;
            boolean read = start > from ? iso.readIso(text, start, to) : iso.read(text, from, to);
            millis = iso.millis();
            return read;
        }
        int day =
                text[from + 4] == ' '
                        ? TimeReader.digits(text, from + 5, 1)
                        : TimeReader.digits(text, from + 4, 2);
        int hour = TimeReader.digits(text, from + 7, 2);
        int minute = TimeReader.digits(text, from + 10, 2);
        int second = TimeReader.digits(text, from + 13, 2);
        if (day < 1 || (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 60) {
            return false;
        }
        long days = epochDay(month, day);
        if (days == Long.MIN_VALUE) {
            return false;
        }
        lastDay = days;
        int fraction = 0;
        if (to - from > 16 && text[from + 15] == '.') {
            int scale = 100;
            for (int at = from + 16; at < to; at++, scale /= 10) {
                fraction += (text[at] - '0') * scale;
            }
        }
        long local = days * DAY + hour * 3600L + minute * 60L + second;
        millis = clock.toUtc(local) * 1000 + fraction;
        return true;
    }

    private long epochDay(int month, int day) {
        if (lastDay != Long.MIN_VALUE) {
            return nearest(month, day, lastDay);
        }
        long reference =
                Objects.requireNonNullElseGet(date, () -> LocalDate.ofInstant(now(), zone))
                        .toEpochDay();
        int year = LocalDate.ofEpochDay(reference + 1).getYear();
        // Of four years one has a 29th of February, of eight as a rule.
        for (int back = 0; back < 8; back++) {
            long days = ZoneClock.epochDay(year - back, month, day);
            if (days != Long.MIN_VALUE && days <= reference + 1) {
                return days;
            }
        }
        return Long.MIN_VALUE;
    }

    private static long nearest(int month, int day, long to) {
        int year = LocalDate.ofEpochDay(to).getYear();
        long best = Long.MIN_VALUE;
        for (int next = year - 1; next <= year + 1; next++) {
            long days = ZoneClock.epochDay(next, month, day);
            if (days != Long.MIN_VALUE
                    && (best == Long.MIN_VALUE || Math.abs(days - to) < Math.abs(best - to))) {
                best = days;
            }
        }
        return best;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
