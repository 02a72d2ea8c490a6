package org.asntally.sources.sflow;

/**
 * Follows the numbers that an exporter gives its datagrams, or one of its sources its samples, by a
 * window of the last {@link #WINDOW}: what leaves the window, or is a second old, without having
 * come is lost. So a number is never taken back once it was counted as lost.
 *
 * <p>Numbers have 32 bits and wrap. One thread.
 */
final class SequenceTrack {

    /** Numbers up to this far behind the newest are told apart. */
    static final int WINDOW = Long.SIZE;

    /** After so long nobody waits for a missing number any more. */
    static final long PATIENCE_MILLIS = 1_000;

    /** The number is new; {@link #lost} were given up, {@link #ahead} is how far it moved on. */
    static final int NEXT = 0;

    /** A number of the window, which was missing. */
    static final int LATE = 1;

    /** A number of the window, which came before. */
    static final int AGAIN = 2;

    /** The numbers begin anew. */
    static final int RESET = 3;

    /** Further ahead than this nothing was lost: it is another count. */
    private static final int FARTHEST = 1 << 30;

    private static final long ALL = -1;

    private boolean begun;
    private int last;
    private long seen = ALL;
    private long gapMillis;
    private boolean stray;
    private int behindStray;
    private int ahead;
    private long lost;

    /**
     * The next number.
     *
     * @param restarted whether it is known to begin anew
     * @param millis when it came
     */
    int step(int number, boolean restarted, long millis) {
        ahead = 0;
        lost = 0;
        if (!begun) {
            begin(number);
            ahead = 1;
            return NEXT;
        }
        if (restarted) {
            return reset(number);
        }
        int distance = number - last;
        if (distance > 0) {
            return distance > FARTHEST ? reset(number) : moveOn(number, distance, millis);
        }
        if (distance > -WINDOW) {
            long bit = 1L << -distance;
            boolean came = (seen & bit) != 0;
            seen |= bit;
            return came ? AGAIN : LATE;
        }
        // One that strayed far, or the first of a new count: the next one tells.
        if (stray && number - behindStray >= 0 && number - behindStray < WINDOW) {
            return reset(number);
        }
        stray = true;
        behindStray = number + 1;
        return LATE;
    }

    private int moveOn(int number, int distance, long millis) {
        stray = false;
        if (seen != ALL) {
            lost = settle(millis);
        }
        if (distance == 1) {
            lost += ~seen >>> (WINDOW - 1);
            seen = seen << 1 | 1;
        } else {
            if (distance >= WINDOW) {
                lost += Long.bitCount(~seen) + (distance - WINDOW);
                seen = 1;
            } else {
                lost += Long.bitCount(~seen >>> (WINDOW - distance));
                seen = seen << distance | 1;
            }
            gapMillis = millis;
        }
        last = number;
        ahead = distance;
        return NEXT;
    }

    private int reset(int number) {
        lost = giveUp();
        begin(number);
        ahead = 1;
        return RESET;
    }

    /** What came before the first number is not missed. */
    private void begin(int number) {
        begun = true;
        stray = false;
        last = number;
        seen = ALL;
    }

    /** How many numbers were given up with the last step. */
    long lost() {
        return lost;
    }

    /**
     * By how much the last step moved on: 1 when nothing is missing before it, 0 for a late one.
     */
    int ahead() {
        return ahead;
    }

    /** Gives up what is missing for long; says how many. */
    long settle(long millis) {
        return seen != ALL && millis - gapMillis > PATIENCE_MILLIS ? giveUp() : 0;
    }

    /** Gives up all that is missing; says how many. */
    long giveUp() {
        int missing = Long.bitCount(~seen);
        seen = ALL;
        return missing;
    }

    /** The newest number. */
    int last() {
        return last;
    }

    /** A bit for each number of the window that came, the lowest being the newest. */
    long seen() {
        return seen;
    }

    /** Goes on where another one was. */
    void goOn(int lastNumber, long seenNumbers, long millis) {
        begin(lastNumber);
        seen = seenNumbers;
        gapMillis = millis;
    }
}
