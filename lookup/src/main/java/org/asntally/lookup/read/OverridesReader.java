package org.asntally.lookup.read;

import java.io.IOException;
import java.io.InputStream;
import org.asntally.lookup.Address;
import org.jspecify.annotations.Nullable;

/**
 * Reads prefixes and names of one's own, which take the place of those in other tables: lines with
 * commas or tabs.
 *
 * <pre>
 * # prefix, AS number with or without AS, name if there is one
 * 192.0.2.0/24,64496,"Example, first office"
 * 2001:db8::/32,AS64497
 * 198.51.100.7,64498                 an address alone
 * AS64499,Example laboratory         a name alone
 * </pre>
 *
 * <p>Blanks around fields do not count. A line that cannot be read costs that line.
 */
public final class OverridesReader {

    private static final int MAX_LINE = 10_000;

    private final RouteSink sink;
    private final NameText names;
    private final Address address = new Address();
    private int fieldFrom;
    private int fieldTo;
    private int next;

    /** Gives what it reads to {@code sink}. */
    public OverridesReader(RouteSink sink) {
        this.sink = sink;
        this.names = new NameText(sink, MAX_LINE);
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the number of prefixes and names
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        TableLines lines = new TableLines(in, name, MAX_LINE, faults);
        int good = 0;
        while (lines.next()) {
            byte[] text = lines.text();
            int from = lines.from();
            int to = trimEnd(text, from, lines.to());
            from = trimStart(text, from, to);
            if (from == to || text[from] == '#' || text[from] == ';') {
                continue;
            }
            LineFault fault = line(text, from, to, lines.number());
            if (fault == null) {
                good++;
            } else {
                lines.fault(fault);
            }
        }
        return good;
    }

    private @Nullable LineFault line(byte[] text, int from, int to, int line) {
        next = from;
        field(text, to);
        int prefixFrom = fieldFrom;
        int prefixTo = fieldTo;
        if (AsnText.isNamed(text, prefixFrom, prefixTo)) {
            int asn = AsnText.parseNamed(text, prefixFrom, prefixTo);
            if (asn == 0) {
                return LineFault.BAD_ASN;
            }
            return name(asn, text, to) ? null : LineFault.BAD_SHAPE;
        }
        int slash = prefixFrom;
        while (slash < prefixTo && text[slash] != '/') {
            slash++;
        }
        int family = address.parse(text, prefixFrom, slash);
        if (family == 0) {
            return LineFault.BAD_ADDRESS;
        }
        int most = family == 4 ? 32 : 128;
        int length = slash == prefixTo ? most : length(text, slash + 1, prefixTo);
        if (length < 0 || length > most) {
            return LineFault.BAD_LENGTH;
        }
        if (length == 0) {
            return LineFault.DEFAULT_ROUTE;
        }
        if (next > to) {
            return LineFault.BAD_SHAPE;
        }
        field(text, to);
        int asn = AsnText.parseNamed(text, fieldFrom, fieldTo);
        if (asn == 0) {
            return LineFault.BAD_ASN;
        }
        if (family == 4) {
            sink.route4(address.v4(), length, asn, line);
        } else {
            sink.route6(address.high(), address.low(), length, asn, line);
        }
        name(asn, text, to);
        return null;
    }

    /** Goes to the next field, which is never quoted. */
    private void field(byte[] text, int to) {
        int from = next;
        while (next < to && text[next] != ',' && text[next] != '\t') {
            next++;
        }
        fieldTo = trimEnd(text, from, next);
        fieldFrom = trimStart(text, from, fieldTo);
        next++;
    }

    /** Gives the rest of the line as a name; false when there is none. */
    private boolean name(int asn, byte[] text, int to) {
        int from = next > to ? to : trimStart(text, next, to);
        if (from == to) {
            return false;
        }
        names.give(asn, text, from, to, '\0');
        return true;
    }

    private static int length(byte[] text, int from, int to) {
        if (from == to || to - from > 3) {
            return -1;
        }
        int length = 0;
        for (int i = from; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            length = length * 10 + text[i] - '0';
        }
        return length;
    }

    private static int trimStart(byte[] text, int from, int to) {
        int start = from;
        while (start < to && (text[start] == ' ' || text[start] == '\t')) {
            start++;
        }
        return start;
    }

    private static int trimEnd(byte[] text, int from, int to) {
        int end = to;
        while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
            end--;
        }
        return end;
    }
}
