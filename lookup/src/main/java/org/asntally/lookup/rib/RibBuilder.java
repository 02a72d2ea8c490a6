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

    /** Ten times today's Internet; what comes behind is not taken. */
    static final int MAX_ROUTES = 16_000_000;

    /** More files than this share the name of the last one. */
    private static final int MAX_FILES = 65_535;

    private final RouteList v4 = new RouteList(false);
    private final RouteList v6 = new RouteList(true);
    private final RangeList ranges4 = new RangeList();
    private final RangeList ranges6 = new RangeList();
    private final CountryList countries4 = new CountryList();
    private final CountryList countries6 = new CountryList();
    private final NameList names = new NameList();
    private final List<String> files = new ArrayList<>();
    private int file;
    private int countryRanges;
    private boolean full;
    private boolean anyRange;
    private boolean countryInNames;
    private int shortest = 1;
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
        if (length > 0 && asn != 0 && takesMore()) {
            long low = (long) (address & Prefix.mask4(length)) << 32;
            v4.add(low, 0, length, asn, line, file, NO_COUNTRY);
        }
    }

    @Override
    public void route6(long high, long low, int length, int asn, int line) {
        if (length > 0 && asn != 0 && takesMore()) {
            v6.add(
                    high & Prefix.maskHigh(length),
                    low & Prefix.maskLow(length),
                    length,
                    asn,
                    line,
                    file,
                    NO_COUNTRY);
        }
    }

    @Override
    public void seen(
            boolean v6,
            long high,
            long low,
            int length,
            int asn,
            int peers,
            boolean inSet,
            int record) {
        int before = added();
        if (v6) {
            route6(high, low, length, asn, record);
        } else {
            route4((int) low, length, asn, record);
        }
        if (added() > before) {
            (v6 ? this.v6 : v4).seen(peers, inSet);
        }
    }

    @Override
    public void range(
            boolean v6,
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            int asn,
            int country,
            int line) {
        anyRange = true;
        if (asn != 0 && takesMore()) {
            (v6 ? ranges6 : ranges4)
                    .add(firstHigh, firstLow, lastHigh, lastLow, asn, country, line, file);
        }
    }

    @Override
    public void country(
            boolean v6,
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            int country,
            int line) {
        if (countryRanges < MAX_ROUTES) {
            countryRanges++;
            (v6 ? countries6 : countries4)
                    .add(firstHigh, firstLow, lastHigh, lastLow, country, line);
        }
    }

    private boolean takesMore() {
        if (added() < MAX_ROUTES) {
            return true;
        }
        full = true;
        return false;
    }

    /** Cuts what is left of the ranges into prefixes. */
    private void cutRanges() {
        ranges4.pieces(
                (firstHigh, firstLow, lastHigh, lastLow, range) -> cut4(firstLow, lastLow, range));
        ranges6.pieces(this::cut6);
    }

    private void cut4(long first, long last, int range) {
        long from = first;
        while (from <= last && takesMore()) {
            int bits = Long.numberOfTrailingZeros(from | 1L << 32);
            bits = Math.min(bits, 63 - Long.numberOfLeadingZeros(last + 1 - from));
            bits = Math.min(bits, 32 - shortest);
            v4.add(
                    from << 32,
                    0,
                    32 - bits,
                    ranges4.asns[range],
                    ranges4.lines[range],
                    ranges4.files[range] & 0xffff,
                    ranges4.countries[range]);
            from += 1L << bits;
        }
    }

    private void cut6(long firstHigh, long firstLow, long lastHigh, long lastLow, int range) {
        long high = firstHigh;
        long low = firstLow;
        while (RangeList.compare(high, low, lastHigh, lastLow) <= 0 && takesMore()) {
            int bits =
                    low != 0
                            ? Long.numberOfTrailingZeros(low)
                            : 64 + Long.numberOfTrailingZeros(high);
            long endHigh = high | ~Prefix.maskHigh(128 - bits);
            long endLow = low | ~Prefix.maskLow(128 - bits);
            while (RangeList.compare(endHigh, endLow, lastHigh, lastLow) > 0) {
                bits--;
                endHigh = high | ~Prefix.maskHigh(128 - bits);
                endLow = low | ~Prefix.maskLow(128 - bits);
            }
            v6.add(
                    high,
                    low,
                    128 - bits,
                    ranges6.asns[range],
                    ranges6.lines[range],
                    ranges6.files[range] & 0xffff,
                    ranges6.countries[range]);
            low = endLow + 1;
            high = low == 0 ? endHigh + 1 : endHigh;
            if (high == 0 && low == 0) {
                return;
            }
        }
    }

    /** Gives a country to each route that has none of its own. */
    private void fillCountries(RouteList list, CountryList known) {
        if (known.isEmpty()) {
            return;
        }
        known.close();
        for (int i = 0; i < list.count; i++) {
            if (list.countries[i] == NO_COUNTRY) {
                long high = list.v6 ? list.high[i] : 0;
                long low = list.v6 ? list.low[i] : list.high[i] >>> 32;
                int length = list.lengths[i] & 0xff;
                long endHigh = list.v6 ? high | ~Prefix.maskHigh(length) : 0;
                long endLow =
                        list.v6
                                ? low | ~Prefix.maskLow(length)
                                : low | (~Prefix.mask4(length) & 0xffffffffL);
                list.countries[i] = (short) known.of(high, low, endHigh, endLow);
            }
        }
    }

    /** Takes over all of another table: routes, origins, countries, names. */
    public void add(Rib rib) {
        int firstFile = files.size();
        for (String name : rib.info().files()) {
            file(name);
        }
        anyRange |= rib.info().kind() == RibKind.RANGES;
        countryInNames |= rib.info().countryRule().usesNames();
        skippedLines += rib.info().skippedLines();
        for (int route = 0; route < rib.routes() && takesMore(); route++) {
            file = Math.min(firstFile + rib.fileIndex(route), Math.max(0, files.size() - 1));
            RouteList list = rib.isV6(route) ? v6 : v4;
            long high = rib.isV6(route) ? rib.high(route) : rib.low(route) << 32;
            int[] origins = rib.origins(route);
            // The shown one comes last, as it does in a table.
            for (int i = origins.length - 1; i >= 0; i--) {
                list.add(
                        high,
                        rib.isV6(route) ? rib.low(route) : 0,
                        rib.length(route),
                        origins[i],
                        rib.line(route),
                        file,
                        rib.ownCountryCode(route));
                if (rib.hasAsSet(route)) {
                    list.seen(0, true);
                }
            }
        }
        rib.copyNames(names::add);
    }

    @Override
    public void name(int asn, byte[] utf8, int from, int to) {
        names.add(asn, utf8, from, to);
    }

    /**
     * Ranges of IPv4 are cut into prefixes of at least this length, as asn-tools cuts them at 8.
     *
     * @param length 1 to 32
     */
    public RibBuilder shortestOfRanges(int length) {
        shortest = length;
        return this;
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

    /** The number of routes and ranges so far, equal ones counted each time. */
    public int added() {
        return v4.count + v6.count + ranges4.count + ranges6.count;
    }

    /** Whether routes were left out, because there were more than 16 million. */
    public boolean isFull() {
        return full;
    }

    /** Whether AS names were left out, because there were more than a million or too long ones. */
    public boolean hasTooManyNames() {
        return names.isFull();
    }

    /**
     * The table. The builder is used up.
     *
     * @throws IllegalStateException when IPv6 prefixes are nested beyond any measure
     */
    public Rib build() {
        cutRanges();
        fillCountries(v4, countries4);
        fillCountries(v6, countries6);
        boolean anyCountry = v4.anyCountry() || v6.anyCountry();
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
        NameList.Sorted sortedNames = names.sorted();
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
                        columns.asSets(),
                        IntBuffer.wrap(sortedNames.asns),
                        IntBuffer.wrap(sortedNames.starts),
                        ByteBuffer.wrap(sortedNames.text),
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
                        sortedNames.asns.length,
                        rule,
                        source,
                        licence,
                        attribution,
                        List.copyOf(files),
                        skippedLines,
                        validFrom,
                        addedAt,
                        "",
                        0);
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
        private int[] asSets = new int[16];
        private int asSetCount;
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
            int shown = order[from];
            boolean inSet = list.inSet(shown);
            if (next - from > 1) {
                int[] ranked = OriginRule.ranked(list, order, from, next);
                shown = OriginRule.shown(list, order, from, next, ranked);
                many.begin(count, list.origins[shown]);
                for (int origin : ranked) {
                    many.add(origin);
                }
                for (int i = from; i < next; i++) {
                    many.add(list.origins[order[i]]);
                    inSet |= list.inSet(order[i]);
                }
                many.end();
            }
            if (inSet) {
                addAsSet();
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

        private void addAsSet() {
            if (asSetCount == asSets.length) {
                asSets = Arrays.copyOf(asSets, 2 * asSetCount);
            }
            asSets[asSetCount++] = count;
        }

        IntBuffer asSets() {
            return IntBuffer.wrap(Arrays.copyOf(asSets, asSetCount));
        }
    }
}
