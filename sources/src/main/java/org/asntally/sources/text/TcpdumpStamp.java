package org.asntally.sources.text;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The stamps that tcpdump begins its lines with.
 *
 * <pre>
 * 12:00:01.000000                 time of day; a step back by more than 12 hours is midnight
 * 1798196400.123456     -tt       seconds since 1970
 *  00:00:00.000012      -ttt      since the packet before; a blank or a minus comes first
 * 2026-12-25 12:00:01.000000      -tttt
 *  00:00:01.000000      -ttttt    since the first packet
 * </pre>
 *
 * <p>Intervals tell no date: they count from the start of the input's day. {@code -ttt} and {@code
 * -ttttt} look alike until a value goes down, which only {@code -ttt} has.
 */
final class TcpdumpStamp {
    private static final long DAY = 86_400_000;
    private static final long HALF_DAY = DAY / 2;

    private final ZoneClock zone;
    private long day;
    private long lastTimeOfDay = -1;
    private long lastInterval;
    private long sumOfIntervals;
    private boolean intervalsAreSteps;

    private boolean found;
    private boolean readable;
    private long millis;
    private int wireLength;
    private int cursor;

    TcpdumpStamp(ReaderOptions options) {
        ZoneId id = options.zone();
        zone = new ZoneClock(id);
        LocalDate date = options.date();
        day = (date != null ? date : LocalDate.now(id)).toEpochDay();
    }

    /** Whether the line that was read last has a stamp. */
    boolean found() {
        return found;
    }

    /** Whether that stamp is a possible time. */
    boolean readable() {
        return readable;
    }

    /** The moment of the line that was read last. */
    long millis() {
        return millis;
    }

    /** The packet's length, where {@code --lengths} printed it before the stamp; else -1. */
    int wireLength() {
        return wireLength;
    }

    /** Reads the stamp of a line, and what {@code -#} and {@code --lengths} put before it. */
    int skip(byte[] text, int from, int to) {
        found = false;
        readable = false;
        wireLength = -1;
        int at = skipNumber(text, skipLengths(text, from, to), to);
        at = skipLengths(text, at, to);
        int start = at;
        boolean interval = false;
        boolean negative = false;
        if (at < to && (text[at] == ' ' || text[at] == '-')) {
            interval = true;
            negative = text[at] == '-';
            at++;
        }
        int digits = digits(text, at, to);
        if (digits == 4 && !interval && at + 11 < to && text[at + 4] == '-') {
            return date(text, at, to);
        }
        if (digits >= 2 && digits < 9 && at + digits < to && text[at + digits] == ':') {
            if (!clock(text, at, digits, to)) {
                return start;
            }
            found = true;
            if (interval) {
                addInterval(negative ? -millis : millis);
            } else {
                tellTimeOfDay();
            }
            return cursor;
        }
        if (digits >= 1
                && digits < 12
                && !interval
                && at + digits < to
                && text[at + digits] == '.') {
            long seconds = LogText.wholeNumber(text, at, at + digits);
            int fraction = fraction(text, at + digits, to);
            if (cursor < to && text[cursor] != ' ') {
                return start;
            }
            found = true;
            readable = true;
            millis = seconds * 1000 + fraction;
            return cursor;
        }
        return start;
    }

    /** {@code 2026-12-25 12:00:01.000000}. */
    private int date(byte[] text, int at, int to) {
        int year = TimeReader.digits(text, at, 4);
        int month = TimeReader.digits(text, at + 5, 2);
        int dayOfMonth = TimeReader.digits(text, at + 8, 2);
        if (text[at + 7] != '-'
                || text[at + 10] != ' '
                || digits(text, at + 11, to) != 2
                || !clock(text, at + 11, 2, to)) {
            return at;
        }
        found = true;
        long date = ZoneClock.epochDay(year, month, dayOfMonth);
        readable &= date != Long.MIN_VALUE && millis < DAY;
        if (readable) {
            millis = zoned(date, millis);
        }
        return cursor;
    }

