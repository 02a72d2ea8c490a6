package org.asntally.job.config;

import java.util.ArrayList;
import java.util.List;

/** A part of a YAML document, with its place. Filled while it is read, not changed afterwards. */
abstract sealed class YamlNode {

    private final Place place;

    private YamlNode(Place place) {
        this.place = place;
    }

    /** Where it begins. */
    final Place place() {
        return place;
    }

    /** What it is, for messages: {@code a map}, {@code a list}. */
    abstract String shape();

    /** A single value. */
    static final class Scalar extends YamlNode {

        private final String text;
        private final boolean plain;
        private final boolean literal;

        /**
         * A value.
         *
         * @param plain whether it stands without quotes
         * @param literal whether its characters stand in one line of the file as they are
         */
        Scalar(Place place, String text, boolean plain, boolean literal) {
            super(place);
            this.text = text;
            this.plain = plain;
            this.literal = literal;
        }

        String text() {
            return text;
        }

        /** Whether it is no value at all: a key with nothing behind it, or null. */
        boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        /** Where its character of this index stands; its beginning where that cannot be told. */
        Place placeOf(int index) {
            return literal ? place().right(index + (plain ? 0 : 1)) : place();
        }

        @Override
        String shape() {
            return isNothing() ? "nothing" : "'" + text + "'";
        }
    }

    /** A list. */
    static final class Items extends YamlNode {

        private final List<YamlNode> items = new ArrayList<>();

        Items(Place place) {
            super(place);
        }

        List<YamlNode> items() {
            return items;
        }

        @Override
        String shape() {
            return "a list";
        }
    }

    /** A map, as it is written: keys may repeat. */
    static final class Entries extends YamlNode {

        private final List<Entry> entries = new ArrayList<>();

        Entries(Place place) {
            super(place);
        }

        List<Entry> entries() {
            return entries;
        }

        @Override
        String shape() {
            return "a map";
        }
    }

    /** A key with its value. */
    record Entry(Scalar key, YamlNode value) {}
}
