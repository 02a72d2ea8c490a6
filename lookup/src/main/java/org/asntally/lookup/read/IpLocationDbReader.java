package org.asntally.lookup.read;

import java.io.IOException;
import java.io.InputStream;
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

    private final RouteSink sink;
    private final RangeEnd first = new RangeEnd();
    private final RangeEnd last = new RangeEnd();
    private final NameText names;
    private int next;
    private int valueFrom;
    private int valueTo;

    /** Gives what it reads to {@code sink}. */
    public IpLocationDbReader(RouteSink sink) {
        this.sink = sink;
        this.names = new NameText(sink, MAX_LINE);
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
        if (!first.parse(text, valueFrom, valueTo)) {
            return LineFault.BAD_ADDRESS;
        }
        if (!field(text, to)) {
            return LineFault.BAD_SHAPE;
        }
        if (!last.parse(text, valueFrom, valueTo)) {
            return LineFault.BAD_ADDRESS;
        }
        LineFault fault = RangeEnd.fault(first, last);
        if (fault != null) {
            return fault;
        }
        if (!field(text, to)) {
            return LineFault.BAD_SHAPE;
        }
        if (countries) {
            int country = country(text, valueFrom, valueTo);
            if (country == 0) {
                return LineFault.BAD_COUNTRY;
            }
            sink.country(
                    first.v6(), first.high(), first.low(), last.high(), last.low(), country, line);
            return null;
        }
        int asn = AsnText.parse(text, valueFrom, valueTo);
        if (asn == 0) {
            return LineFault.BAD_ASN;
        }
        sink.range(
                first.v6(),
                first.high(),
                first.low(),
                last.high(),
                last.low(),
                asn,
                RouteSink.NO_COUNTRY,
                line);
        names.give(asn, text, next, to, ',');
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

    /** Two upper case letters, or 0. */
    static int country(byte[] text, int from, int to) {
        if (to - from != 2) {
            return 0;
        }
        int first = text[from] & 0xff;
        int second = text[from + 1] & 0xff;
        boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
        return letters ? first << 8 | second : 0;
    }
}
