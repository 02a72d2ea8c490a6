package org.asntally.job.config;

import org.jspecify.annotations.Nullable;

/**
 * A source of the job file.
 *
 * @param name as tables, filters and metrics show it
 * @param type what it reads
 * @param settings the values of its keys, those of its type only: {@link JobKeys.Source}
 */
public record SourceConfig(String name, SourceType type, Settings settings) {

    /** The value of a key that always has one. */
    public <T> T get(Key<T> key) {
        return settings.get(key);
    }

    /** The value of a key, or null when it has none. */
    public <T> @Nullable T find(Key<T> key) {
        return settings.find(key);
    }

    /** Whether it goes on until it is stopped. */
    public boolean isLive() {
        return switch (type) {
            case CAPTURE -> true;
            case KAFKA -> find(JobKeys.Source.END) == null;
            case SFLOW -> find(JobKeys.Source.LISTEN) != null;
            default -> get(JobKeys.Source.FOLLOW);
        };
    }
}
