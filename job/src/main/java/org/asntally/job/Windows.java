package org.asntally.job;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * Which windows of event time a flow is in. Time is cut into panes as long as a slide; a window is
 * so many panes in a row, so that flows are added up once however many windows they are in.
 *
 * <p>Windows of an hour and more begin at multiples of their slide since midnight on the clocks of
 * their zone. So a day has 23 hours or 25 twice a year, and what the clocks pass over or show twice
 * belongs to the window that is around it. Shorter windows begin by UTC, which is the same in all
 * zones as far as minutes go.
 *
 * @param lengthMillis how long a window is; 0: one window over all input
 * @param slideMillis how far the next begins behind it; the same where windows do not overlap
 * @param zone whose midnights they begin at
 */
public record Windows(long lengthMillis, long slideMillis, ZoneId zone) implements Serializable {

    /** One window over all input. */
    public static final Windows ALL = new Windows(0, 0, ZoneOffset.UTC);

    /** A flow is in no more windows than this. */
    public static final int MOST = 1_000;

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    /** Windows that do not overlap and begin by UTC; 0: one over all input. */
    public static Windows tumbling(long lengthMillis) {
        return new Windows(lengthMillis, lengthMillis, ZoneOffset.UTC);
    }

    /** Whether a window is so many slides long, and not too many. */
    public static boolean areOf(long lengthMillis, long slideMillis) {
        return slideMillis > 0
                && lengthMillis % slideMillis == 0
                && lengthMillis / slideMillis <= MOST;
    }

    /** Whether such windows can begin by a zone's clocks: they divide a day, or are days. */
    public static boolean fit(ZoneId zone, long slideMillis) {
        return slideMillis < HOUR
                || isUtc(zone)
                || DAY % slideMillis == 0
                || slideMillis % DAY == 0;
    }

    private static boolean isUtc(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    /** Whether all input is in one window. */
    public boolean isAll() {
        return lengthMillis == 0;
    }

    /** How many windows a pane is in, but for those that a change of clocks makes empty. */
    public int perPane() {
        return isAll() ? 1 : (int) (lengthMillis / slideMillis);
    }

    /** When the pane begins that a time is in; milliseconds since 1970. */
    public long paneOf(long time) {
        return isByClocks() ? instant(floor(local(time))) : time - Math.floorMod(time, slideMillis);
    }

    /** When a pane ends, from its begin. */
    public long paneEnd(long pane) {
        return isByClocks() ? instant(floor(local(pane)) + slideMillis) : pane + slideMillis;
    }

    /**
     * When a window begins that a pane is in: of the one that begins with it, 0; those before, 1.
     */
    public long start(long pane, int back) {
        return isByClocks()
                ? instant(floor(local(pane)) - back * slideMillis)
                : pane - back * slideMillis;
    }

    /** When a window ends, from its begin. */
    public long end(long start) {
        return isByClocks() ? instant(floor(local(start)) + lengthMillis) : start + lengthMillis;
    }

    /** Of the windows that are over at a time, the begin of the one that ended last. */
    public long lastEnded(long time) {
        long pane = paneOf(time);
        while (true) {
            pane = paneOf(pane - 1);
            for (int back = 0; back < perPane(); back++) {
                long start = start(pane, back);
                if (end(start) <= time) {
                    return start;
                }
            }
        }
    }

    private boolean isByClocks() {
        return slideMillis >= HOUR && !isUtc(zone);
    }

    private long floor(long local) {
        return local - Math.floorMod(local, slideMillis);
    }

    /** What the clocks show, as milliseconds since they showed the begin of 1970. */
    private long local(long time) {
        ZoneRules rules = zone.getRules();
        return time + 1_000L * rules.getOffset(Instant.ofEpochMilli(time)).getTotalSeconds();
    }

    /** When the clocks show it first, or what comes next when they never do. */
    private long instant(long local) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1_000L), 0, ZoneOffset.UTC)
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** As it stands in the names of operators whose state it gives a meaning. */
    @Override
    public String toString() {
        return lengthMillis
                + (slideMillis == lengthMillis ? "" : "/" + slideMillis)
                + (isByClocks() ? " " + zone : "");
    }
}
