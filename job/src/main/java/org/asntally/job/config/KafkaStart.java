package org.asntally.job.config;

import java.io.Serializable;
import java.time.Instant;
import org.asntally.job.value.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * Where reading of a topic begins when no checkpoint says it, or where it ends.
 *
 * @param at where
 * @param time when it is {@link At#TIME}
 */
public record KafkaStart(At at, @Nullable Instant time) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where. */
    public enum At {
        /** Behind what the group has committed; at the earliest where it has not. */
        COMMITTED,
        /** At the first message that there is. */
        EARLIEST,
        /** Behind the last message that there is. */
        LATEST,
        /** At the first message of a time. */
        TIME
    }

    /** Where it may end: all that is there, or all of before a time. */
    static @Nullable KafkaStart parseEnd(String text) {
        KafkaStart end = parse(text);
        return end == null || (end.at != At.LATEST && end.at != At.TIME) ? null : end;
    }

    static @Nullable KafkaStart parse(String text) {
        return switch (text) {
            case "committed" -> new KafkaStart(At.COMMITTED, null);
            case "earliest" -> new KafkaStart(At.EARLIEST, null);
            case "latest" -> new KafkaStart(At.LATEST, null);
            default -> {
                Instant time = TimeText.parse(text);
                yield time == null ? null : new KafkaStart(At.TIME, time);
            }
        };
    }

    /** Of a time: milliseconds since 1970-01-01 UTC. */
    public long millis() {
        return time == null ? 0 : time.toEpochMilli();
    }

    @Override
    public String toString() {
        return time == null ? Types.word(at) : time.toString();
    }
}
