package org.asntally.sources.files;

import java.io.IOException;
import java.util.Arrays;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.BadLines;
import org.asntally.sources.text.LineFeed;

/**
 * An input, or a part of one, as blocks of whole lines.
 *
 * <p>A part from byte s to byte e has the lines that begin after s and not after e, so parts that
 * touch share no line and lose none; the part from 0 has the first line too. A byte order mark at
 * the very start is passed over, a last line without line feed gets one, and of a line above the
 * limit only that it was there is told: it takes no more memory than others.
 */
public final class LineBlocks extends Blocks {

    /** Lines of more bytes, the line feed not counted, are passed over. */
    public static final int LONGEST_LINE = 1 << 20;

    /** Far beyond any input. */
    public static final long NO_END = 1L << 60;

    private static final int BLOCK = 1 << 18;

    /** A whole line with its feed, and a feed of our own behind it. */
    private static final int LARGEST = LONGEST_LINE + 2;

    /** Read in such steps behind the end of a part, to find the end of its last line. */
    private static final int STEP = 1 << 14;

    private final long lastStart;
    private final BadLines tooLong;
    private int to;
    private boolean passing;

    LineBlocks(ByteFeed feed, long position, boolean inLine, long lastStart, BadLines tooLong) {
        super(feed, position, new byte[BLOCK]);
        this.passing = inLine;
        this.lastStart = lastStart;
        this.tooLong = tooLong;
    }

    /**
     * Opens an input.
     *
     * @param position the byte to begin at, counted in what is unpacked
     * @param inLine whether this is (or may be) in the middle of a line that is not wanted
     * @param lastStart no line that begins after this byte is wanted; {@link #NO_END}
     * @param tooLong hears, once, of the beginning of each line above the limit
     * @throws IOException when the input cannot be opened; of streams this is told by {@link #next}
     */
    public static LineBlocks open(
            InputFile file, long position, boolean inLine, long lastStart, BadLines tooLong)
            throws IOException {
        return new LineBlocks(file.feed(position), position, inLine, lastStart, tooLong);
    }

    /** Goes on with an input of which bytes were read that are not consumed yet. */
    public static LineBlocks of(
            ByteBlocks begun, boolean inLine, long lastStart, BadLines tooLong) {
        return new LineBlocks(begun.rest(), begun.position(), inLine, lastStart, tooLong);
    }

    /**
     * Reads on, once. What was not {@link #consume consumed} stays; nothing is read while it fills
     * the array.
     *
     * @throws IOException when the input cannot be read to its end. Whole lines before that were
     *     given; the rest of a line is not: it may be cut off in its address
     */
    @Override
    public Next next() throws IOException {
        to -= compact();
        ended |= from == to && isPast();
        if (ended) {
            return from < to ? Next.MORE : Next.END;
        }
        int room = room();
        if (room == 0) {
            return Next.MORE;
        }
        int n = read(room);
        if (n == 0) {
            return Next.WAIT;
        }
        if (n > 0) {
            findLines(filled - n);
            return Next.MORE;
        }
        return endLine() || from < to ? Next.MORE : Next.END;
    }

    /** Where in {@link #bytes} the last whole line ends, behind its line feed. */
    @Override
    public int to() {
        return to;
    }

    /** Whether {@link #position} is in the middle of a line that is not wanted. */
    public boolean isInLine() {
        return passing;
    }

    private boolean isPast() {
        return base + from + (passing ? 1 : 0) > lastStart;
    }

    /** How much to read; makes room for a long line, or gives it up. */
    private int room() {
        int room = bytes.length - 1 - filled;
        if (room == 0) {
            if (from < to) {
                return 0;
            }
            if (bytes.length < LARGEST) {
                bytes = Arrays.copyOf(bytes, Math.min(2 * bytes.length, LARGEST));
            } else {
                tooLong.badLine(SkipReason.TOO_LONG, bytes, 0, filled);
                passing = true;
                base += filled;
                filled = 0;
            }
            room = bytes.length - 1 - filled;
        }
        long wanted = lastStart + 1 - (base + filled);
        return (int) Math.min(room, wanted > 0 ? wanted : STEP);
    }

    private void findLines(int searchFrom) {
        int search = searchFrom;
        if (passing) {
            int feedAt = LineFeed.find(bytes, 0, filled);
            if (feedAt == filled) {
                base += filled;
                filled = 0;
                return;
            }
            passing = false;
            from = feedAt + 1;
            to = from;
            search = from;
            if (isPast()) {
                ended = true;
                return;
            }
        }
        int last = filled - 1;
        while (last >= search && bytes[last] != '\n') {
            last--;
        }
        if (last < search) {
            return;
        }
        to = last + 1;
        if (base + last >= lastStart) {
            int feedAt = LineFeed.find(bytes, (int) Math.max(lastStart - base, from), to);
            to = feedAt + 1;
            ended = true;
        }
        passMark();
    }

    /** Whether the input's end has made a line of what was left. */
    private boolean endLine() {
        if (passing || stopped || filled == to) {
            return false;
        }
        if (filled - to > LONGEST_LINE) {
            tooLong.badLine(SkipReason.TOO_LONG, bytes, to, filled);
            return false;
        }
        bytes[filled++] = '\n';
        to = filled;
        passMark();
        if (from == 3 && to == 4 && base == 0) {
            // A mark and nothing else is no line.
            from = to;
        }
        return from < to;
    }

    private void passMark() {
        if (base == 0
                && from == 0
                && to > 3
                && bytes[0] == (byte) 0xef
                && bytes[1] == (byte) 0xbb
                && bytes[2] == (byte) 0xbf) {
            from = 3;
        }
    }
}
