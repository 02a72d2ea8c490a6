package org.asntally.sources.flink;

/** How long to wait before what failed is tried again: twice as long each time. One thread. */
public final class Backoff {

    private static final long SHORTEST_MILLIS = 500;

    private final long longestMillis;
    private long millis;

    /** Waits no longer than this. */
    public Backoff(long longestMillis) {
        this.longestMillis = longestMillis;
    }

    /** It has failed; gives how long to wait now, in milliseconds. */
    public long failed() {
        millis = Math.min(longestMillis, Math.max(SHORTEST_MILLIS, 2 * millis));
        return millis;
    }

    /** It has not. */
    public void succeeded() {
        millis = 0;
    }

    /** The last wait in milliseconds; 0 when it did not fail. */
    public long millis() {
        return millis;
    }
}
