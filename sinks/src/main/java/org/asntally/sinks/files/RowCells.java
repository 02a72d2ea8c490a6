package org.asntally.sinks.files;

import java.util.List;
import org.asntally.sinks.KeyCells;

/**
 * Rows of records, cell by cell, as every format of files has them. One thread.
 *
 * @param <T> the records
 */
public interface RowCells<T> {

    /** What takes the cells. Each row gives the same columns in the same order. */
    interface Cells extends KeyCells {
        /** A number with a fraction, or beyond a long. */
        void decimal(String column, double value);

        /** A yes or no. */
        void truth(String column, boolean value);
    }

    /** The columns of every row, in order. */
    List<String> columns();

    /** How many rows a record may have. */
    int size(T record);

    /** Whether one of them is shown. */
    boolean shows(T record, int row);

    /** Gives the cells of a row that is shown. */
    void write(T record, int row, Cells cells);
}
