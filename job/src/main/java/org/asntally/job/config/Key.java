package org.asntally.job.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of the job file, as {@link JobKeys} declares it: parser, defaults, starter file and
 * reference page are made from it.
 *
 * @param <T> of its values
 */
public final class Key<T> {

    private final String name;
    private final ValueType<T> type;
    private final @Nullable T fallback;
    private final @Nullable String unset;
    private final boolean required;
    private final @Nullable String example;
    private final String meaning;
    private final List<SourceType> types;

    private Key(Builder<T> from, String meaning) {
        this.name = from.name;
        this.type = from.type;
        this.fallback = from.fallback;
        this.unset = from.unset;
        this.required = from.required;
        this.example = from.example;
        this.types = from.types;
        this.meaning = meaning;
    }

    /** As it is written. */
    public String name() {
        return name;
    }

    /** What it does, in a sentence or two. */
    public String meaning() {
        return meaning;
    }

    /** What its values are. */
    public String values() {
        return type.what();
    }

    /** Whether its values are words of ours, which are worth to be told beside the meaning. */
    boolean isChoice() {
        return type.isChoice();
    }

    ValueType<T> type() {
        return type;
    }

    /** The value that holds where none is given, if there is one. */
    @Nullable T fallback() {
        return fallback;
    }

    /** What happens without it, where no value of its own can say that. */
    @Nullable String unset() {
        return unset;
    }

    boolean isRequired() {
        return required;
    }

    /** A value as it may be written, for the reference. */
    @Nullable String example() {
        return example;
    }

    /** A value as it may be written: an example, else the default. */
    String shown() {
        if (example != null) {
            return example;
        }
        return fallback == null ? "" : type.flow(fallback);
    }

    /** The default in words or as it is written; nothing where there is none. */
    String otherwise() {
        if (unset != null) {
            return unset;
        }
        return fallback == null || type instanceof Section ? "" : type.flow(fallback);
    }

    /** The types of source that have it; none for all, and outside of sources. */
    List<SourceType> types() {
        return types;
    }

    boolean isFor(@Nullable SourceType source) {
        return types.isEmpty() || source == null || types.contains(source);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A key that is being declared. */
    static final class Builder<T> {
        private final Section section;
        private final String name;
        private final ValueType<T> type;
        private @Nullable T fallback;
        private @Nullable String unset;
        private boolean required;
        private @Nullable String example;
        private List<SourceType> types = List.of();

        Builder(Section section, String name, ValueType<T> type) {
            this.section = section;
            this.name = name;
            this.type = type;
        }

        /** It must be given. */
        Builder<T> required() {
            required = true;
            return this;
        }

        /** The value where none is given. */
        Builder<T> fallback(T value) {
            fallback = value;
            return this;
        }

        /** The value where none is given, which is another on other machines: words for it. */
        Builder<T> fallback(T value, String words) {
            fallback = value;
            unset = words;
            return this;
        }

        /** What happens where none is given. */
        Builder<T> unset(String words) {
            unset = words;
            return this;
        }

        Builder<T> example(String text) {
            example = text;
            return this;
        }

        Builder<T> only(SourceType... sources) {
            types = List.of(sources);
            return this;
        }

        /** Declares it. */
        Key<T> means(String meaning) {
            Key<T> key = new Key<>(this, meaning);
            section.add(key);
            return key;
        }
    }
}
