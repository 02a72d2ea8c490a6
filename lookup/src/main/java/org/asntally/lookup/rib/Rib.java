package org.asntally.lookup.rib;

import java.nio.IntBuffer;
import org.asntally.lookup.Asn;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.lpm.Ipv4Table;
import org.asntally.lookup.lpm.Ipv6Table;
import org.jspecify.annotations.Nullable;

/**
 * A table of routes. Addresses are looked up to route indexes, and everything else is asked by
 * index: 0 to {@link #routes} - 1, IPv4 before IPv6, each by address and length.
 *
 * <p>Immutable; any number of threads. Lookups allocate nothing.
 */
public final class Rib {

    /** The index of no route. */
    public static final int UNROUTED = -1;

    /** Copying takes as long as so many lookups gain by it; {@code LpmBenchmark} says how much. */
    private static final long HEAP_PAYS = 1_000_000;

    private static final byte[] NO_BYTES = {};

    private final RibParts parts;
    private final RibInfo info;
    private byte @Nullable [] hash;
    private volatile Ipv4Table table4;
    private volatile Ipv6Table table6;
    private final int v4Routes;

    /**
     * @param hash the content hash where it is known; else it is made when it is first asked for
     */
    Rib(RibParts parts, RibInfo info, byte @Nullable [] hash) {
        this.parts = parts;
        this.info = info;
        this.hash = hash;
        this.table4 = parts.table4();
        this.table6 = parts.table6();
        this.v4Routes = parts.v4Routes();
    }

    /** The first eight bytes of the content hash, big-endian. */
    public long version() {
        byte[] hash = hash();
        long version = 0;
        for (int i = 0; i < 8; i++) {
            version = version << 8 | (hash[i] & 0xff);
        }
        return version;
    }

    /**
     * The content hash in hexadecimal: SHA-256 over routes, origins, places, countries, names and
     * sources, not over times. Equal tables have equal ids.
     */
    public String id() {
        StringBuilder text = new StringBuilder(64);
        for (byte b : hash()) {
            text.append(Character.forDigit(b >> 4 & 0xf, 16))
                    .append(Character.forDigit(b & 0xf, 16));
        }
        return text.toString();
    }

    /** The facts about this table. */
    public RibInfo info() {
        return info;
    }

    /** The same table with other facts about it, which are no part of its content. */
    Rib with(RibInfo other) {
        return new Rib(parts, other, hash());
    }

    /**
     * The same table, noted as got by an update.
     *
     * @param from address or file
     * @param shrunkFrom routes of the table before, where this one was kept although it has far
     *     fewer; else 0
     */
    public Rib fetched(String from, long shrunkFrom) {
        return with(info.fetched(from, shrunkFrom));
    }

    RibParts parts() {
        return parts;
    }

    synchronized byte[] hash() {
        byte[] known = hash;
        if (known == null) {
            known = ContentHash.of(parts, info);
            hash = known;
        }
        return known;
    }

    /** The number of routes. */
    public int routes() {
        return parts.routes();
    }

    /** The number of IPv4 routes, which is the index of the first IPv6 one. */
    public int v4Routes() {
        return v4Routes;
    }

    /** The route with the longest prefix that holds this IPv4 address, or {@link #UNROUTED}. */
    public int route4(int address) {
        return table4.route(address);
    }

    /** The route with the longest prefix that holds this IPv6 address, or {@link #UNROUTED}. */
    public int route6(long high, long low) {
        int route = table6.route(high, low);
        return route < 0 ? UNROUTED : route + v4Routes;
    }

    /** {@link #route4} of the first {@code count} addresses. */
    public void routes4(int[] addresses, int count, int[] routes) {
        table4.routes(addresses, count, routes);
    }

    /** {@link #route6} of the first {@code count} addresses. */
    public void routes6(long[] high, long[] low, int count, int[] routes) {
        table6.routes(high, low, count, routes, v4Routes);
    }

