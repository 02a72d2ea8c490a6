package org.asntally.sinks.files;

import java.io.Serializable;

/**
 * What the files of one kind of rows show, and where a row of them belongs.
 *
 * @param <T> the records that the rows come in, each of one moment
 */
public interface RowSpec<T> extends Serializable {

    /** The name of their folder, which each row shows too. */
    String name();

    /**
     * By which a record is filed, milliseconds since 1970-01-01 UTC; {@link
     * org.asntally.sinks.WindowTally#WHOLE_START} for all time.
     */
    long time(T record);

    /** How the rows of one file are read out of records; one thread. */
    RowCells<T> cells();
}
