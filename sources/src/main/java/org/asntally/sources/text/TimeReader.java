package org.asntally.sources.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.ZoneId;

/** Reads stamps of one pattern. Remembers the last one: in a log most lines repeat it. */
final class TimeReader {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long DAY = 86_400;

    /** The largest count of seconds that is taken: some thousand years. */
    private static final long MAX_SECONDS = 1L << 38;

    private final TimePattern.Part[] parts;
    private final int length;
    private final ZoneClock zone;
    private final byte[] last;
    private boolean anyLast;
    private long lastMillis;
    private int lastEnd;

    private int end;
    private long millis;
    private int year;
    private int month;
    private int day;
    private int dayOfYear;
    private int hour;
    private boolean afternoon;
    private boolean halfDays;
    private int minute;
    private int second;
    private int fraction;
    private long epochSeconds;
    private boolean epoch;
    private int offset;
    private boolean hasOffset;

    TimeReader(TimePattern pattern, ZoneId zone) {
        parts = pattern.parts().toArray(TimePattern.Part[]::new);
        length = pattern.length();
        last = new byte[Math.max(0, length)];
        this.zone = new ZoneClock(zone);
    }

    /** The moment that was read last. */
    long millis() {
        return millis;
    }

    /** Where the stamp that was read last ends. */
    int end() {
        return end;
    }

    /** Reads the stamp that begins at {@code from}; false when there is none. */
    boolean read(byte[] text, int from, int to) {
        if (length >= 0) {
            if (to - from < length) {
                return false;
            }
            if (anyLast && same(text, from)) {
                millis = lastMillis;
                end = from + length;
                return true;
            }
        }
        if (!parse(text, from, to)) {
            return false;
        }
        if (length >= 0) {
            System.arraycopy(text, from, last, 0, length);
            lastMillis = millis;
            anyLast = true;
        }
        return true;
    }

    private boolean same(byte[] text, int from) {
        int n = length;
        if (n < 8) {
            for (int i = 0; i < n; i++) {
                if (text[from + i] != last[i]) {
                    return false;
                }
            }
            return true;
        }
        // The last step may cover bytes a second time.
        long differences = (long) LONG.get(text, from + n - 8) ^ (long) LONG.get(last, n - 8);
        for (int i = 0; i < n - 8; i += 8) {
            differences |= (long) LONG.get(text, from + i) ^ (long) LONG.get(last, i);
        }
        return differences == 0;
    }

    private boolean parse(byte[] text, int from, int to) {
        year = 0;
        month = 1;
        day = 1;
        dayOfYear = 0;
        hour = 0;
        minute = 0;
        second = 0;
        fraction = 0;
        afternoon = false;
        halfDays = false;
        epoch = false;
        hasOffset = false;
        lastEnd = from;
        for (TimePattern.Part part : parts) {
            if (!part(part, text, to)) {
                return false;
            }
        }
        end = lastEnd;
        return assemble();
    }

    private boolean part(TimePattern.Part part, byte[] text, int to) {
        int at = lastEnd;
        int fixed = part.kind().length;
        if (fixed > 0) {
            if (to - at < fixed) {
                return false;
            }
            lastEnd = at + fixed;
        }
        switch (part.kind()) {
            case LITERAL -> {
                return text[at] == part.literal();
            }
            case YEAR -> {
                year = digits(text, at, 4);
                return year >= 0;
            }
            case SHORT_YEAR -> {
                year = digits(text, at, 2);
                year += year < 69 ? 2000 : 1900;
                return year != 1899;
            }
            case MONTH -> {
                month = digits(text, at, 2);
                return month > 0;
            }
            case MONTH_NAME -> {
                month = month(text, at);
                return month > 0;
            }
            case DAY -> {
                day = text[at] == ' ' ? digits(text, at + 1, 1) : digits(text, at, 2);
                return day > 0;
            }
            case DAY_OF_YEAR -> {
                dayOfYear = digits(text, at, 3);
                return dayOfYear > 0 && dayOfYear <= 366;
            }
            case HOUR -> {
                hour = text[at] == ' ' ? digits(text, at + 1, 1) : digits(text, at, 2);
                return hour >= 0 && hour < 24;
            }
            case HALF_DAY_HOUR -> {
                hour = text[at] == ' ' ? digits(text, at + 1, 1) : digits(text, at, 2);
                halfDays = true;
                return hour >= 1 && hour <= 12;
            }
            case AM_PM -> {
                afternoon = (text[at] | 0x20) == 'p';
                return afternoon || (text[at] | 0x20) == 'a';
            }
            case MINUTE -> {
                minute = digits(text, at, 2);
                return minute >= 0 && minute < 60;
            }
            case SECOND -> {
                second = digits(text, at, 2);
                // A leap second.
                return second >= 0 && second <= 60;
            }
            case MILLIS -> {
                fraction = digits(text, at, 3);
                return fraction >= 0;
            }
            case MICROS -> {
                fraction = digits(text, at, 6) / 1000;
                return fraction >= 0 && digits(text, at, 6) >= 0;
            }
            case ZONE -> {
                return zone(text, at, at + 5);
            }
            case ISO_ZONE -> {
                return text[at + 3] == ':' && zone(text, at, at + 6);
            }
            case ZONE_NAME -> {
                return zoneName(text, at, to);
            }
            case NAME -> {
                return true;
            }
            case EPOCH_SECONDS -> {
                return epochSeconds(text, at, to, false);
            }
            case EPOCH_FRACTION -> {
                return epochSeconds(text, at, to, true);
            }
            case EPOCH_MILLIS -> {
                return epochCount(text, at, to, 1);
            }
            case EPOCH_MICROS -> {
                return epochCount(text, at, to, 1000);
            }
        }
        return false;
    }

