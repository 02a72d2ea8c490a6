package org.asntally.sources.text;

import java.time.ZoneId;

/**
 * Reads a time however programs write it: RFC 3339 and ISO 8601 (a blank for the T, any fraction,
 * no zone or any), a number since 1970 (with a fraction or not; seconds, or by its size milli-,
 * micro- or nanoseconds), or as in common logs. Allocates nothing, never throws; one per thread.
 */
public final class AnyTime {
    private static final long DAY = 86_400;

    /** Numbers below are seconds up to the year 5138, then milliseconds, and so on. */
    private static final long SECONDS = 100_000_000_000L;

    private static final int MOST_DIGITS = 18;

    private final TimeReader common;
    private final ZoneClock zone;
    private final PythonFloat number = new PythonFloat();
    private long lastDate = -1;
    private long lastDay;
    private long millis;
    private int end;

    /** A reader; {@code zone} is that of stamps that name none. */
    public AnyTime(ZoneId zone) {
        this.zone = new ZoneClock(zone);
        this.common = new TimeReader(TimePattern.COMMON, zone);
    }

    /** The moment that was read last, milliseconds since 1970. */
    public long millis() {
        return millis;
    }

    /** Where the stamp ended that was read last by {@link #readIso}. */
    int end() {
        return end;
    }

    /** Reads all of {@code text[from, to)}; false when that is no time. */
    public boolean read(byte[] text, int from, int to) {
        if (to - from >= 19 && text[from + 4] == '-') {
            return readIso(text, from, to) && end == to;
        }
        if (to - from >= 20 && text[from] == '[' && text[to - 1] == ']') {
            return common.read(text, from + 1, to - 1) && common(to - 1);
        }
        if (to - from >= 20 && text[from + 2] == '/') {
            return common.read(text, from, to) && common(to);
        }
        return readNumber(text, from, to);
    }

    private boolean common(int to) {
        millis = common.millis();
        return common.end() == to;
    }

    /** Reads the ISO stamp that begins at {@code from}; false when there is none. */
    boolean readIso(byte[] text, int from, int to) {
        if (to - from < 19
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || !(text[from + 10] == 'T' || text[from + 10] == ' ' || text[from + 10] == 't')
                || text[from + 13] != ':'
                || text[from + 16] != ':') {
            return false;
        }
        int year = TimeReader.digits(text, from, 4);
        int month = TimeReader.digits(text, from + 5, 2);
        int day = TimeReader.digits(text, from + 8, 2);
        int hour = TimeReader.digits(text, from + 11, 2);
        int minute = TimeReader.digits(text, from + 14, 2);
        int second = TimeReader.digits(text, from + 17, 2);
        if ((year | month | day | hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 60) {
            return false;
        }
        long date = (year * 100L + month) * 100 + day;
        if (date != lastDate) {
            long found = ZoneClock.epochDay(year, month, day);
            if (found == Long.MIN_VALUE) {
                return false;
            }
            lastDate = date;
            lastDay = found;
        }
        long local = lastDay * DAY + hour * 3600L + minute * 60L + second;
        int at = from + 19;
        int fraction = 0;
        if (at + 1 < to && (text[at] == '.' || text[at] == ',') && isDigit(text[at + 1])) {
            int scale = 100;
            for (at++; at < to && isDigit(text[at]); at++, scale /= 10) {
                fraction += (text[at] - '0') * scale;
            }
        }
        return zone(text, at, to, local, fraction);
    }

    private boolean zone(byte[] text, int from, int to, long local, int fraction) {
        int at = from;
        if (at + 1 < to && text[at] == ' ' && (text[at + 1] == '+' || text[at + 1] == '-')) {
            at++;
        }
        if (at < to && (text[at] == 'Z' || text[at] == 'z')) {
            end = at + 1;
            millis = local * 1000 + fraction;
            return true;
        }
        if (to - at < 3 || !(text[at] == '+' || text[at] == '-')) {
            end = from;
            millis = zone.toUtc(local) * 1000 + fraction;
            return true;
        }
        int hours = TimeReader.digits(text, at + 1, 2);
        int minutes = 0;
        int next = at + 3;
        if (to - next >= 3 && text[next] == ':') {
            minutes = TimeReader.digits(text, next + 1, 2);
            next += 3;
        } else if (to - next >= 2 && isDigit(text[next])) {
            minutes = TimeReader.digits(text, next, 2);
            next += 2;
        }
        if (hours < 0 || hours > 23 || minutes < 0) {
            return false;
        }
        long offset = (hours * 60L + minutes) * (text[at] == '-' ? -60 : 60);
        end = next;
        millis = (local - offset) * 1000 + fraction;
        return true;
    }

    private boolean readNumber(byte[] text, int from, int to) {
        long whole = 0;
        int at = from;
        while (at < to && isDigit(text[at]) && at - from < MOST_DIGITS + 1) {
            if (at - from == MOST_DIGITS && whole > Long.MAX_VALUE / 10 - 1) {
                return false;
            }
            whole = whole * 10 + (text[at++] - '0');
        }
        if (at == from) {
            return false;
        }
        int fraction = 0;
        if (at < to && text[at] == '.') {
            int scale = 100;
            for (at++; at < to && isDigit(text[at]); at++, scale /= 10) {
                fraction += (text[at] - '0') * scale;
            }
        }
        if (at < to) {
            // An exponent, which is rare.
            if (!number.parse(text, from, to) || !(number.value() >= 0 && number.value() < 1e18)) {
                return false;
            }
            whole = (long) number.value();
            fraction = (int) ((number.value() - whole) * 1000);
        }
        if (whole < SECONDS) {
            millis = whole * 1000 + fraction;
        } else if (whole < SECONDS * 1000) {
            millis = whole;
        } else if (whole < SECONDS * 1000_000) {
            millis = whole / 1000;
        } else {
            millis = whole / 1000_000;
        }
        return true;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
