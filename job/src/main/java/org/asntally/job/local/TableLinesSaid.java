package org.asntally.job.local;

import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.LineFault;
import org.asntally.lookup.read.TableFaults;

/** Tells the first few lines of a table that could not be used, and how many more there were. */
public final class TableLinesSaid implements TableFaults {

    private static final int TOLD = 5;

    private final Console console;
    private String last = "";
    private long count;
    private long cut;

    /** Tells on standard error. */
    public TableLinesSaid(Console console) {
        this.console = console;
    }

    @Override
    public void skipped(String file, long line, LineFault fault, String excerpt) {
        last = file;
        if (fault.endsReading()) {
            // Always told: it is not one line but all that follow.
            count++;
            console.err()
                    .println(
                            Problem.CUT_OFF_RIB.sayAt(
                                    file + ":" + line,
                                    excerpt.isEmpty()
                                            ? fault.label()
                                            : "'" + excerpt + "': " + fault.label()));
            cut++;
            return;
        }
        if (++count - cut <= TOLD) {
            console.err()
                    .println(
                            Problem.BAD_ROUTE.sayAt(
                                    file + ":" + line, "'" + excerpt + "': " + fault.label()));
        }
    }

    /** How many lines so far. */
    public long count() {
        return count;
    }

    /** Tells how many were not told. */
    public void end() {
        if (count - cut > TOLD) {
            console.err()
                    .println(
                            Problem.BAD_ROUTE.sayAt(
                                    last,
                                    (count - cut - TOLD) + " more lines that cannot be used"));
        }
    }
}
