package org.asntally.job.enrich;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.sinks.ReportOutput;
import org.asntally.sources.files.InputFile;
import org.jspecify.annotations.Nullable;

/** Enriches one input onto standard output, and says on standard error what came of it. */
public final class EnrichInput {

    private final EnrichRequest request;
    private final Tables tables;
    private final Console console;
    private final boolean quiet;

    /**
     * @param quiet whether only problems are said
     */
    public EnrichInput(EnrichRequest request, Tables tables, Console console, boolean quiet) {
        this.request = request;
        this.tables = tables;
        this.console = console;
        this.quiet = quiet;
    }

    /**
     * Copies the input.
     *
     * @return whether it was read to its end, or nobody takes the rows any more
     * @throws Fault when it cannot be opened, or a row ends it
     */
    public boolean run(InputFile input) throws Fault {
        Instant started = Clock.systemUTC().instant();
        SaidRows said = new SaidRows(input.name(), request.strict(), quiet, console);
        Enricher enricher = new Enricher(request, tables, input.name(), said);
        Fault fault;
        try (InputStream in = input.open()) {
            fault = copy(enricher, in, input.isStream());
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_READABLE, input.name(), Reasons.of(e));
        }
        if (fault != null) {
            throw fault;
        }
        IOException failure = enricher.failure();
        if (failure != null) {
            console.err().println(Problem.BROKEN_ROWS.say(input.name(), Reasons.of(failure)));
        }
        if (!quiet) {
            Duration taken = Duration.between(started, Clock.systemUTC().instant());
            console.err().println(enricher.counts().line(taken));
        }
        return failure == null;
    }

    private static @Nullable Fault copy(Enricher enricher, InputStream in, boolean live) {
        Fault[] fault = new Fault[1];
        try {
            ReportOutput.toStdout(out -> fault[0] = copy(enricher, in, out, live));
        } catch (IOException e) {
            return Fault.because(e, Problem.STDOUT_FAILED, Reasons.of(e));
        }
        return fault[0];
    }

    private static @Nullable Fault copy(
            Enricher enricher, InputStream in, OutputStream out, boolean live) throws IOException {
        try {
            enricher.copy(in, out, live);
            return null;
        } catch (Fault e) {
            return e;
        }
    }
}
