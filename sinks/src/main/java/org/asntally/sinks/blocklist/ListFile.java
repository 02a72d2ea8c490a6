package org.asntally.sinks.blocklist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.asntally.sinks.ReportOutput;

/**
 * A list in a file. It is written, beside and renamed, when the list is another one than the file
 * holds; else the file is left as it is, its time too, so that whoever watches it does not reload
 * for nothing. Of the header only the command counts: a date, or a newer table that gives the same
 * prefixes, makes no other list.
 */
public final class ListFile {

    /** The header is shorter; also of one that was written by hand in its place. */
    private static final int HEADER_LINES = 8;

    private ListFile() {}

    /** A list as bytes. */
    public static byte[] bytes(BlockList list, BlockListFormat format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 13);
        format.write(list, bytes);
        return bytes.toByteArray();
    }

    /**
     * Writes what {@link #bytes} gave.
     *
     * @return whether the file was written; false: it holds this list already
     * @throws IOException if it cannot be written; a regular file is then what it was
     */
    public static boolean write(Path file, byte[] text, BlockListFormat format) throws IOException {
        if (Files.isRegularFile(file) && holds(file, text, format)) {
            return false;
        }
        ReportOutput.toFile(file, (OutputStream out) -> out.write(text));
        return true;
    }

    private static boolean holds(Path file, byte[] text, BlockListFormat format) {
        try {
            // Headers differ by less than what the longest can have.
            long room = (long) HEADER_LINES * (CommentText.LONGEST + 64);
            if (Math.abs(Files.size(file) - text.length) > room) {
                return false;
            }
            return sameLists(Files.readAllBytes(file), text, format);
        } catch (IOException e) {
            // What cannot be read is written, or told as what cannot be written.
            return false;
        }
    }

    static boolean sameLists(byte[] a, byte[] b, BlockListFormat format) {
        int[] atA = new int[] {0, 0};
        int[] atB = new int[] {0, 0};
        while (true) {
            passHeader(a, atA, format);
            passHeader(b, atB, format);
            int endA = behind(a, atA[0]);
            int endB = behind(b, atB[0]);
            if (!Arrays.equals(a, atA[0], endA, b, atB[0], endB)) {
                return false;
            }
            if (endA == a.length || endB == b.length) {
                return endA == a.length && endB == b.length;
            }
            atA[0] = endA;
            atB[0] = endB;
            atA[1]++;
            atB[1]++;
        }
    }

    /** Goes on, from an offset and its line, to the next line that is compared. */
    private static void passHeader(byte[] text, int[] at, BlockListFormat format) {
        while (at[1] < HEADER_LINES && passes(text, at[0], format)) {
            at[0] = behind(text, at[0]);
            at[1]++;
        }
    }

    /** Whether a line is one of the header, and not the command. */
    private static boolean passes(byte[] text, int at, BlockListFormat format) {
        for (String name : List.of("list", "made", "table", "data")) {
            byte[] start = (format.comment() + name).getBytes(StandardCharsets.US_ASCII);
            int end = at + start.length;
            if (end < text.length && Arrays.equals(text, at, end, start, 0, start.length)) {
                return text[end] == ':' || text[end] == '"';
            }
        }
        return false;
    }

    private static int behind(byte[] text, int at) {
        for (int i = at; i < text.length; i++) {
            if (text[i] == '\n') {
                return i + 1;
            }
        }
        return text.length;
    }
}
