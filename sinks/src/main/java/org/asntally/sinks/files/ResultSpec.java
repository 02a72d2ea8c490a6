package org.asntally.sinks.files;

import java.util.List;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one count as files show them.
 *
 * @param name the count's name
 * @param keys the tables that are wanted; rows of others are left out
 * @param sides whose addresses are counted; a row says which where there are both
 * @param measures the rows' values, in their order
 */
public record ResultSpec(String name, List<TableKey> keys, List<Side> sides, List<Measure> measures)
        implements RowSpec<WindowTally> {

    /** Unmodifiable copies. */
    public ResultSpec {
        keys = List.copyOf(keys);
        sides = List.copyOf(sides);
        measures = List.copyOf(measures);
    }

    @Override
    public long time(WindowTally tally) {
        return tally.windowStart();
    }

    @Override
    public RowCells<WindowTally> cells() {
        return new ResultRow(this);
    }

    /** Whether a file shows any of these rows: of a window that is over, and of the keys wanted. */
    public boolean showsAny(WindowTally tally) {
        if (tally.snapshot() != 0) {
            return false;
        }
        for (int row = 0; row < tally.rows().size(); row++) {
            if (shows(tally.rows(), row)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a row is of the keys wanted. */
    boolean shows(TallyRows rows, int row) {
        return keyOf(rows, row) != null;
    }

    /** The table that a row belongs to; null where it is of none of these. */
    @Nullable TableKey keyOf(TallyRows rows, int row) {
        KeyKind kind = rows.kind(row);
        if (kind == KeyKind.PREFIX
                && (rows.length(row) == TallyRows.REST
                        || rows.length(row) == TallyRows.REST_KEYS)) {
            return null;
        }
        for (TableKey key : keys) {
            if (key.kind() == kind && (kind != KeyKind.FIELDS || key.id() == rows.asn(row))) {
                return key;
            }
        }
        return null;
    }
}
