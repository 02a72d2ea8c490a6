package org.asntally.sinks;

import org.jspecify.annotations.Nullable;

/**
 * Takes the columns of a row's key in their order, under the names of result rows: {@code asn},
 * {@code as_name}, {@code prefix}, {@code country}, {@code host}, {@code net}, {@code source},
 * {@code exporter}, {@code interface}, {@code customer}, {@code exporter_asn}.
 */
public interface KeyCells {

    /** A text, null where there is none; names are text from outside. */
    void text(String column, @Nullable String value);

    /** A number. */
    void number(String column, long value);

    /** No number: unrouted, or not known. */
    void none(String column);
}
