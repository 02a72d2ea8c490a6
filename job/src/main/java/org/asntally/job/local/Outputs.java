package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Path;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.sinks.ReportOutput;
import org.jspecify.annotations.Nullable;

/** Sees, before anything is read, whether all outputs can be written. */
final class Outputs {

    private Outputs() {}

    static void check(CountRequest.Output output) throws Fault {
        file(output.file());
        file(output.json());
        Path folder = output.csv();
        if (folder != null) {
            try {
                ReportOutput.checkFolder(folder);
            } catch (IOException e) {
                throw Fault.because(e, Problem.NO_FOLDER, folder, Reasons.of(e));
            }
        }
    }

    private static void file(@Nullable Path file) throws Fault {
        if (file != null) {
            try {
                ReportOutput.check(file);
            } catch (IOException e) {
                throw Fault.because(e, Problem.NOT_WRITABLE, file, Reasons.of(e));
            }
        }
    }
}
