package org.asntally.lookup.read;

import java.io.IOException;
import java.io.InputStream;
import org.asntally.lookup.Address;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CSV tables of ip-location-db: ranges, both ends included, as addresses or as decimal
 * numbers.
 *
 * <pre>
 * 192.0.2.0,192.0.2.255,64496,"Sample, Inc."       asn-ipv4.csv, asn-ipv6.csv
 * 3221225984,3221226239,64496,"Sample, Inc."       asn-ipv4-num.csv, asn-ipv6-num.csv
 * 192.0.2.0,192.0.2.255,CA                         asn-country-*.csv
 * </pre>
 *
 * <p>A number below 2^32 is an IPv4 address. A line that cannot be read costs that line.
 */
public final class IpLocationDbReader {

    /** Names are texts of people; nothing real comes near. */
    static final int MAX_LINE = 10_000;

    /** A longer name is cut. */
    static final int MAX_NAME = 1_000;

    private final RouteSink sink;
    private final Address address = new Address();
    private final byte[] unquoted = new byte[MAX_LINE];
    private int next;
    private int valueFrom;
    private int valueTo;
    private boolean v6;
    private long high;
    private long low;

    /** Gives what it reads to {@code sink}. */
    public IpLocationDbReader(RouteSink sink) {
        this.sink = sink;
    }

    /**
     * Reads ranges with AS numbers and names to the end; does not close.
     *
     * @return the number of ranges
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        return read(in, name, faults, false);
    }

    /**
     * Reads ranges with countries to the end; does not close.
     *
     * @return the number of ranges
     */
    public int readCountries(InputStream in, String name, TableFaults faults) throws IOException {
        return read(in, name, faults, true);
    }

    private int read(InputStream in, String name, TableFaults faults, boolean countries)
            throws IOException {
        TableLines lines = new TableLines(in, name, MAX_LINE, faults);
        int ranges = 0;
        while (lines.next()) {
            byte[] text = lines.text();
            int from = lines.from();
            int to = lines.to();
            if (from == to || text[from] == '#') {
                continue;
            }
            LineFault fault = range(text, from, to, countries, lines.number());
            if (fault == null) {
                ranges++;
            } else {
                lines.fault(fault);
            }
        }
        return ranges;
    }

    private @Nullable LineFault range(byte[] text, int from, int to, boolean countries, int line) {
        next = from;
        if (!field(text, to)) {
            return LineFault.BAD_SHAPE;
        }
        if (!end(text)) {
            return LineFault.BAD_ADDRESS;
        }
        boolean firstV6 = v6;
        long firstHigh = high;
        long firstLow = low;
        if (!field(text, to)) {
            return LineFault.BAD_SHAPE;
        }
        if (!end(text)) {
            return LineFault.BAD_ADDRESS;
        }
        int order = Long.compareUnsigned(firstHigh, high);
        if (firstV6 != v6 || order > 0 || (order == 0 && Long.compareUnsigned(firstLow, low) > 0)) {
            return LineFault.BAD_RANGE;
        }
        boolean all = v6 ? firstHigh == 0 && firstLow == 0 && (high & low) == -1L : false;
        if (all || (!v6 && firstLow == 0 && low == 0xffffffffL)) {
            return LineFault.DEFAULT_ROUTE;
        }
        if (!field(text, to)) {
            return LineFault.BAD_SHAPE;
        }
        if (countries) {
            int country = country(text, valueFrom, valueTo);
            if (country == 0) {
                return LineFault.BAD_COUNTRY;
            }
            sink.country(v6, firstHigh, firstLow, high, low, country, line);
            return null;
        }
        long asn = 0;
        int cursor = valueFrom;
        while (cursor < valueTo && text[cursor] >= '0' && text[cursor] <= '9' && asn >>> 32 == 0) {
            asn = asn * 10 + text[cursor++] - '0';
        }
        if (cursor != valueTo || asn == 0 || asn >>> 32 != 0) {
            return LineFault.BAD_ASN;
        }
        sink.range(v6, firstHigh, firstLow, high, low, (int) asn, RouteSink.NO_COUNTRY, line);
        name(text, to, (int) asn);
        return null;
    }

    /** Goes to the next field of those that are never quoted; false when there is none. */
    private boolean field(byte[] text, int to) {
        if (next > to) {
            return false;
        }
        valueFrom = next;
        while (next < to && text[next] != ',') {
            next++;
        }
        valueTo = next++;
        if (valueTo - valueFrom >= 2 && text[valueFrom] == '"' && text[valueTo - 1] == '"') {
            valueFrom++;
            valueTo--;
        }
        return true;
    }

    /** Reads the field as one end of a range. */
    private boolean end(byte[] text) {
        int family = address.parse(text, valueFrom, valueTo);
        if (family != 0) {
            v6 = family == 6;
            high = v6 ? address.high() : 0;
            low = v6 ? address.low() : address.v4() & 0xffffffffL;
            return true;
        }
        if (valueFrom == valueTo || valueTo - valueFrom > 39) {
            return false;
        }
        long upper = 0;
        long lower = 0;
        for (int i = valueFrom; i < valueTo; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            // 128 bits times ten plus a digit.
            long carry = Math.multiplyHigh(lower, 10) + (lower < 0 ? 10 : 0);
            if (Long.compareUnsigned(upper, 0x1999_9999_9999_9999L) > 0) {
                return false;
            }
            long sum = lower * 10 + digit;
            carry += Long.compareUnsigned(sum, lower * 10) < 0 ? 1 : 0;
            long nextUpper = upper * 10 + carry;
            if (Long.compareUnsigned(nextUpper, carry) < 0) {
                return false;
            }
            upper = nextUpper;
            lower = sum;
        }
        high = upper;
        low = lower;
        v6 = upper != 0 || lower >>> 32 != 0;
        return true;
    }

    private static int country(byte[] text, int from, int to) {
        if (to - from != 2) {
            return 0;
        }
        int first = text[from] & 0xff;
        int second = text[from + 1] & 0xff;
        boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
        return letters ? first << 8 | second : 0;
    }

    /** Reads the rest of the line as a name: one field of RFC 4180. */
    private void name(byte[] text, int to, int asn) {
        if (next >= to) {
            return;
        }
        int length = 0;
        if (text[next] == '"') {
            for (int i = next + 1; i < to; i++) {
                if (text[i] == '"') {
                    if (i + 1 == to || text[i + 1] != '"') {
                        break;
                    }
                    i++;
                }
                unquoted[length++] = text[i];
            }
        } else {
            while (next < to && text[next] != ',') {
                unquoted[length++] = text[next++];
            }
        }
        byte[] utf8 = Utf8.valid(unquoted, length);
        int whole = utf8 == unquoted ? length : utf8.length;
        if (whole > 0) {
            sink.name(asn, utf8, 0, Utf8.cut(utf8, whole, MAX_NAME));
        }
    }
}
