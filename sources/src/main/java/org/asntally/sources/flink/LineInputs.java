package org.asntally.sources.flink;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.files.ByteBlocks;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.InputOpener;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a source of lines reads, and how.
 *
 * @param inputs each at the place that its ordinal says
 * @param columns what is wanted of a flow
 * @param teller tells the format of those that have none
 * @param stdin opens standard input; null: the real one
 */
record LineInputs(
        List<InputFile> inputs,
        ReaderOptions options,
        Set<FlowColumn> columns,
        FormatTeller teller,
        @Nullable InputOpener stdin)
        implements Serializable {

    private static final long serialVersionUID = 1;

    LineInputs {
        if (inputs.size() > InputFile.MOST) {
            throw new IllegalArgumentException("more than " + InputFile.MOST + " inputs");
        }
        List<InputFile> placed = new ArrayList<>(inputs.size());
        for (InputFile input : inputs) {
            placed.add(input.withOrdinal(placed.size()));
        }
        inputs = List.copyOf(placed);
        columns = Set.copyOf(columns);
    }

    /** Opens an input at this byte of what is unpacked. */
    ByteBlocks bytes(InputFile input, long position) throws IOException {
        return stdin != null && input.kind() == InputFile.Kind.STDIN
                ? ByteBlocks.open(input.name(), stdin, position)
                : ByteBlocks.open(input, position);
    }

    /** The input that a part belongs to. */
    InputFile of(FileSplit split) {
        if (split.ordinal() >= inputs.size()
                || !inputs.get(split.ordinal()).name().equals(split.name())) {
            throw new IllegalStateException(
                    "the list of inputs has changed: '" + split.name() + "' was in another place");
        }
        return inputs.get(split.ordinal());
    }
}