    /**
     * Says that some {@code count} lookups are to come: when they are many, the lookup structures
     * of a mapped table are copied to the heap (some 20 MB for a million routes), where a lookup is
     * faster. Any number of calls, from any thread; the answers do not change.
     */
    public void expectLookups(long count) {
        if (count >= HEAP_PAYS) {
            synchronized (this) {
                table4 = table4.onHeap();
                table6 = table6.onHeap();
            }
        }
    }

    /** The route with exactly this prefix, or {@link #UNROUTED}. */
    public int exactRoute(boolean v6, long high, long low, int length) {
        int from = v6 ? v4Routes : 0;
        int to = v6 ? routes() : v4Routes;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(high(middle), high);
            order = order != 0 ? order : Long.compareUnsigned(low(middle), low);
            order = order != 0 ? order : length(middle) - length;
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return UNROUTED;
    }

    /** The longest route that covers this one and is not it, or {@link #UNROUTED}. */
    public int covering(int route) {
        return covering(isV6(route), high(route), low(route), length(route) - 1);
    }

    /**
     * The longest route that covers a prefix or is it, or {@link #UNROUTED}.
     *
     * @param high the upper 64 bits of an IPv6 prefix, else 0
     * @param low the lower 64 bits, or the IPv4 address as an unsigned number
     * @param length its length; bits of the address beyond it do not matter
     */
    public int covering(boolean v6, long high, long low, int length) {
        for (int shorter = length; shorter > 0; shorter--) {
            int found =
                    v6
                            ? exactRoute(
                                    true,
                                    high & Prefix.maskHigh(shorter),
                                    low & Prefix.maskLow(shorter),
                                    shorter)
                            : exactRoute(
                                    false, 0, low & Prefix.mask4(shorter) & 0xffffffffL, shorter);
            if (found != UNROUTED) {
                return found;
            }
        }
        return UNROUTED;
    }

