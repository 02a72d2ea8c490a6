package org.asntally.job.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a section's keys, with defaults where none was given. Immutable; equal when the
 * values are, wherever they stood.
 */
public final class Settings {

    private final Section section;
    private final Map<Key<?>, Object> given;
    private final Map<Key<?>, YamlNode> nodes;

    Settings(Section section, Map<Key<?>, Object> given, Map<Key<?>, YamlNode> nodes) {
        this.section = section;
        this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        this.nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /** The value of a key that always has one: it is required, or has a default. */
    public <T> T get(Key<T> key) {
        T value = find(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " has no value in " + section.name());
        }
        return value;
    }

    /** The value of a key, given or by default; null when it has none. */
    public <T> @Nullable T find(Key<T> key) {
        T value = given(key);
        if (value != null) {
            return value;
        }
        return key.isFor(type()) ? key.fallback() : null;
    }

    private @Nullable SourceType type() {
        return given(JobKeys.Source.TYPE);
    }

    @SuppressWarnings("unchecked") // Only a key's own type put its value there.
    private <T> @Nullable T given(Key<T> key) {
        return (T) given.get(key);
    }

    /** Whether the file says something of this key. */
    public boolean isGiven(Key<?> key) {
        return nodes.containsKey(key) || given.containsKey(key);
    }

    /** Where the value of a key stands in the file; null when it does not. */
    public @Nullable Place place(Key<?> key) {
        YamlNode node = nodes.get(key);
        return node == null ? null : node.place();
    }

    @Nullable YamlNode node(Key<?> key) {
        return nodes.get(key);
    }

    /** The same with another value of one key. */
    <T> Settings with(Key<T> key, T value) {
        Map<Key<?>, Object> values = new LinkedHashMap<>(given);
        values.put(key, value);
        return new Settings(section, values, nodes);
    }

    private Map<Key<?>, Object> effective() {
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        for (Key<?> key : section.keys()) {
            Object value = find(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Settings settings
                && section == settings.section
                && effective().equals(settings.effective());
    }

    @Override
    public int hashCode() {
        return effective().hashCode();
    }

    /** As YAML, secrets as the references that they are. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        section.write(this, 0, text);
        return text.toString().strip();
    }
}
