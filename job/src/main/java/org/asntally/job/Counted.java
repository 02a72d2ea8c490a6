package org.asntally.job;

import org.asntally.sinks.CounterWord;
import org.asntally.sources.SkipReason;

/**
 * The one registry of everything that is counted beside traffic. Reports and metrics take words and
 * reasons from here. A counter travels as a row under its code, so codes never change.
 */
public enum Counted {
    /** Lines, packets or records looked at. */
    READ(0, CounterWord.READ, "read"),
    /** Flows counted. */
    FLOWS(1, CounterWord.COUNTED, "flows"),
    /** Flows that no route covers. */
    UNROUTED(2, CounterWord.UNROUTED, "unrouted"),
    /** Flows older than the oldest table, which counted them. */
    BEFORE_OLDEST_RIB(3, CounterWord.NOTED, "before-oldest-rib"),
    /** Flows newer than the tables known by then, counted by the newest. */
    AHEAD_OF_RIB(4, CounterWord.NOTED, "ahead-of-rib"),
    /** Flows that came after their window had been written, and left as corrections. */
    LATE(5, CounterWord.NOTED, "late"),
    /** Flows that came later than the lateness after their window: in no window's rows. */
    TOO_LATE(6, CounterWord.REJECTED, "too-late"),
    /** Flows counted by an older table because the one in force cannot be read. */
    DAMAGED_RIB(7, CounterWord.NOTED, "damaged-rib"),
    /** Flows further ahead of the clock than is believed: they move no time. */
    FROM_THE_FUTURE(8, CounterWord.NOTED, "from-the-future"),
    /** Flows that the count's filter does not accept. */
    FILTER(9, CounterWord.REJECTED, "filter"),
    /** Flows of ASes that are left out. */
    EXCLUDED_ASN(10, CounterWord.REJECTED, "exclude-asn"),
    /** Flows of prefixes that are left out. */
    EXCLUDED_PREFIX(11, CounterWord.REJECTED, "exclude-prefix"),
    /** Flows of networks on a list that are left out. */
    EXCLUDED(12, CounterWord.REJECTED, "exclude"),
    /** Partial rows of keys beyond the most of a window: counted under {@code other}. */
    OTHER_KEYS(13, CounterWord.NOTED, "beyond-max-keys"),
    /** Flows counted by another table because the one of their time is not to be had any more. */
    EXPIRED_RIB(14, CounterWord.NOTED, "expired-rib");

    /** Skip reasons stand at this code and above. */
    static final int SKIPS = 32;

    private final int code;
    private final CounterWord word;
    private final String reason;

    Counted(int code, CounterWord word, String reason) {
        this.code = code;
        this.word = word;
        this.reason = reason;
    }

    /** How many codes there may be. */
    public static final int CODES = 128;

    /** The code under which it travels. */
    public int code() {
        return code;
    }

    /** The code of what was skipped for a reason. */
    public static int code(SkipReason reason) {
        return SKIPS + reason.code();
    }

    /** The word of a code. */
    public static CounterWord word(int code) {
        if (code >= SKIPS) {
            return switch (SkipReason.ofCode(code - SKIPS)) {
                case BLANK -> CounterWord.BLANK;
                case FILTERED, AGENT, SENDER, DUPLICATE, IMPLAUSIBLE -> CounterWord.REJECTED;
                case LOST_BYTES, LOST_DATAGRAMS, LOST_SAMPLES, EXPORTER, LOST_RECORDS ->
                        CounterWord.LOST;
                case KERNEL_BUFFER, INTERFACE, RING_BUFFER -> CounterWord.DROPPED;
                case REORDERED, RESET, RATE_MISSING, RATE_CAPPED, UNTRACKED -> CounterWord.NOTED;
                default -> CounterWord.SKIPPED;
            };
        }
        return values()[code].word;
    }

    /** The reason of a code. */
    public static String reason(int code) {
        if (code >= SKIPS) {
            return SkipReason.ofCode(code - SKIPS).label();
        }
        return values()[code].reason;
    }
}
