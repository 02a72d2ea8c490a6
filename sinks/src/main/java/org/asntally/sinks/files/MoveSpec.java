package org.asntally.sinks.files;

import java.util.List;
import org.asntally.sinks.Measure;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.Side;

/**
 * Moves of prefixes as files show them, by the moment of the move.
 *
 * @param name of the moves
 * @param sides whose addresses the traffic is of; a row says which where there are both
 * @param measures of the traffic, in the order of the rows' values
 */
public record MoveSpec(String name, List<Side> sides, List<Measure> measures)
        implements RowSpec<RouteMoves> {

    /** Unmodifiable copies. */
    public MoveSpec {
        sides = List.copyOf(sides);
        measures = List.copyOf(measures);
    }

    @Override
    public long time(RouteMoves moves) {
        return moves.movedAt();
    }

    @Override
    public RowCells<RouteMoves> cells() {
        return new MoveRow(this);
    }
}
