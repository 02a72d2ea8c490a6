package org.asntally.sinks.blocklist;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a list is called in the program that loads it: its set, chain, ACL or variable. All names
 * begin with {@code asntally}, so that none is a word of any program's language, and none replaces
 * what somebody else has made there.
 */
public final class ListName {

    /** The name where none was given. */
    public static final ListName DEFAULT = new ListName("asntally");

    /** What {@link #of} takes, for people. */
    public static final String SHAPE =
            "at most 16 lower-case letters, digits and underscores, a letter first";

    // ipset allows 31 characters: asntally_, the name, 4 or 6, _new.
    private static final Pattern TAKEN = Pattern.compile("[a-z][a-z0-9_]{0,15}");

    private final String text;

    private ListName(String text) {
        this.text = text;
    }

    /** {@code bots} gives {@code asntally_bots}; null when it is no name. */
    public static @Nullable ListName of(String text) {
        return TAKEN.matcher(text).matches() ? new ListName("asntally_" + text) : null;
    }

    /** The name. */
    public String text() {
        return text;
    }
}
