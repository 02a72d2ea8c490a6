package org.asntally.sources.flink;

import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.LineBlocks;

/**
 * A part of an input that one reader reads: a range of a plain file, or the whole of anything else.
 *
 * @param start its first byte
 * @param inLine whether this is (or may be) in the middle of a line that is the part's before
 * @param lastStart no line that begins behind this byte is its
 * @param next where the next part begins; {@link LineBlocks#NO_END}: there is none
 */
record InputPart(long start, boolean inLine, long lastStart, long next) {
    private static final long SMALLEST = 4L << 20;
    private static final long LARGEST = 64L << 20;

    /** Parts for each reader, so that all are busy to the end. */
    private static final int PARTS = 8;

    /** The part that begins at this byte, when so many readers share the input. */
    static InputPart at(InputFile input, long start, int readers) {
        boolean betweenRecords = input.isCutBetweenRecords();
        boolean inLine = start > 0 && !betweenRecords;
        if (!input.isDivisible()) {
            return new InputPart(start, inLine, LineBlocks.NO_END, LineBlocks.NO_END);
        }
        long size = Math.max(SMALLEST, Math.min(LARGEST, input.size() / ((long) readers * PARTS)));
        boolean last = input.size() - start <= size + size / 2;
        long next = last ? LineBlocks.NO_END : input.cut(start, start + size);
        if (next == LineBlocks.NO_END) {
            return new InputPart(start, inLine, input.size() - 1, next);
        }
        // Where the next begins at a record, that record is none of this part.
        return new InputPart(start, inLine, betweenRecords ? next - 1 : next, next);
    }

    boolean isLast() {
        return next == LineBlocks.NO_END;
    }
}
