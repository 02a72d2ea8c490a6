package org.asntally.job.enrich;

import org.asntally.job.problem.Fault;
import org.asntally.sources.SkipReason;

/** Hears what is to be told while rows go through. */
public interface RowListener {

    /** What the rows are has been told from the first of them. */
    void layout(String label);

    /**
     * A row in which there is no address to look up, or that nothing can be added to.
     *
     * @param line where it begins, from 1
     * @param text holds the row in {@code [from, to)}, lent
     * @throws Fault to end the input here
     */
    void badRow(long line, SkipReason reason, byte[] text, int from, int to) throws Fault;

    /** For the first time a row has a column or key of this name already. */
    void renamed(long line, String name, String newName);
}
