package org.asntally.job;

import java.util.ArrayList;
import java.util.List;
import org.asntally.sinks.KeyCells;
import org.jspecify.annotations.Nullable;

/** Cells as texts, {@code asn=64496}. */
public final class CellTexts implements KeyCells {

    /** In the order in which they came. */
    public final List<String> cells = new ArrayList<>();

    @Override
    public void text(String column, @Nullable String value) {
        cells.add(column + "=" + value);
    }

    @Override
    public void number(String column, long value) {
        cells.add(column + "=" + value);
    }

    @Override
    public void none(String column) {
        cells.add(column + "=null");
    }
}
