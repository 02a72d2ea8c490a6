package org.asntally.lookup.special;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.asntally.lookup.Address;
import org.jspecify.annotations.Nullable;

/**
 * The IANA special-purpose address registries of both families (RFC 6890, RFC 8190), and what they
 * leave to other registries: multicast (RFC 5771, RFC 4291), the IPv6 site-local and
 * IPv4-compatible blocks, both deprecated. Of nested blocks the smallest holds: 192.0.0.9 is
 * globally reachable, the rest of 192.0.0.0/24 is not.
 *
 * <p>Allocates nothing; any number of threads.
 */
public final class SpecialPurpose {

    /** When the registries were last updated as they are here. */
    public static final LocalDate AS_OF = LocalDate.of(2025, 10, 9);

    /** Columns: source, destination, forwardable, globally reachable, reserved by protocol. */
    private static final List<SpecialBlock> BLOCKS =
            List.of(
                    row("0.0.0.0", 8, "This network", "RFC 791", "ynnny"),
                    row("0.0.0.0", 32, "This host on this network", "RFC 1122", "ynnny"),
                    row("10.0.0.0", 8, "Private-Use", "RFC 1918", "yyynn"),
                    row("100.64.0.0", 10, "Shared Address Space", "RFC 6598", "yyynn"),
                    row("127.0.0.0", 8, "Loopback", "RFC 1122", "nnnny"),
                    row("169.254.0.0", 16, "Link Local", "RFC 3927", "yynny"),
                    row("172.16.0.0", 12, "Private-Use", "RFC 1918", "yyynn"),
                    row("192.0.0.0", 24, "IETF Protocol Assignments", "RFC 6890", "nnnnn"),
                    row("192.0.0.0", 29, "IPv4 Service Continuity Prefix", "RFC 7335", "yyynn"),
                    row("192.0.0.8", 32, "IPv4 dummy address", "RFC 7600", "ynnnn"),
                    row("192.0.0.9", 32, "Port Control Protocol Anycast", "RFC 7723", "yyyyn"),
                    row(
                            "192.0.0.10",
                            32,
                            "Traversal Using Relays around NAT Anycast",
                            "RFC 8155",
                            "yyyyn"),
                    row("192.0.0.170", 32, "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050", "nnnny"),
                    row("192.0.0.171", 32, "NAT64/DNS64 Discovery", "RFC 8880, RFC 7050", "nnnny"),
                    row("192.0.2.0", 24, "Documentation (TEST-NET-1)", "RFC 5737", "nnnnn"),
                    row("192.31.196.0", 24, "AS112-v4", "RFC 7535", "yyyyn"),
                    row("192.52.193.0", 24, "AMT", "RFC 7450", "yyyyn"),
                    row("192.88.99.0", 24, "Deprecated (6to4 Relay Anycast)", "RFC 7526", "-----"),
                    row("192.88.99.2", 32, "6a44-relay anycast address", "RFC 6751", "yyynn"),
                    row("192.168.0.0", 16, "Private-Use", "RFC 1918", "yyynn"),
                    row("192.175.48.0", 24, "Direct Delegation AS112 Service", "RFC 7534", "yyyyn"),
                    row("198.18.0.0", 15, "Benchmarking", "RFC 2544", "yyynn"),
                    row("198.51.100.0", 24, "Documentation (TEST-NET-2)", "RFC 5737", "nnnnn"),
                    row("203.0.113.0", 24, "Documentation (TEST-NET-3)", "RFC 5737", "nnnnn"),
                    row("224.0.0.0", 4, "Multicast", "RFC 5771", "ny---"),
                    row("240.0.0.0", 4, "Reserved", "RFC 1112", "nnnny"),
                    row("255.255.255.255", 32, "Limited Broadcast", "RFC 8190, RFC 919", "nynny"),
                    row("::", 96, "IPv4-Compatible Address (deprecated)", "RFC 4291", "-----"),
                    row("::", 128, "Unspecified Address", "RFC 4291", "ynnny"),
                    row("::1", 128, "Loopback Address", "RFC 4291", "nnnny"),
                    row("::ffff:0:0", 96, "IPv4-mapped Address", "RFC 4291", "nnnny"),
                    row("64:ff9b::", 96, "IPv4-IPv6 Translat.", "RFC 6052", "yyyyn"),
                    row("64:ff9b:1::", 48, "IPv4-IPv6 Translat.", "RFC 8215", "yyynn"),
                    row("100::", 64, "Discard-Only Address Block", "RFC 6666", "yyynn"),
                    row("100:0:0:1::", 64, "Dummy IPv6 Prefix", "RFC 9780", "ynnnn"),
                    row("2001::", 23, "IETF Protocol Assignments", "RFC 2928", "nnnnn"),
                    row("2001::", 32, "TEREDO", "RFC 4380, RFC 8190", "yyy-n"),
                    row("2001:1::1", 128, "Port Control Protocol Anycast", "RFC 7723", "yyyyn"),
                    row(
                            "2001:1::2",
                            128,
                            "Traversal Using Relays around NAT Anycast",
                            "RFC 8155",
                            "yyyyn"),
                    row(
                            "2001:1::3",
                            128,
                            "DNS-SD Service Registration Protocol Anycast",
                            "RFC 9665",
                            "yyyyn"),
                    row("2001:2::", 48, "Benchmarking", "RFC 5180", "yyynn"),
                    row("2001:3::", 32, "AMT", "RFC 7450", "yyyyn"),
                    row("2001:4:112::", 48, "AS112-v6", "RFC 7535", "yyyyn"),
                    row("2001:10::", 28, "Deprecated (previously ORCHID)", "RFC 4843", "-----"),
                    row("2001:20::", 28, "ORCHIDv2", "RFC 7343", "yyyyn"),
                    row(
                            "2001:30::",
                            28,
                            "Drone Remote ID Protocol Entity Tags (DETs) Prefix",
                            "RFC 9374",
                            "yyyyn"),
                    row("2001:db8::", 32, "Documentation", "RFC 3849", "nnnnn"),
                    row("2002::", 16, "6to4", "RFC 3056", "yyy-n"),
                    row(
                            "2620:4f:8000::",
                            48,
                            "Direct Delegation AS112 Service",
                            "RFC 7534",
                            "yyyyn"),
                    row("3fff::", 20, "Documentation", "RFC 9637", "nnnnn"),
                    row("5f00::", 16, "Segment Routing (SRv6) SIDs", "RFC 9602", "yyynn"),
                    row("fc00::", 7, "Unique-Local", "RFC 4193, RFC 8190", "yyynn"),
                    row("fe80::", 10, "Link-Local Unicast", "RFC 4291", "yynny"),
                    row("fec0::", 10, "Site-Local Unicast (deprecated)", "RFC 3879", "-----"),
                    row("ff00::", 8, "Multicast", "RFC 4291", "ny---"));

