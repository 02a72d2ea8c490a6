package org.asntally.sources.flink;

import java.util.List;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.text.ReaderOptions;

/**
 * Flows of files, at any parallelism: plain files are cut into byte ranges, packed files and
 * streams are read whole. Bounded.
 *
 * <p><b>State.</b> Of each reader: its parts, each from behind the last batch that was emitted; of
 * the enumerator: what no reader has.
 *
 * <p><b>Time.</b> None: batches leave without time stamps and watermarks.
 *
 * <p><b>Edge.</b> An input that cannot be opened or read to its end is told to {@link Notices} and
 * counted once as {@code broken-input}; what could be read counts, and the job goes on. {@link
 * EndOfInput} ends all readers. A file is read to the size that it had when it was listed.
 *
 * <p><b>Restore.</b> Files go on at the very line; a stream goes on where it is. The list of inputs
 * must be the same.
 */
public final class BlockFileSource extends LineSource {
    private static final long serialVersionUID = 1;

    /**
     * A source of these inputs, read in this order.
     *
     * @param inputs their ordinals become their places in this list
     * @param columns what is wanted of a flow
     * @param teller tells the format of inputs that have none, from their first lines
     */
    public BlockFileSource(
            List<InputFile> inputs,
            ReaderOptions options,
            Set<FlowColumn> columns,
            FormatTeller teller) {
        super(new LineInputs(inputs, options, columns, teller, null));
    }
}
