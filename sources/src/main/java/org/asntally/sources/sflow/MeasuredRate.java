package org.asntally.sources.sflow;

/**
 * What each sample that arrives stands for, by the exporter's own count of packets (the sample
 * pool): the packets of the last {@link #SAMPLES} samples, divided by them. Where samples are lost,
 * those that arrive stand for them too.
 *
 * <p>What was given out is kept against what the pool says, and the difference is made up over the
 * next {@link #REPAY} samples or so: thus the sum of all weights is the pool, and whole numbers are
 * enough. What was lost before the first sample, or between the last one and a new count, no pool
 * tells: as much as is lost on average is added. The declared rate counts as {@link #PRIOR} samples
 * before the first. One data source; one thread.
 */
final class MeasuredRate {

    static final int SAMPLES = 200;

    private static final int PRIOR = 4;
    private static final double REPAY = 30;

    /** A pool that moved on by so many times rate and samples is not believed. */
    private static final long BELIEVED = 64;

    /** Loss makes samples stand for more, chance for a little less: never for so much less. */
    private static final int SLOWEST = 4;

    private static final int FEW = 50;

    /** A count that begins with more than this did not begin with nothing. */
    private static final long MOST_AFTER_RESET = 1 << 16;

    private final long[] pools = new long[SAMPLES];
    private long pool;
    private int lastPool;
    private int count;
    private boolean begun;
    private double debt;
    private double trailing;
    private long samples;
    private long datagrams;
    private long declared;

    /**
     * A sample.
     *
     * @param outcome and {@code ahead}: of the sample's number, see {@link SequenceTrack}
     * @param poolNow the sample pool, 32 bits
     * @param rate the declared one, at least 1
     * @param sequence the sample's number, unsigned
     * @param first whether it is the first of the source in its datagram: they are lost together
     * @return how many packets it stands for, at least 1
     */
    long weight(int outcome, int ahead, int poolNow, long rate, long sequence, boolean first) {
        if (!begun || rate != declared) {
            begin(rate);
            lastPool = poolNow;
            // What the first one stands for, nobody knows.
            return rate;
        }
        samples++;
        datagrams += first ? 1 : 0;
        switch (outcome) {
            case SequenceTrack.NEXT -> {
                moveOn(Integer.toUnsignedLong(poolNow - lastPool), rate * ahead, rate);
                lastPool = poolNow;
            }
            case SequenceTrack.RESET -> {
                // Counted from nothing.
                addUnseen();
                long since = Math.max(1, Math.min(sequence, MOST_AFTER_RESET));
                moveOn(Integer.toUnsignedLong(poolNow), rate * since, rate);
                lastPool = poolNow;
            }
            case SequenceTrack.AGAIN -> {
                // Of an exporter that does not number its samples.
                int packets = poolNow - lastPool;
                moveOn(Math.max(packets, 0), rate, rate);
                lastPool = packets > 0 ? poolNow : lastPool;
            }
            default -> {
                // Those that came before it counted its packets.
            }
        }
        int place = count % SAMPLES;
        trailing =
                count < SAMPLES
                        ? (pool + (double) PRIOR * rate) / (count + 1 + PRIOR)
                        : (pool - pools[place]) / (double) SAMPLES;
        pools[place] = pool;
        count = count == 2 * SAMPLES - 1 ? SAMPLES : count + 1;
        if (count == FEW) {
            addUnseen();
        }
        if (trailing * SLOWEST < rate && count > FEW) {
            // A pool that counts something else than packets.
            debt = 0;
            return rate;
        }
        long weight = Math.max(1, Math.round(trailing + debt / REPAY));
        debt -= weight;
        return weight;
    }

    private void begin(long rate) {
        begun = true;
        declared = rate;
        pool = 0;
        count = 0;
        debt = 0;
        trailing = rate;
        samples = 1;
        datagrams = 1;
    }

    /** What is lost on average where nothing tells it: of each datagram that came, its part. */
    private void addUnseen() {
        if (datagrams > 0) {
            debt += (trailing - declared) * samples / datagrams;
        }
    }

    private void moveOn(long packets, long expected, long rate) {
        boolean believed = packets > 0 && packets / BELIEVED <= Math.max(expected, rate);
        long counted = believed ? packets : expected;
        pool += counted;
        debt += counted;
    }

    /** Forgets what was measured: it was of another time. */
    void forget() {
        begun = false;
    }
}
