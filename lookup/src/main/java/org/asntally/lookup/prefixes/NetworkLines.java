package org.asntally.lookup.prefixes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a list of networks, one {@linkplain NetworkText entry} a line; a comment begins with {@code
 * #} or {@code ;}, blank lines are passed over. Streams: it holds one block of the input and what
 * the entries cover.
 */
public final class NetworkLines {

    private static final int BLOCK = 1 << 16;

    /** Far more than an entry and its comment; of a longer line nothing is taken. */
    static final int LONGEST = 4096;

    private static final int EXCERPT = 60;

    /** Is told of each entry that is not as it should be. */
    @FunctionalInterface
    public interface Faults {

        /**
         * An entry with a fault.
         *
         * @param line counted from 1
         * @param excerpt its first characters; text from outside
         */
        void found(long line, NetworkFault fault, String excerpt);
    }

    private final PrefixSet.Builder into;
    private final Faults faults;
    private final NetworkText entry = new NetworkText();
    private long number;
    private boolean tooLong;

    /** Adds what it reads to {@code into}. */
    public NetworkLines(PrefixSet.Builder into, Faults faults) {
        this.into = into;
        this.faults = faults;
    }

    /** Reads to the end; does not close. */
    public void read(InputStream in) throws IOException {
        byte[] buffer = new byte[BLOCK + LONGEST];
        int held = 0;
        number = 0;
        tooLong = false;
        while (true) {
            int read = in.read(buffer, held, BLOCK);
            int filled = held + Math.max(read, 0);
            int start = 0;
            for (int i = held; i < filled; i++) {
                if (buffer[i] == '\n') {
                    line(buffer, start, i);
                    start = i + 1;
                }
            }
            if (read < 0) {
                if (start < filled || tooLong) {
                    line(buffer, start, filled);
                }
                return;
            }
            held = filled - start;
            if (held > LONGEST) {
                // Its end is still to come; what is kept shows people which line it is.
                tooLong = true;
                held = LONGEST;
            }
            System.arraycopy(buffer, start, buffer, 0, held);
        }
    }

    private void line(byte[] text, int from, int to) {
        int start = from;
        if (++number == 1 && to - from >= 3 && hasByteOrderMark(text, from)) {
            start += 3;
        }
        if (tooLong || to - start > LONGEST) {
            tooLong = false;
            faults.found(number, NetworkFault.TOO_LONG, excerpt(text, start, to));
            return;
        }
        int end = start;
        while (end < to && text[end] != '#' && text[end] != ';') {
            end++;
        }
        while (end > start && (text[end - 1] == '\r' || isBlank(text[end - 1]))) {
            end--;
        }
        while (start < end && isBlank(text[start])) {
            start++;
        }
        if (start == end) {
            return;
        }
        entry(text, start, end);
    }

    private void entry(byte[] text, int from, int to) {
        NetworkFault fault = entry.read(text, from, to);
        if (fault != null) {
            faults.found(number, fault, excerpt(text, from, to));
        }
        if (fault == null || !fault.isFatal()) {
            into.range(
                    entry.isV6(),
                    entry.firstHigh(),
                    entry.firstLow(),
                    entry.lastHigh(),
                    entry.lastLow());
        }
    }

    /** Takes the entries of a comma-separated text, as it stands on a command line. */
    public void readWords(String words) {
        number = 1;
        for (String word : words.split(",", -1)) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            entry(text, 0, text.length);
        }
    }

    private static String excerpt(byte[] text, int from, int to) {
        return new String(text, from, Math.min(to - from, EXCERPT), StandardCharsets.UTF_8);
    }

    private static boolean hasByteOrderMark(byte[] text, int at) {
        return text[at] == (byte) 0xef
                && text[at + 1] == (byte) 0xbb
                && text[at + 2] == (byte) 0xbf;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
