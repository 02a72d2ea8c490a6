package org.asntally.lookup;

import org.jspecify.annotations.Nullable;

/**
 * AS numbers that belong to nobody: IANA's special-purpose registry of AS numbers, and the block
 * that its registry of AS numbers keeps back, both as of 2026.
 */
public final class Asn {

    /** First, last and what they are for, ascending. */
    private record Block(long first, long last, String name) {}

    private static final Block[] BLOCKS = {
        new Block(0, 0, "reserved (RFC 7607)"),
        new Block(112, 112, "AS112 project (RFC 7534)"),
        new Block(23_456, 23_456, "AS_TRANS (RFC 6793)"),
        new Block(64_496, 64_511, "documentation (RFC 5398)"),
        new Block(64_512, 65_534, "private use (RFC 6996)"),
        new Block(65_535, 65_535, "reserved (RFC 7300)"),
        new Block(65_536, 65_551, "documentation (RFC 5398)"),
        new Block(65_552, 131_071, "reserved (IANA)"),
        new Block(4_200_000_000L, 4_294_967_294L, "private use (RFC 6996)"),
        new Block(4_294_967_295L, 4_294_967_295L, "reserved (RFC 7300)")
    };

    private Asn() {}

    /**
     * What a number is for that no network on the Internet has, or null for an ordinary one.
     *
     * @param asn unsigned
     */
    public static @Nullable String special(int asn) {
        long number = asn & 0xffffffffL;
        for (Block block : BLOCKS) {
            if (number >= block.first && number <= block.last) {
                return block.name;
            }
        }
        return null;
    }

    /**
     * As {@link #special}, but null for the numbers for documentation: examples speak of those as
     * of ordinary ones.
     *
     * @param asn unsigned
     */
    public static @Nullable String reserved(int asn) {
        String name = special(asn);
        return name == null || name.startsWith("documentation") ? null : name;
    }
}
