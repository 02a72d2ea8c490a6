package org.asntally.sources.flink;

/**
 * The time of a source of several parts, as files and partitions are: that of the part furthest
 * behind, among those that hold time. When none holds it any more it is the latest of all, since
 * whichever had been let go last would have told its own; then the source is idle.
 *
 * <p>Time never goes back. One thread; allocates nothing.
 */
public final class SourceTime {

    /** Where it is told. */
    public interface Output {

        /** No flow of an earlier time is to come; only while not idle. */
        void time(long millis);

        /** The source is idle from now on, or no longer. */
        void idle(boolean isIdle);
    }

    private final long outOfOrderMillis;
    private final Output output;
    private long sent = Long.MIN_VALUE;
    private boolean idle;
    private long least;
    private long latest;
    private boolean holds;

    /**
     * Of a source that is not idle.
     *
     * @param outOfOrderMillis how far behind a part's latest flow others of it may be
     */
    public SourceTime(long outOfOrderMillis, Output output) {
        this.outOfOrderMillis = outOfOrderMillis;
        this.output = output;
    }

    /**
     * Begins a look at all parts.
     *
     * @param held whether time is held by what is not known yet
     */
    public void look(boolean held) {
        least = Long.MAX_VALUE;
        latest = Long.MIN_VALUE;
        holds = held;
    }

    /**
     * A part.
     *
     * @param itsLatest time of its latest flow; the least long where it had none
     */
    public void part(long itsLatest) {
        latest = Math.max(latest, itsLatest);
    }

    /**
     * A part that holds time.
     *
     * @param at the time at which it does; the least long where nothing is known of it
     */
    public void heldAt(long at) {
        holds = true;
        least = Math.min(least, at);
    }

    /**
     * Ends the look, and tells what is new.
     *
     * @param mayIdle whether a source of which no part holds time is idle
     */
    public void tell(boolean mayIdle) {
        long at = holds ? least : latest;
        if (at != Long.MAX_VALUE && at > Long.MIN_VALUE + outOfOrderMillis) {
            tell(at - outOfOrderMillis - 1);
        }
        idle(!holds && mayIdle);
    }

    /** Tells a time, unless it is not later than one that was told. */
    public void tell(long time) {
        if (time > sent) {
            sent = time;
            idle(false);
            output.time(time);
        }
    }

    /** Tells whether the source is idle, unless it is told already. */
    public void idle(boolean isIdle) {
        if (isIdle != idle) {
            idle = isIdle;
            output.idle(isIdle);
        }
    }

    /** The time that was told last; the least long before. */
    public long sent() {
        return sent;
    }
}
