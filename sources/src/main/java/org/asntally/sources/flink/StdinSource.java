package org.asntally.sources.flink;

import java.util.List;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.InputOpener;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;

/**
 * Flows of standard input, at parallelism 1. Bounded. What was read leaves within 100 ms, also when
 * the writer is slow; {@link EndOfInput} ends it while it is silent.
 *
 * <p><b>State.</b> How far it has read, so that positions go on; what was read is not read again.
 *
 * <p><b>Time.</b> None: batches leave without time stamps and watermarks.
 *
 * <p><b>Edge.</b> A closed standard input is an input that cannot be read; an empty one is not.
 *
 * <p><b>Restore.</b> Goes on where the stream is: lines that were read after the checkpoint are
 * gone, so this source is for jobs that do not restart.
 */
public final class StdinSource extends LineSource {
    private static final long serialVersionUID = 1;

    /**
     * The process's standard input.
     *
     * @param format null: told from the first lines, and to {@link Notices}
     * @param columns what is wanted of a flow
     */
    public StdinSource(
            @Nullable FlowFormat format,
            ReaderOptions options,
            Set<FlowColumn> columns,
            FormatTeller teller) {
        this(null, format, options, columns, teller);
    }

    /** Another stream in its place. */
    public StdinSource(
            @Nullable InputOpener stream,
            @Nullable FlowFormat format,
            ReaderOptions options,
            Set<FlowColumn> columns,
            FormatTeller teller) {
        super(
                new LineInputs(
                        List.of(InputFile.stdin(0, format)), options, columns, teller, stream));
    }
}
