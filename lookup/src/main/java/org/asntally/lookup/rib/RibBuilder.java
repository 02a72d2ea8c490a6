package org.asntally.lookup.rib;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.lpm.Ipv4Table;
import org.asntally.lookup.lpm.Ipv6Table;
import org.asntally.lookup.read.RouteSink;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table from routes and ranges in any order. Of equal prefixes the last one is shown and
 * the other origins are kept; ranges are cut into the fewest prefixes, the narrower range winning
 * where two overlap. A table with any range is of the kind {@link RibKind#RANGES}.
 *
 * <p>One thread. Default routes are not taken: they would answer for everything.
 */
public final class RibBuilder implements RouteSink {

    /** More files than this share the name of the last one. */
    private static final int MAX_FILES = 65_535;

    private final RouteList v4 = new RouteList(false);
    private final RouteList v6 = new RouteList(true);
    private final NameList names = new NameList();
    private final List<String> files = new ArrayList<>();
    private int file;
    private boolean anyCountry;
    private boolean anyRange;
    private boolean countryInNames;
    private long skippedLines;
    private String source = "";
    private String licence = "";
    private String attribution = "";
    private @Nullable Instant validFrom;
    private @Nullable Instant addedAt;

    /** Nothing in it yet. */
    public RibBuilder() {}

    @Override
    public void file(String name) {
        if (files.size() < MAX_FILES) {
            files.add(name);
        }
        file = files.size() - 1;
    }

    @Override
    public void route4(int address, int length, int asn, int line) {
        add4(address & Prefix.mask4(length), length, asn, NO_COUNTRY, line);
    }

    private void add4(int address, int length, int asn, int country, int line) {
        if (length > 0 && asn != 0) {
            v4.add((long) address << 32, 0, length, asn, line, file, country);
        }
    }

    @Override
    public void route6(long high, long low, int length, int asn, int line) {
        add6(high & Prefix.maskHigh(length), low & Prefix.maskLow(length), length, asn, 0, line);
    }

    private void add6(long high, long low, int length, int asn, int country, int line) {
        if (length > 0 && asn != 0) {
            v6.add(high, low, length, asn, line, file, country);
        }
    }

    @Override
    public void range4(int first, int last, int asn, int country, int line) {
        anyRange = true;
        anyCountry |= country != NO_COUNTRY;
        long from = first & 0xffffffffL;
        long end = (last & 0xffffffffL) + 1;
        while (from < end) {
            int bits = Math.min(Long.numberOfTrailingZeros(from | 1L << 32), 32);
            bits = Math.min(bits, 63 - Long.numberOfLeadingZeros(end - from));
            add4((int) from, 32 - bits, asn, country, line);
            from += 1L << bits;
        }
    }

    @Override
    public void range6(
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            int asn,
            int country,
            int line) {
        anyRange = true;
        anyCountry |= country != NO_COUNTRY;
        long high = firstHigh;
        long low = firstLow;
        while (true) {
            int order = Long.compareUnsigned(high, lastHigh);
            if (order > 0 || (order == 0 && Long.compareUnsigned(low, lastLow) > 0)) {
                return;
            }
            int bits =
                    low != 0
                            ? Long.numberOfTrailingZeros(low)
                            : high != 0 ? 64 + Long.numberOfTrailingZeros(high) : 128;
            long endHigh;
            long endLow;
            while (true) {
                endHigh = bits <= 64 ? high : bits == 128 ? -1L : high | (1L << (bits - 64)) - 1;
                endLow = bits >= 64 ? -1L : low | (1L << bits) - 1;
                int over = Long.compareUnsigned(endHigh, lastHigh);
                if (over < 0 || (over == 0 && Long.compareUnsigned(endLow, lastLow) <= 0)) {
                    break;
                }
                bits--;
            }
            add6(high, low, 128 - bits, asn, country, line);
            low = endLow + 1;
            high = endLow == -1L ? endHigh + 1 : endHigh;
            if (low == 0 && high == 0) {
                return;
            }
        }
    }

    @Override
    public void name(int asn, byte[] utf8, int from, int to) {
        names.add(asn, utf8, from, to);
    }

    /** The AS names end with a country, as those of pyasn's files do. */
    public RibBuilder countryInNames() {
        countryInNames = true;
        return this;
    }

    /** What the table is made of, for people. */
    public RibBuilder source(String text) {
        source = text;
        return this;
    }

    /** Licence of the data and who must be named. */
    public RibBuilder licence(String licence, String attribution) {
        this.licence = licence;
        this.attribution = attribution;
        return this;
    }

    /** The event time from which the table holds. */
    public RibBuilder validFrom(@Nullable Instant time) {
        validFrom = time;
        return this;
    }

    /** When the table was made. */
    public RibBuilder addedAt(@Nullable Instant time) {
        addedAt = time;
        return this;
    }

    /** One more line could not be read. */
    public void skippedLine() {
        skippedLines++;
    }

    /** The number of routes so far, equal prefixes counted each time. */
    public int added() {
        return v4.count + v6.count;
    }

    /** The table. */
    public Rib build() {
        Columns columns = new Columns(v4.count + v6.count, files.size() > 1, anyCountry);
        int[] address4 = new int[v4.count];
        int[] order = v4.sorted();
        int count4 = 0;
        for (int i = 0; i < order.length; i = columns.take(v4, order, i)) {
            address4[count4++] = (int) (v4.high[order[i]] >>> 32);
        }
        long[] high6 = new long[v6.count];
        long[] low6 = new long[v6.count];
        order = v6.sorted();
        int count6 = 0;
        for (int i = 0; i < order.length; i = columns.take(v6, order, i)) {
            high6[count6] = v6.high[order[i]];
            low6[count6++] = v6.low[order[i]];
        }
        byte[] lengths = columns.lengths;
        byte[] lengths6 = Arrays.copyOfRange(lengths, count4, count4 + count6);
        NameList sortedNames = names.sorted();
        RibParts parts =
                new RibParts(
                        IntBuffer.wrap(Arrays.copyOf(address4, count4)),
                        LongBuffer.wrap(Arrays.copyOf(high6, count6)),
                        LongBuffer.wrap(Arrays.copyOf(low6, count6)),
                        ByteBuffer.wrap(Arrays.copyOf(lengths, columns.count)),
                        IntBuffer.wrap(Arrays.copyOf(columns.origins, columns.count)),
                        IntBuffer.wrap(Arrays.copyOf(columns.lines, columns.count)),
                        ShortBuffer.wrap(
                                Arrays.copyOf(
                                        columns.files, columns.withFiles ? columns.count : 0)),
                        ShortBuffer.wrap(
                                Arrays.copyOf(
                                        columns.countries,
                                        columns.withCountries ? columns.count : 0)),
                        columns.many.routes(),
                        columns.many.starts(),
                        columns.many.origins(),
                        IntBuffer.wrap(sortedNames.asns()),
                        IntBuffer.wrap(sortedNames.starts()),
                        ByteBuffer.wrap(sortedNames.text()),
                        Ipv4Table.of(address4, lengths, count4),
                        Ipv6Table.of(high6, low6, lengths6, count6));
        CountryRule rule =
                anyCountry
                        ? countryInNames ? CountryRule.RANGE_THEN_NAME : CountryRule.RANGE
                        : countryInNames ? CountryRule.NAME : CountryRule.NONE;
        RibInfo info =
                new RibInfo(
                        anyRange ? RibKind.RANGES : RibKind.ROUTES,
                        count4,
                        count6,
                        sortedNames.count(),
                        rule,
                        source,
                        licence,
                        attribution,
                        List.copyOf(files),
                        skippedLines,
                        validFrom,
                        addedAt);
        return new Rib(parts, info, null);
    }

    /** What both families share, filled route by route. */
    private static final class Columns {
        final byte[] lengths;
        final int[] origins;
        final int[] lines;
        final short[] files;
        final short[] countries;
        final boolean withFiles;
        final boolean withCountries;
        final ManyOrigins many = new ManyOrigins();
        int count;

        Columns(int most, boolean withFiles, boolean withCountries) {
            this.withFiles = withFiles;
            this.withCountries = withCountries;
            lengths = new byte[most];
            origins = new int[most];
            lines = new int[most];
            files = new short[withFiles ? most : 0];
            countries = new short[withCountries ? most : 0];
        }

        /**
         * Takes the routes with the prefix of {@code order[from]} as one.
         *
         * @return the position of the first with another prefix
         */
        int take(RouteList list, int[] order, int from) {
            int next = from + 1;
            while (next < order.length && list.same(order[from], order[next])) {
                next++;
            }
            int shown = order[next - 1];
            if (next - from > 1) {
                many.begin(count, list.origins[shown]);
                for (int i = from; i < next; i++) {
                    many.add(list.origins[order[i]]);
                }
                many.end();
            }
            lengths[count] = list.lengths[shown];
            origins[count] = list.origins[shown];
            lines[count] = list.lines[shown];
            if (withFiles) {
                files[count] = list.files[shown];
            }
            if (withCountries) {
                countries[count] = list.countries[shown];
            }
            count++;
            return next;
        }
    }
}
