package org.asntally.lookup.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of iptoasn.com: ranges, both ends included, IPv4, IPv6 or both in one file; ends
 * as addresses or as decimal numbers.
 *
 * <pre>
 * 192.0.2.0[TAB]192.0.2.255[TAB]64496[TAB]CA[TAB]SAMPLE - Sample, Inc.
 * 198.51.100.0[TAB]198.51.100.255[TAB]0[TAB]None[TAB]Not routed
 * </pre>
 *
 * <p>What is not routed is no route and no fault: rows of AS 0, or whose last column says {@code
 * Not routed} or {@code None}. A country that is not two letters is none.
 */
public final class IpToAsnReader {

    private static final int COLUMNS = 5;
    private static final byte[] NOT_ROUTED = {'N', 'o', 't', ' ', 'r', 'o', 'u', 't', 'e', 'd'};
    private static final byte[] NONE = {'N', 'o', 'n', 'e'};

    private final RouteSink sink;
    private final NameText names;
    private final RangeEnd first = new RangeEnd();
    private final RangeEnd last = new RangeEnd();

    /** Where columns begin; a last one is where the line ends, plus 1. */
    private final int[] starts = new int[COLUMNS + 1];

    private int ranges;

    /** Gives what it reads to {@code sink}. */
    public IpToAsnReader(RouteSink sink) {
        this.sink = sink;
        this.names = new NameText(sink, IpLocationDbReader.MAX_LINE);
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the number of ranges
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        TableLines lines = new TableLines(in, name, IpLocationDbReader.MAX_LINE, faults);
        while (lines.next()) {
            byte[] text = lines.text();
            int from = lines.from();
            int to = lines.to();
            if (from == to || text[from] == '#') {
                continue;
            }
            LineFault fault = range(text, from, to, lines.number());
            if (fault != null) {
                lines.fault(fault);
            }
        }
        return ranges;
    }

    private @Nullable LineFault range(byte[] text, int from, int to, int line) {
        int column = 0;
        starts[column++] = from;
        for (int i = from; i < to && column < COLUMNS; i++) {
            if (text[i] == '\t') {
                starts[column++] = i + 1;
            }
        }
        if (column < COLUMNS) {
            return LineFault.BAD_SHAPE;
        }
        int owner = starts[4];
        if (is(NOT_ROUTED, text, owner, to) || is(NONE, text, owner, to)) {
            return null;
        }
        if (!first.parse(text, from, starts[1] - 1)
                || !last.parse(text, starts[1], starts[2] - 1)) {
            return LineFault.BAD_ADDRESS;
        }
        LineFault fault = RangeEnd.fault(first, last);
        int asnTo = starts[3] - 1;
        int asn = AsnText.parse(text, starts[2], asnTo);
        if (asn == 0) {
            boolean zero = asnTo - starts[2] == 1 && text[starts[2]] == '0';
            return zero ? fault == LineFault.BAD_RANGE ? fault : null : LineFault.BAD_ASN;
        }
        if (fault != null) {
            return fault;
        }
        int country = IpLocationDbReader.country(text, starts[3], owner - 1);
        sink.range(
                first.v6(), first.high(), first.low(), last.high(), last.low(), asn, country, line);
        ranges++;
        names.give(asn, text, owner, to, '\0');
        return null;
    }

    private static boolean is(byte[] word, byte[] text, int from, int to) {
        return Arrays.equals(word, 0, word.length, text, from, to);
    }
}
