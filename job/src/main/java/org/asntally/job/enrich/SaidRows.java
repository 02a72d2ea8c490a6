package org.asntally.job.enrich;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.SkipReason;

/**
 * Says on standard error what is to be told of rows: of each reason one at once, then one a minute.
 */
final class SaidRows implements RowListener {

    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int SHOWN = 200;

    private final String name;
    private final boolean strict;
    private final boolean quiet;
    private final Console console;
    private final long[] counts = new long[SkipReason.values().length];
    private final long[] saidNanos = new long[SkipReason.values().length];

    SaidRows(String name, boolean strict, boolean quiet, Console console) {
        this.name = name;
        this.strict = strict;
        this.quiet = quiet;
        this.console = console;
    }

    @Override
    public void layout(String label) {
        if (!quiet) {
            console.err().println(Problem.printable(name + ": read as " + label));
        }
    }

    @Override
    public void badRow(long line, SkipReason reason, byte[] text, int from, int to) throws Fault {
        int place = reason.ordinal();
        long now = System.nanoTime();
        if (counts[place]++ > 0 && now - saidNanos[place] < AGAIN_NANOS && !strict) {
            return;
        }
        saidNanos[place] = now;
        String shown =
                new String(text, from, Math.min(to - from, SHOWN + 1), StandardCharsets.UTF_8);
        String what = reason.label() + " in '" + shown + "'";
        if (strict) {
            throw Fault.at(name + ":" + line, Problem.STRICT, what);
        }
        String more = counts[place] > 1 ? " (" + counts[place] + " such rows by now)" : "";
        console.err().println(Problem.BAD_ROW.sayAt(name + ":" + line, what + more));
    }

    @Override
    public void renamed(long line, String column, String newName) {
        console.err().println(Problem.COLUMN_THERE.sayAt(name + ":" + line, column, newName));
    }
}