    /**
     * Hours, minutes, seconds and their fraction as milliseconds; false where the shape is wrong.
     */
    private boolean clock(byte[] text, int at, int hourDigits, int to) {
        int colon = at + hourDigits;
        if (to - colon < 6 || text[colon + 3] != ':') {
            return false;
        }
        long hours = LogText.wholeNumber(text, at, colon);
        int minutes = TimeReader.digits(text, colon + 1, 2);
        int seconds = TimeReader.digits(text, colon + 4, 2);
        int fraction = fraction(text, colon + 6, to);
        if (minutes < 0 || seconds < 0 || (cursor < to && text[cursor] != ' ')) {
            return false;
        }
        readable = minutes < 60 && seconds <= 60;
        millis = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
        return true;
    }

    private void tellTimeOfDay() {
        // A leap second at the end of the day.
        readable &= millis < DAY + 1000;
        if (!readable) {
            return;
        }
        if (lastTimeOfDay - millis > HALF_DAY) {
            day++;
        }
        lastTimeOfDay = millis;
        millis = zoned(day, millis);
    }

    private void addInterval(long interval) {
        sumOfIntervals += interval;
        intervalsAreSteps |= interval < lastInterval;
        lastInterval = interval;
        millis = zoned(day, intervalsAreSteps ? sumOfIntervals : interval);
    }

    private long zoned(long epochDay, long millisOfDay) {
        long seconds = epochDay * 86_400 + Math.floorDiv(millisOfDay, 1000L);
        return zone.toUtc(seconds) * 1000 + Math.floorMod(millisOfDay, 1000L);
    }

    /** Thousandths of the digits behind a point, if there is one; leaves the cursor behind them. */
    private int fraction(byte[] text, int at, int to) {
        cursor = at;
        int fraction = 0;
        if (at < to && text[at] == '.') {
            int scale = 100;
            int i = at + 1;
            for (; i < to && text[i] >= '0' && text[i] <= '9'; i++, scale /= 10) {
                fraction += (text[i] - '0') * scale;
            }
            cursor = i;
        }
        return fraction;
    }

    /** The packet's number: digits, two blanks behind them. */
    private static int skipNumber(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] == ' ') {
            at++;
        }
        int behind = at + digits(text, at, to);
        boolean number =
                behind > at && behind + 1 < to && text[behind] == ' ' && text[behind + 1] == ' ';
        return number ? behind + 2 : from;
    }

    /** {@code caplen 98 len 98}, with a blank behind it. */
    private int skipLengths(byte[] text, int from, int to) {
        if (!LogText.standsAt(text, from, to, CAPLEN)) {
            return from;
        }
        int at = from + CAPLEN.length;
        at += digits(text, at, to);
        if (!LogText.standsAt(text, at, to, LEN)) {
            return from;
        }
        at += LEN.length;
        int digits = digits(text, at, to);
        if (digits == 0 || digits > 9 || at + digits >= to) {
            return from;
        }
        wireLength = TimeReader.digits(text, at, digits);
        return at + digits + 1;
    }

    private static final byte[] CAPLEN = {'c', 'a', 'p', 'l', 'e', 'n', ' '};
    private static final byte[] LEN = {' ', 'l', 'e', 'n', ' '};

    /** Whether an indented line begins a packet all the same: with a number or an interval. */
    static boolean beginsPacket(byte[] text, int from, int to) {
        int digits = digits(text, from + 1, to);
        int colon = from + 1 + digits;
        return (digits >= 2 && colon < to && text[colon] == ':' && isClock(text, colon, to))
                || skipNumber(text, from, to) != from;
    }

    private static boolean isClock(byte[] text, int colon, int to) {
        return to - colon >= 6
                && text[colon + 3] == ':'
                && TimeReader.digits(text, colon + 1, 2) >= 0
                && TimeReader.digits(text, colon + 4, 2) >= 0;
    }

    private static int digits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at - from;
    }
}
