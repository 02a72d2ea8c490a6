package org.asntally.job.ask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;
import org.jspecify.annotations.Nullable;

/**
 * Why an address or a prefix has the answer that it has.
 *
 * @param question as it was typed
 * @param lookedUp the address or prefix that was looked up
 * @param carried whether that is the IPv4 address within a v4-mapped one
 * @param routes that hold all of it, the longest, which is the answer, first
 * @param within routes of a prefix that are longer than it; at most {@value #MOST_WITHIN}
 * @param allWithin how many of these there are
 * @param special blocks that an address lies in, the smallest first; of a prefix, those that have
 *     an address in common with it
 */
record Explanation(
        String question,
        String lookedUp,
        boolean carried,
        List<Integer> routes,
        List<Integer> within,
        int allWithin,
        List<SpecialBlock> special) {

    /** Longer routes of a prefix that are shown. */
    static final int MOST_WITHIN = 10;

    /** The explanation, or null when the text is neither an address nor a prefix. */
    static @Nullable Explanation of(String question, Rib rib, boolean mapV4) {
        int slash = question.indexOf('/');
        byte[] text =
                (slash < 0 ? question : question.substring(0, slash))
                        .getBytes(StandardCharsets.UTF_8);
        Address address = new Address();
        int family = address.parse(text, 0, text.length);
        int bits = family == 4 ? 32 : 128;
        int length = slash < 0 ? bits : length(question.substring(slash + 1), bits);
        if (family == 0 || length < 0) {
            return null;
        }
        boolean carried = family == 6 && mapV4 && address.isMapped() && length >= 96;
        boolean v6 = family == 6 && !carried;
        length = carried ? length - 96 : length;
        long high = v6 ? address.high() & Prefix.maskHigh(length) : 0;
        long low =
                v6
                        ? address.low() & Prefix.maskLow(length)
                        : address.v4() & Prefix.mask4(length) & 0xffffffffL;
        String lookedUp =
                slash < 0
                        ? v6 ? Address.text6(high, low) : Address.text4((int) low)
                        : Prefix.text(v6, high, low, length);
        List<Integer> routes = new ArrayList<>();
        int route = rib.covering(v6, high, low, length);
        while (route != Rib.UNROUTED) {
            routes.add(route);
            route = rib.covering(route);
        }
        List<Integer> within = new ArrayList<>();
        int allWithin = slash < 0 ? 0 : within(rib, v6, high, low, length, within);
        return new Explanation(
                question,
                lookedUp,
                carried,
                routes,
                within,
                allWithin,
                special(v6, high, low, length));
    }

    private static int length(String text, int bits) {
        if (!text.matches("0|[1-9][0-9]{0,2}")) {
            return -1;
        }
        int length = Integer.parseInt(text);
        return length <= bits ? length : -1;
    }

    /** The routes below a prefix stand behind it, up to the first that begins outside of it. */
    private static int within(
            Rib rib, boolean v6, long high, long low, int length, List<Integer> first) {
        int end = v6 ? rib.routes() : rib.v4Routes();
        int count = 0;
        for (int route = rib.firstFrom(v6, high, low); route < end; route++) {
            boolean inside =
                    v6
                            ? (rib.high(route) & Prefix.maskHigh(length)) == high
                                    && (rib.low(route) & Prefix.maskLow(length)) == low
                            : (rib.low(route) & Prefix.mask4(length) & 0xffffffffL) == low;
            if (!inside) {
                break;
            }
            if (rib.length(route) > length) {
                count++;
                if (first.size() < MOST_WITHIN) {
                    first.add(route);
                }
            }
        }
        return count;
    }

    private static List<SpecialBlock> special(boolean v6, long high, long low, int length) {
        List<SpecialBlock> blocks =
                new ArrayList<>(SpecialPurpose.overlapping(v6, high, low, length));
        blocks.sort((a, b) -> Integer.compare(b.length(), a.length()));
        return blocks;
    }
}
