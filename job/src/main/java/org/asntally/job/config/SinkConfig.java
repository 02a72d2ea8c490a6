package org.asntally.job.config;

import org.jspecify.annotations.Nullable;

/**
 * A sink of the job file.
 *
 * @param name its name
 * @param settings the values of its keys: {@link JobKeys.Sink}
 */
public record SinkConfig(String name, Settings settings) {

    /** The value of a key that always has one. */
    public <T> T get(Key<T> key) {
        return settings.get(key);
    }

    /** The value of a key, or null when it has none. */
    public <T> @Nullable T find(Key<T> key) {
        return settings.find(key);
    }
}
