package org.asntally.sources.text;

import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/**
 * Finds the client behind proxies, in X-Forwarded-For, Forwarded (RFC 7239) and headers with one
 * address. The list is read from its right end, where the nearest proxy wrote, past those that are
 * trusted: the first other address is the client, for what stands left of it may be forged. When
 * all are trusted it is the leftmost one; where something is no address ({@code unknown}, a hidden
 * name) the one right of it. The word of a peer that is not trusted is not heard.
 *
 * <p>Allocates nothing, never throws; one per thread.
 */
final class ForwardedClient {
    private final ClientText clients;
    private final PrefixSet trusted;

    ForwardedClient(ClientText clients, TrustedProxies trusted) {
        this.clients = clients;
        this.trusted = trusted.set();
    }

    /**
     * Makes a client the source of a flow; does not end the flow.
     *
     * @param text the peer is all of {@code text[from, to)}; when that is empty, the log tells none
     *     and whoever wrote the list is believed
     * @param list the list is all of {@code list[listFrom, listTo)}
     */
    SkipReason source(
            byte[] text,
            int from,
            int to,
            byte[] list,
            int listFrom,
            int listTo,
            FlowBatchBuilder flows) {
        SkipReason peer = from == to ? SkipReason.NO_ADDRESS : clients.parse(text, from, to);
        if (peer == SkipReason.NONE) {
            clients.setSource(flows);
            if (!clients.isIn(trusted)) {
                return peer;
            }
        } else if (from < to && !ClientText.isLocalSocket(text, from, to)) {
            return peer;
        }
        return walk(list, listFrom, listTo, flows) ? SkipReason.NONE : peer;
    }

    /** Goes from the right to the left; whether there was any address. */
    private boolean walk(byte[] text, int from, int to, FlowBatchBuilder flows) {
        boolean any = false;
        int end = to;
        while (end > from) {
            int start = end;
            while (start > from && text[start - 1] != ',') {
                start--;
            }
            int left = passLeft(text, start, end);
            int right = passRight(text, left, end);
            if (left < right) {
                if (!hop(text, left, right)) {
                    return any;
                }
                clients.setSource(flows);
                any = true;
                if (!clients.isIn(trusted)) {
                    return true;
                }
            }
            end = start - 1;
        }
        return any;
    }

    /** Reads an address, or in pairs the one of {@code for}. */
    private boolean hop(byte[] text, int from, int to) {
        int start = from;
        int end = to;
        for (int at = from; at < to; at++) {
            if (text[at] == '=') {
                start = valueOfFor(text, from, to);
                end = start;
                while (end < to && text[end] != ';') {
                    end++;
                }
                start = passLeft(text, start, end);
                end = passRight(text, start, end);
                break;
            }
        }
        return start < end && clients.parse(text, start, end) == SkipReason.NONE;
    }

    /** Where the value of {@code for} begins; {@code to} when there is no such pair. */
    private static int valueOfFor(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            at = passLeft(text, at, to);
            if (to - at > 4
                    && (text[at] | 0x20) == 'f'
                    && (text[at + 1] | 0x20) == 'o'
                    && (text[at + 2] | 0x20) == 'r'
                    && text[at + 3] == '=') {
                return at + 4;
            }
            while (at < to && text[at] != ';') {
                at++;
            }
            at++;
        }
        return to;
    }

    /** Passes blanks and quotes, also those that servers write into quoted fields. */
    private static int passLeft(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            if (isBlank(text[at]) || text[at] == '"') {
                at++;
            } else if (to - at >= 2 && text[at] == '\\' && text[at + 1] == '"') {
                at += 2;
            } else if (to - at >= 4 && isEscapedQuote(text, at)) {
                at += 4;
            } else {
                break;
            }
        }
        return at;
    }

    private static int passRight(byte[] text, int from, int to) {
        int end = to;
        while (end > from) {
            if (isBlank(text[end - 1])) {
                end--;
            } else if (text[end - 1] == '"') {
                end -= end - from >= 2 && text[end - 2] == '\\' ? 2 : 1;
            } else if (end - from >= 4 && isEscapedQuote(text, end - 4)) {
                end -= 4;
            } else {
                break;
            }
        }
        return end;
    }

    private static boolean isEscapedQuote(byte[] text, int at) {
        return text[at] == '\\'
                && text[at + 1] == 'x'
                && text[at + 2] == '2'
                && text[at + 3] == '2';
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
