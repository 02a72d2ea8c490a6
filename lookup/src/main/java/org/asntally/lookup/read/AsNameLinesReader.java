package org.asntally.lookup.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads AS names, a line each, as the RIPE NCC publishes them: {@code 64496 SAMPLE - Sample
 * Company, CA}. A number may begin with AS; what follows the first blanks is the name. Empty lines
 * and those that begin with {@code #} are passed over.
 */
public final class AsNameLinesReader {

    private static final int MAX_LINE = 2_000;

    private final NameText names;

    /** Gives what it reads to {@code sink}. */
    public AsNameLinesReader(RouteSink sink) {
        names = new NameText(sink, MAX_LINE);
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the number of names
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        TableLines lines = new TableLines(in, name, MAX_LINE, faults);
        int number = 0;
        while (lines.next()) {
            byte[] text = lines.text();
            int to = lines.to();
            int from = passBlanks(text, lines.from(), to);
            if (from == to || text[from] == '#') {
                continue;
            }
            int end = from;
            if (end + 1 < to && (text[end] | 32) == 'a' && (text[end + 1] | 32) == 's') {
                end += 2;
            }
            long asn = 0;
            int digits = end;
            while (end < to && text[end] >= '0' && text[end] <= '9' && end - digits < 11) {
                asn = asn * 10 + text[end++] - '0';
            }
            int begin = passBlanks(text, end, to);
            if (end == digits || begin == end || asn >>> 32 != 0) {
                lines.fault(LineFault.BAD_ASN);
                continue;
            }
            // AS 0 stands in such lists; it is nobody's.
            if (asn != 0 && begin < to) {
                byte[] copy = Arrays.copyOfRange(text, begin, to);
                names.give((int) asn, copy, copy.length);
                number++;
            }
        }
        return number;
    }

    private static int passBlanks(byte[] text, int start, int to) {
        int from = start;
        while (from < to && (text[from] == ' ' || text[from] == '\t')) {
            from++;
        }
        return from;
    }
}
