package org.asntally.sources.flink.kafka;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A point of all partitions of a topic.
 *
 * @param at which
 * @param millis when it is {@link At#TIME}: since 1970-01-01 UTC, of the records' own time stamps
 */
public record KafkaPoint(At at, @Nullable Long millis) implements Serializable {

    private static final long serialVersionUID = 1;

    /** Which. */
    public enum At {
        /** Behind what the group has committed; the earliest where it has committed nothing. */
        COMMITTED,
        /** At the first record that there is. */
        EARLIEST,
        /** Behind the last record that there is. */
        LATEST,
        /** At the first record of a time or later; behind the last record where there is none. */
        TIME
    }

    /** Not a time. */
    public static KafkaPoint of(At at) {
        return new KafkaPoint(at, null);
    }

    /** A time. */
    public static KafkaPoint of(long millis) {
        return new KafkaPoint(At.TIME, millis);
    }
}
