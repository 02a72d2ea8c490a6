package org.asntally.sources.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Turns local time into moments without allocating, but for once in a quarter of an hour of the
 * input's time.
 *
 * <p>Where a zone's clock is set back, an hour happens twice: of the two moments the one that is
 * nearer to the moment before, so that the lines of a log stay in order; the earlier one when there
 * was none.
 */
final class ZoneClock {
    private static final long QUARTER = 15 * 60;

    private final ZoneId zone;

    /** Where the clock is never changed. */
    private final @Nullable ZoneOffset fixed;

    private long quarter = Long.MIN_VALUE;
    private long offset;

    /** The offset of the second time that this quarter happens; the same where it happens once. */
    private long offsetAgain;

    private boolean any;
    private long last;

    ZoneClock(ZoneId zone) {
        this.zone = zone;
        ZoneRules rules = zone.getRules();
        fixed = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH) : null;
    }

    /** The moment, in seconds since 1970 UTC, when clocks of the zone show these seconds. */
    long toUtc(long localSeconds) {
        long now = Math.floorDiv(localSeconds, QUARTER);
        if (now != quarter) {
            enter(now, localSeconds);
        }
        long utc = localSeconds - offset;
        if (offset != offsetAgain && any) {
            long again = localSeconds - offsetAgain;
            utc = Math.abs(again - last) < Math.abs(utc - last) ? again : utc;
        }
        any = true;
        last = utc;
        return utc;
    }

    private void enter(long now, long localSeconds) {
        quarter = now;
        if (fixed != null) {
            offset = fixed.getTotalSeconds();
            offsetAgain = offset;
            return;
        }
        // No zone changes its clock within a quarter of an hour of local time.
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        offset = zone.getRules().getOffset(local).getTotalSeconds();
        offsetAgain =
                change != null && change.isOverlap()
                        ? change.getOffsetAfter().getTotalSeconds()
                        : offset;
    }

    /** Days since 1970 of a date of the Gregorian calendar, or {@link Long#MIN_VALUE}. */
    static long epochDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > length(year, month)) {
            return Long.MIN_VALUE;
        }
        // Years that begin in March: the leap day comes last.
        int y = month > 2 ? year : year - 1;
        int m = month > 2 ? month - 3 : month + 9;
        return 365L * y
                + Math.floorDiv(y, 4)
                - Math.floorDiv(y, 100)
                + Math.floorDiv(y, 400)
                + (153 * m + 2) / 5
                + (day - 1)
                - 719468;
    }

    private static int length(int year, int month) {
        return switch (month) {
            case 2 -> (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }
}
