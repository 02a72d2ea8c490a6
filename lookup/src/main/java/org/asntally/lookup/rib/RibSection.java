package org.asntally.lookup.rib;

import org.jspecify.annotations.Nullable;

/** The sections of a RIB file, in their order. The number is written, so it never changes. */
enum RibSection {
    FACTS(1, 1, "facts"),
    ADDRESS_4(2, 4, "IPv4 addresses"),
    HIGH_6(3, 8, "upper halves of IPv6 addresses"),
    LOW_6(4, 8, "lower halves of IPv6 addresses"),
    LENGTHS(5, 1, "prefix lengths"),
    ORIGINS(6, 4, "origins"),
    LINES(7, 4, "lines"),
    FILES(8, 2, "files"),
    COUNTRIES(9, 2, "countries"),
    MANY_ROUTES(10, 4, "routes of several origins"),
    MANY_STARTS(11, 4, "starts of further origins"),
    MANY_ORIGINS(12, 4, "further origins"),
    NAMED_ASNS(13, 4, "named ASes"),
    NAME_STARTS(14, 4, "starts of AS names"),
    NAME_TEXT(15, 1, "AS names"),
    CELLS_4(16, 8, "IPv4 lookup bits"),
    RUNS_4(17, 4, "IPv4 lookup answers"),
    SLOTS_6(18, 4, "IPv6 lookup trie"),
    HIGHS_6(19, 8, "IPv6 lookup ranges"),
    RUNS_6(20, 4, "IPv6 lookup answers"),
    BLOCKS_6(21, 4, "IPv6 lookup blocks"),
    LOWS_6(22, 8, "IPv6 lookup hosts"),
    TAILS_6(23, 4, "IPv6 lookup host answers"),
    AS_SETS(24, 4, "routes with an AS_SET");

    private static final RibSection[] ALL = values();

    final int id;
    final int width;
    final String words;

    RibSection(int id, int width, String words) {
        this.id = id;
        this.width = width;
        this.words = words;
    }

    /** Whether a file may lack it, because it was written before there was one. */
    boolean isOptional() {
        return this == AS_SETS;
    }

    /** Of a later layout, when null. */
    static @Nullable RibSection of(int id) {
        return id >= 1 && id <= ALL.length ? ALL[id - 1] : null;
    }

    static int count() {
        return ALL.length;
    }
}
