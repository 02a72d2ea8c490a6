package org.asntally.sinks.flink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.WindowTally;

/**
 * Prints one report when the input has ended, and one at each checkpoint that shows the windows
 * still open. Each comes whole or not at all: rows are gathered in memory and written at the
 * barrier or the end, when all have come. Run it with parallelism 1.
 *
 * <p>An output that cannot be written fails neither the job nor the other outputs; {@link
 * org.asntally.sinks.ReportOutcome} tells it. Keeps nothing in checkpoints: meant for counts that
 * are not resumed.
 */
public final class ReportSink implements Sink<WindowTally> {

    private static final long serialVersionUID = 1;

    private final ReportSpec spec;

    /** A sink for a report of this shape. */
    public ReportSink(ReportSpec spec) {
        this.spec = spec;
    }

    @Override
    public SinkWriter<WindowTally> createWriter(WriterInitContext context) {
        return new ReportSinkWriter(spec);
    }
}