    /** The first route whose address is not below this one, as an index; may be behind the last. */
    public int firstFrom(boolean v6, long high, long low) {
        int from = v6 ? v4Routes : 0;
        int to = v6 ? routes() : v4Routes;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(high(middle), high);
            order = order != 0 ? order : Long.compareUnsigned(low(middle), low);
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The family of a route. */
    public boolean isV6(int route) {
        return route >= v4Routes;
    }

    /** The upper 64 bits of an IPv6 route's address; 0 of an IPv4 one. */
    public long high(int route) {
        return route < v4Routes ? 0 : parts.high6().get(route - v4Routes);
    }

    /** The lower 64 bits of an IPv6 route's address; an IPv4 one's as an unsigned number. */
    public long low(int route) {
        return route < v4Routes
                ? parts.address4().get(route) & 0xffffffffL
                : parts.low6().get(route - v4Routes);
    }

    /** The prefix length of a route: 1 to 32 or 128. */
    public int length(int route) {
        return parts.lengths().get(route) & 0xff;
    }

    /** The origin AS of a route that is shown; unsigned, never 0. */
    public int origin(int route) {
        return parts.origins().get(route);
    }

    /**
     * All origins of a route, the shown one first; then, in a table of BGP peers, the others by how
     * many peers see them, else in the order of the table.
     */
    public int[] origins(int route) {
        int at = search(parts.manyRoutes(), route);
        if (at < 0) {
            return new int[] {origin(route)};
        }
        int from = parts.manyStarts().get(at);
        int to = parts.manyStarts().get(at + 1);
        int[] all = new int[1 + to - from];
        all[0] = origin(route);
        parts.manyOrigins().get(from, all, 1, to - from);
        return all;
    }

    /** Whether an origin of a route is one of an AS_SET: it was put together from several. */
    public boolean hasAsSet(int route) {
        return search(parts.asSets(), route) >= 0;
    }

    /** The prefix of a route as text: {@code 192.0.2.0/24}. */
    public String prefix(int route) {
        return Prefix.text(isV6(route), high(route), low(route), length(route));
    }

    /** The line, or record, of its file on which a route stands, counted from 1. */
    public int line(int route) {
        return parts.lines().get(route);
    }

    /** The name of the file that a route was read from. */
    public String file(int route) {
        int file = fileIndex(route);
        return file < info.files().size() ? info.files().get(file) : "";
    }

    int fileIndex(int route) {
        return parts.files().limit() == 0 ? 0 : parts.files().get(route) & 0xffff;
    }

    /** Takes the name of an AS: UTF-8 in {@code text[from, to)}. */
    interface Names {
        void name(int asn, byte[] text, int from, int to);
    }

    void copyNames(Names to) {
        for (int i = 0; i < parts.namedAsns().limit(); i++) {
            byte[] name = new byte[parts.nameStarts().get(i + 1) - parts.nameStarts().get(i)];
            parts.nameText().get(parts.nameStarts().get(i), name);
            to.name(parts.namedAsns().get(i), name, 0, name.length);
        }
    }

    /** Where the name of an AS is among the names, or -1 when it has none. */
    public int nameIndex(int asn) {
        return search(parts.namedAsns(), asn);
    }

    /** How many bytes the name at {@code index} takes. */
    public int nameLength(int index) {
        return parts.nameStarts().get(index + 1) - parts.nameStarts().get(index);
    }

    /** Copies the name at {@code index}, UTF-8, to {@code into} from {@code at} on. */
    public void copyName(int index, byte[] into, int at) {
        parts.nameText().get(parts.nameStarts().get(index), into, at, nameLength(index));
    }

    /** The ASes that have a name, ascending unsigned. */
    public int[] namedAsns() {
        int[] asns = new int[parts.namedAsns().limit()];
        parts.namedAsns().get(0, asns);
        return asns;
    }

    /** The name of an AS in UTF-8, or null when it has none. */
    public byte @Nullable [] nameUtf8(int asn) {
        int index = nameIndex(asn);
        if (index < 0) {
            return null;
        }
        int length = nameLength(index);
        byte[] name = length == 0 ? NO_BYTES : new byte[length];
        copyName(index, name, 0);
        return name;
    }

    /** The name of an AS, or null when it has none. Text from outside: may hold anything. */
    public @Nullable String name(int asn) {
        byte[] utf8 = nameUtf8(asn);
        return utf8 == null ? null : new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * The name of an AS, or what its number is reserved for by {@link Asn#reserved}, or null. Text
     * from outside: may hold anything.
     */
    public @Nullable String nameOrReserved(int asn) {
        String name = name(asn);
        return name == null || name.isEmpty() ? Asn.reserved(asn) : name;
    }

    /**
     * The country of a route by {@link RibInfo#countryRule}, two letters packed as {@code 'F' << 8
     * | 'R'}, or 0 when it is not known.
     */
    public int countryCode(int route) {
        int code = ownCountryCode(route);
        return code == 0 ? countryOfName(origin(route)) : code;
    }

    /**
     * The country at the end of an AS's name, packed as in {@link #countryCode}; 0 when there is
     * none, and where {@link RibInfo#countryRule} does not take countries from names.
     */
    public int countryOfName(int asn) {
        int index = info.countryRule().usesNames() ? nameIndex(asn) : -1;
        return index < 0
                ? 0
                : Countries.atEndOf(
                        parts.nameText(),
                        parts.nameStarts().get(index),
                        parts.nameStarts().get(index + 1));
    }

    /** A packed country as two letters, or null when it is 0. */
    public static @Nullable String countryText(int code) {
        return code == 0 ? null : Countries.text(code);
    }

    /** The country in the table's own column, or 0. */
    int ownCountryCode(int route) {
        return parts.countries().limit() == 0 ? 0 : parts.countries().get(route) & 0xffff;
    }

    /** The country of a route as two letters, or null when it is not known. */
    public @Nullable String country(int route) {
        return countryText(countryCode(route));
    }

    /** Position of an unsigned key among ascending ones, or -1. */
    private static int search(IntBuffer keys, int key) {
        int from = 0;
        int to = keys.limit();
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = Integer.compareUnsigned(keys.get(middle), key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return "rib " + id().substring(0, 16) + " of " + routes() + " routes";
    }
}
