package org.asntally.job.filter;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowColumn;

/**
 * A compiled filter, complete: it travels to where flows are. Immutable; equal when the text is,
 * since names and files are looked up once.
 */
public final class BoundFilter implements Serializable {

    private static final long serialVersionUID = 1;

    private final String text;
    private final Matcher root;
    private final int memories;
    private final EnumSet<FlowColumn> columns;
    private final EnumSet<Side> sides;

    BoundFilter(String text, Matcher root, int memories, Set<FlowColumn> columns, Set<Side> sides) {
        this.text = text;
        this.root = root;
        this.memories = memories;
        this.columns = EnumSet.noneOf(FlowColumn.class);
        this.columns.addAll(columns);
        this.sides = EnumSet.noneOf(Side.class);
        this.sides.addAll(sides);
    }

    /** The expression's one text. */
    public String text() {
        return text;
    }

    /** The columns that a source has to fill, as far as it knows them. */
    public Set<FlowColumn> columns() {
        return EnumSet.copyOf(columns);
    }

    /** The sides whose routes are asked for. */
    public Set<Side> sides() {
        return EnumSet.copyOf(sides);
    }

    /** What looks at batches, for one thread. */
    public FilterEvaluator evaluator() {
        return new FilterEvaluator(root, memories);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundFilter bound && bound.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
