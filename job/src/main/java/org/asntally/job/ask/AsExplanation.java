package org.asntally.job.ask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.Asn;
import org.asntally.lookup.rib.Rib;
import org.jspecify.annotations.Nullable;

/**
 * What a table has of an AS.
 *
 * @param question as it was typed
 * @param asn unsigned
 * @param purpose what the number is set aside for; null for an ordinary one
 * @param v4 IPv4 routes that it originates, as the origin that is shown
 * @param v6 the same of IPv6
 * @param first the first of these, IPv4 first; at most {@value Explanation#MOST_WITHIN}
 * @param besides routes that are shown with another origin and originated by it too
 */
record AsExplanation(
        String question,
        int asn,
        @Nullable String purpose,
        int v4,
        int v6,
        List<Integer> first,
        int besides) {

    /** The explanation, or null when the text is no {@code AS15169}. */
    static @Nullable AsExplanation of(String question, Rib rib) {
        byte[] text = question.getBytes(StandardCharsets.UTF_8);
        long number = Questions.asn(text, 0, text.length);
        if (number < 0) {
            return null;
        }
        int asn = (int) number;
        List<Integer> first = new ArrayList<>();
        int[] routes = new int[2];
        int besides = 0;
        for (int route = 0; route < rib.routes(); route++) {
            if (rib.origin(route) == asn) {
                routes[route < rib.v4Routes() ? 0 : 1]++;
                if (first.size() < Explanation.MOST_WITHIN) {
                    first.add(route);
                }
            } else if (isAmong(rib.origins(route), asn)) {
                besides++;
            }
        }
        return new AsExplanation(
                question, asn, Asn.special(asn), routes[0], routes[1], first, besides);
    }

    private static boolean isAmong(int[] origins, int asn) {
        for (int origin : origins) {
            if (origin == asn) {
                return true;
            }
        }
        return false;
    }
}
