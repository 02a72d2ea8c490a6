package org.asntally.sources.text;

import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/**
 * Reads clients as logs have them: an address, in brackets or not, with a port or not, with a zone
 * or not. Allocates nothing, never throws; one per thread.
 */
public final class ClientText {
    private final AddressText addresses;

    /** Reads as the user wants addresses read. */
    public ClientText(ReaderOptions options) {
        addresses = new AddressText(options);
    }

    /** Sets the source of a flow from all of {@code text[from, to)}; does not end the flow. */
    public SkipReason source(byte[] text, int from, int to, FlowBatchBuilder flows) {
        long quad = DottedQuad.parse(text, from, to);
        if (quad != 0 && DottedQuad.length(quad) == to - from) {
            flows.source4(DottedQuad.address(quad));
            return SkipReason.NONE;
        }
        SkipReason reason = parse(text, from, to);
        if (reason == SkipReason.NONE) {
            addresses.setSource(flows);
        }
        return reason;
    }

    /** Reads the client that is all of {@code text[from, to)}, for the methods below. */
    SkipReason parse(byte[] text, int from, int to) {
        return addresses.parse(text, from, to) ? SkipReason.NONE : dressed(text, from, to);
    }

    /** Whether the client that was read last is in a set. */
    boolean isIn(PrefixSet set) {
        return addresses.isIn(set);
    }

    /** Makes the client that was read last the source. */
    void setSource(FlowBatchBuilder flows) {
        addresses.setSource(flows);
    }

    /** Whether it is nginx's word for a client on a socket of the machine itself. */
    static boolean isLocalSocket(byte[] text, int from, int to) {
        return to - from >= 5
                && text[from] == 'u'
                && text[from + 1] == 'n'
                && text[from + 2] == 'i'
                && text[from + 3] == 'x'
                && text[from + 4] == ':';
    }

    private SkipReason dressed(byte[] text, int from, int to) {
        if (isLocalSocket(text, from, to)) {
            return SkipReason.NO_ADDRESS;
        }
        int start = from;
        int end = to;
        if (end - start >= 2 && text[start] == '"' && text[end - 1] == '"') {
            start++;
            end--;
        }
        if (start < end && text[start] == '[') {
            int bracket = last(text, start, end, ']');
            if (bracket < 0 || (bracket + 1 < end && !isPort(text, bracket + 1, end))) {
                return SkipReason.BAD_ADDRESS;
            }
            start++;
            end = bracket;
        } else {
            int colon = last(text, start, end, ':');
            // A second colon makes it v6, where a port could not be told from a group.
            if (colon > start && isPort(text, colon, end) && last(text, start, colon, ':') < 0) {
                end = colon;
            }
        }
        int zone = last(text, start, end, '%');
        if (zone > start) {
            end = zone;
        }
        return addresses.parse(text, start, end)
                ? SkipReason.NONE
                : AddressText.whyNot(text, start, end);
    }

    private static int last(byte[] text, int from, int to, char c) {
        for (int at = to - 1; at >= from; at--) {
            if (text[at] == c) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isPort(byte[] text, int from, int to) {
        if (to - from < 2 || to - from > 6 || text[from] != ':') {
            return false;
        }
        for (int at = from + 1; at < to; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return false;
            }
        }
        return true;
    }
}