    private boolean assemble() {
        if (epoch) {
            millis = epochSeconds * 1000 + fraction;
            return true;
        }
        long days =
                dayOfYear > 0
                        ? ZoneClock.epochDay(year, 1, 1) + dayOfYear - 1
                        : ZoneClock.epochDay(year, month, day);
        if (days == Long.MIN_VALUE) {
            return false;
        }
        int hours = halfDays ? hour % 12 + (afternoon ? 12 : 0) : hour;
        long local = days * DAY + hours * 3600L + minute * 60L + second;
        long utc = hasOffset ? local - offset : zone.toUtc(local);
        millis = utc * 1000 + fraction;
        return true;
    }

    /** So many digits as a number, or -1. */
    static int digits(byte[] text, int at, int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            int digit = text[at + i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The number of the month whose short English name begins there, or -1. */
    static int month(byte[] text, int at) {
        int name = ((text[at] | 0x20) << 16) | ((text[at + 1] | 0x20) << 8) | (text[at + 2] | 0x20);
        return switch (name) {
            case ('j' << 16) | ('a' << 8) | 'n' -> 1;
            case ('f' << 16) | ('e' << 8) | 'b' -> 2;
            case ('m' << 16) | ('a' << 8) | 'r' -> 3;
            case ('a' << 16) | ('p' << 8) | 'r' -> 4;
            case ('m' << 16) | ('a' << 8) | 'y' -> 5;
            case ('j' << 16) | ('u' << 8) | 'n' -> 6;
            case ('j' << 16) | ('u' << 8) | 'l' -> 7;
            case ('a' << 16) | ('u' << 8) | 'g' -> 8;
            case ('s' << 16) | ('e' << 8) | 'p' -> 9;
            case ('o' << 16) | ('c' << 8) | 't' -> 10;
            case ('n' << 16) | ('o' << 8) | 'v' -> 11;
            case ('d' << 16) | ('e' << 8) | 'c' -> 12;
            default -> -1;
        };
    }

    /** {@code +0100} or {@code +01:00}. */
    private boolean zone(byte[] text, int at, int to) {
        int sign = text[at];
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, to - 2, 2);
        offset = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
        hasOffset = true;
        return (sign == '+' || sign == '-') && hours >= 0 && minutes >= 0 && hours < 24;
    }

    /** {@code UTC} and {@code GMT} are known; any other name stands for the reader's zone. */
    private boolean zoneName(byte[] text, int at, int to) {
        int i = at;
        while (i < to && (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z') {
            i++;
        }
        lastEnd = i;
        if (i - at == 3 && ((text[at] == 'U' && text[at + 1] == 'T') || text[at] == 'G')) {
            offset = 0;
            hasOffset = true;
        }
        return i > at;
    }

    private boolean epochSeconds(byte[] text, int at, int to, boolean parts) {
        int i = whole(text, at, to);
        if (i == at || epochSeconds > MAX_SECONDS) {
            return false;
        }
        epoch = true;
        if (parts && i < to - 1 && text[i] == '.' && text[i + 1] >= '0' && text[i + 1] <= '9') {
            int scale = 100;
            for (i++; i < to && text[i] >= '0' && text[i] <= '9'; i++, scale /= 10) {
                fraction += (text[i] - '0') * scale;
            }
        }
        lastEnd = i;
        return true;
    }

    private boolean epochCount(byte[] text, int at, int to, int perMilli) {
        int i = whole(text, at, to);
        if (i == at || epochSeconds / 1000 / perMilli > MAX_SECONDS) {
            return false;
        }
        long count = epochSeconds / perMilli;
        epochSeconds = count / 1000;
        fraction = (int) (count % 1000);
        epoch = true;
        lastEnd = i;
        return true;
    }

    private int whole(byte[] text, int at, int to) {
        long number = 0;
        int i = at;
        for (; i < to && i < at + 18 && text[i] >= '0' && text[i] <= '9'; i++) {
            number = number * 10 + (text[i] - '0');
        }
        epochSeconds = number;
        return i;
    }
}
