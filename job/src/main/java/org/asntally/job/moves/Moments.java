package org.asntally.job.moves;

/**
 * Up to which moment moves have been told, and up to which they may be. Moments are milliseconds
 * since 1970-01-01 UTC. One thread.
 *
 * <p>Begins with the first time that is seen: that of the first window, or of the first watermark
 * where it comes before any row. What moved up to then is of no interest: an archive may hold
 * years. The end of time is no moment either: it is taken for the end of the last window.
 */
final class Moments {

    /** Nothing has been told, not even that time has begun. */
    static final long NONE = Long.MIN_VALUE;

    private long mark = Long.MIN_VALUE;
    private long earliest = Long.MAX_VALUE;
    private long furthest = Long.MIN_VALUE;
    private long closed = Long.MIN_VALUE;
    private long told = NONE;

    /**
     * Rows of a window have come.
     *
     * @param over whether time had come to its end where they are from
     */
    void window(long start, long end, boolean over) {
        earliest = Math.min(earliest, start);
        furthest = Math.max(furthest, end);
        if (over) {
            closed = Math.max(closed, end);
        }
    }

    /** A watermark of the rows has come; {@link Long#MAX_VALUE} is their end. */
    void mark(long millis) {
        mark = Math.max(mark, millis);
        if (millis != Long.MAX_VALUE) {
            furthest = Math.max(furthest, millis + 1);
        }
        if (told == NONE && mark > Long.MIN_VALUE) {
            told = Math.min(earliest, mark);
        }
    }

    /** The last watermark that has come. */
    long mark() {
        return mark;
    }

    /**
     * The moment that all rows have come to: windows that end by then are whole, but for what is
     * late.
     */
    long reached() {
        return mark == Long.MAX_VALUE ? furthest : mark == Long.MIN_VALUE ? mark : mark + 1;
    }

    /** Where the last window ended that time has come to, here or where its rows are from. */
    long closed() {
        return Math.max(closed, reached());
    }

    /** The latest end that was seen, of a window or of time. */
    long furthest() {
        return furthest;
    }

    /** Up to here, this moment among them, all is told; {@link #NONE} before time begins. */
    long told() {
        return told;
    }

    /** All is told up to a moment, this one among them. */
    void toldUntil(long moment) {
        told = Math.max(told, moment);
    }

    /** Goes on from what was kept. */
    void restore(long keptMark, long keptFurthest, long keptClosed, long keptTold) {
        mark = keptMark;
        furthest = keptFurthest;
        closed = keptClosed;
        told = keptTold;
    }
}
