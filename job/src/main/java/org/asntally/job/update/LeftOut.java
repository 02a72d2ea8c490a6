package org.asntally.job.update;

import java.util.ArrayList;
import java.util.List;
import org.asntally.job.local.Console;
import org.asntally.job.local.TableLinesSaid;
import org.asntally.lookup.read.LineFault;
import org.asntally.lookup.read.TableFaults;

/**
 * The lines of a fresh table that cannot be used. Every dump of a collector has some, and who
 * updates each night cannot mend them: they are only told where they are many, or where the table
 * is refused.
 */
final class LeftOut implements TableFaults {

    private static final int KEPT = 1_000;

    private record Line(String file, long line, LineFault fault, String excerpt) {}

    private final Console console;
    private final String file;
    private final String place;
    private final List<Line> lines = new ArrayList<>();
    private long count;
    private boolean endsEarly;

    /** Of this file, which people know as {@code place}. */
    LeftOut(Console console, String file, String place) {
        this.console = console;
        this.file = file;
        this.place = place;
    }

    @Override
    public void skipped(String name, long line, LineFault fault, String excerpt) {
        count += fault == LineFault.DEFAULT_ROUTE ? 0 : 1;
        endsEarly |= fault.endsReading();
        if (lines.size() < KEPT || fault.endsReading()) {
            lines.add(new Line(name.equals(file) ? place : name, line, fault, excerpt));
        }
    }

    /** Tells the first few unless they are less than one for a hundred routes. */
    void tellUnlessFew(int routes) {
        if (endsEarly || 100 * count > routes) {
            tell();
        }
    }

    /** Tells the first few. */
    void tell() {
        TableLinesSaid said = new TableLinesSaid(console);
        for (Line line : lines) {
            said.skipped(line.file(), line.line(), line.fault(), line.excerpt());
        }
        said.end();
    }
}
