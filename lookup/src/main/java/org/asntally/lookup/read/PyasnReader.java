package org.asntally.lookup.read;

import java.io.IOException;
import java.io.InputStream;
import org.asntally.lookup.Address;
import org.jspecify.annotations.Nullable;

/**
 * Reads pyasn's table of prefixes and origins:
 *
 * <pre>
 * ; comment, also with #
 * 192.0.2.0/24[TAB]64496
 * 2001:db8::/32[TAB]64496 anything
 * </pre>
 *
 * <p>As pyasn does: host bits are cleared, text behind the number is passed over, AS numbers are
 * taken modulo 2^32, a comment begins in the first column. Unlike pyasn, a line that cannot be read
 * costs that line and not the table.
 */
public final class PyasnReader {

    /** The longest line that pyasn reads. */
    static final int MAX_LINE = 500;

    private final RouteSink sink;
    private final Address address = new Address();
    private int asn;

    /** Gives what it reads to {@code sink}. */
    public PyasnReader(RouteSink sink) {
        this.sink = sink;
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the number of routes
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        TableLines lines = new TableLines(in, name, MAX_LINE, faults);
        int routes = 0;
        while (lines.next()) {
            byte[] text = lines.text();
            int from = lines.from();
            int to = lines.rawTo();
            if (from == to || text[from] == ';' || text[from] == '#') {
                continue;
            }
            LineFault fault = route(text, from, to, lines.number());
            if (fault == null) {
                routes++;
            } else {
                lines.fault(fault);
            }
        }
        return routes;
    }

    private @Nullable LineFault route(byte[] text, int from, int to, int line) {
        int slash = from;
        while (slash < to && text[slash] != '/' && text[slash] != '\t') {
            slash++;
        }
        if (slash == to) {
            return LineFault.BAD_SHAPE;
        }
        int family = address.parse(text, from, slash);
        if (family == 0) {
            return LineFault.BAD_ADDRESS;
        }
        int cursor = slash;
        int length = -1;
        if (text[cursor] == '/') {
            cursor++;
            while (cursor < to && text[cursor] >= '0' && text[cursor] <= '9' && length <= 128) {
                length = Math.max(length, 0) * 10 + text[cursor] - '0';
                cursor++;
            }
        }
        if (length < 0 || length > (family == 4 ? 32 : 128)) {
            return LineFault.BAD_LENGTH;
        }
        if (cursor == to || text[cursor] != '\t') {
            return LineFault.BAD_SHAPE;
        }
        if (length == 0) {
            return LineFault.DEFAULT_ROUTE;
        }
        if (!number(text, cursor + 1, to)) {
            return LineFault.BAD_ASN;
        }
        if (family == 4) {
            sink.route4(address.v4(), length, asn, line);
        } else {
            sink.route6(address.high(), address.low(), length, asn, line);
        }
        return null;
    }

    private boolean number(byte[] text, int from, int to) {
        int value = 0;
        int cursor = from;
        while (cursor < to && text[cursor] >= '0' && text[cursor] <= '9') {
            value = value * 10 + text[cursor] - '0';
            cursor++;
        }
        asn = value;
        return value != 0;
    }
}