    private static final SpecialBlock[] SMALLEST_FIRST_4 = smallestFirst(false);
    private static final SpecialBlock[] SMALLEST_FIRST_6 = smallestFirst(true);

    /** By the first octet: most addresses are told from the first look. */
    private static final boolean[] TOUCHED_4 = touched(SMALLEST_FIRST_4);

    private static final boolean[] TOUCHED_6 = touched(SMALLEST_FIRST_6);

    private SpecialPurpose() {}

    private static SpecialBlock row(
            String address, int length, String name, String rfc, String columns) {
        byte[] text = address.getBytes(StandardCharsets.US_ASCII);
        Address parsed = new Address();
        boolean v6 = parsed.parse(text, 0, text.length) == 6;
        return new SpecialBlock(
                v6,
                v6 ? parsed.high() : 0,
                v6 ? parsed.low() : parsed.v4() & 0xffffffffL,
                length,
                name,
                rfc,
                Stated.of(columns.charAt(0)),
                Stated.of(columns.charAt(1)),
                Stated.of(columns.charAt(2)),
                Stated.of(columns.charAt(3)),
                Stated.of(columns.charAt(4)));
    }

    private static SpecialBlock[] smallestFirst(boolean v6) {
        return BLOCKS.stream()
                .filter(block -> block.v6() == v6)
                .sorted(Comparator.comparingInt(SpecialBlock::length).reversed())
                .toArray(SpecialBlock[]::new);
    }

    private static boolean[] touched(SpecialBlock[] blocks) {
        boolean[] touched = new boolean[256];
        for (SpecialBlock block : blocks) {
            int first = (int) (block.v6() ? block.high() >>> 56 : block.low() >>> 24);
            for (int i = 0; i < 1 << Math.max(0, 8 - block.length()); i++) {
                touched[first + i] = true;
            }
        }
        return touched;
    }

    /** The smallest block that holds an IPv4 address, or null. */
    public static @Nullable SpecialBlock of4(int address) {
        return TOUCHED_4[address >>> 24] ? holding(SMALLEST_FIRST_4, 0, address) : null;
    }

    /** The smallest block that holds an IPv6 address, or null. */
    public static @Nullable SpecialBlock of6(long high, long low) {
        return TOUCHED_6[(int) (high >>> 56)] ? holding(SMALLEST_FIRST_6, high, low) : null;
    }

    private static @Nullable SpecialBlock holding(SpecialBlock[] blocks, long high, long low) {
        for (SpecialBlock block : blocks) {
            if (block.holds(high, low)) {
                return block;
            }
        }
        return null;
    }

    /**
     * Whether a prefix and any block have an address in common.
     *
     * @param high the upper 64 bits of an IPv6 prefix's address, else 0
     * @param low the lower 64 bits, or the IPv4 address as a number
     * @param length its length; bits beyond it do not matter
     */
    public static boolean overlaps(boolean v6, long high, long low, int length) {
        for (SpecialBlock block : v6 ? SMALLEST_FIRST_6 : SMALLEST_FIRST_4) {
            if (block.meets(high, low, length)) {
                return true;
            }
        }
        return false;
    }

    /** All blocks that have an address in common with a prefix, in the order of the registries. */
    public static List<SpecialBlock> overlapping(boolean v6, long high, long low, int length) {
        List<SpecialBlock> found = new ArrayList<>();
        for (SpecialBlock block : BLOCKS) {
            if (block.v6() == v6 && block.meets(high, low, length)) {
                found.add(block);
            }
        }
        return Collections.unmodifiableList(found);
    }

    /** All blocks, IPv4 first, in the order of the registries. */
    public static List<SpecialBlock> blocks() {
        return BLOCKS;
    }
}
