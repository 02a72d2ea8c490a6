package org.asntally.job.enrich;

import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.ClientText;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.ReaderOptions;

/**
 * Reads the first address in a line of any text, or the address that is a certain word of it.
 *
 * <p>The first address is the first run of digits, letters to f, dots and colons with neither
 * letter nor digit beside it that is an address, perhaps with a port, or a dot or colon of the
 * sentence, behind it; {@code ::} alone is none.
 */
final class TextRow implements LineReader {

    /** By byte: whether it may be part of an address. */
    private static final boolean[] PART = new boolean[256];

    /** By byte: whether it joins what is beside it to a word. */
    private static final boolean[] WORD = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            PART[c] = c < 128 && (Character.digit(c, 16) >= 0 || c == '.' || c == ':');
            WORD[c] = c >= 128 || Character.isLetterOrDigit(c) || c == '_';
        }
    }

    private final int word;
    private final boolean mapV4;
    private final Address address = new Address();
    private final ClientText clients;

    /**
     * @param word which word, from 1; 0: the first address
     */
    TextRow(int word, ReaderOptions options) {
        this.word = word;
        this.mapV4 = options.mapV4();
        this.clients = new ClientText(options);
    }

    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int start = from;
        while (start < to && isBlank(text[start])) {
            start++;
        }
        if (start == to || text[start] == '#') {
            return SkipReason.BLANK;
        }
        return word == 0 ? first(text, start, to, flows) : word(text, start, to, flows);
    }

    private SkipReason word(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int at = from;
        for (int i = 1; at < to; i++) {
            int start = at;
            while (at < to && !isBlank(text[at])) {
                at++;
            }
            if (i == word) {
                SkipReason reason = clients.source(text, start, at, flows);
                if (reason == SkipReason.NONE) {
                    flows.endFlow();
                }
                return reason;
            }
            while (at < to && isBlank(text[at])) {
                at++;
            }
        }
        return SkipReason.NO_ADDRESS;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private SkipReason first(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int at = from;
        while (at < to) {
            while (at < to && !PART[text[at] & 0xff]) {
                at++;
            }
            int start = at;
            boolean sign = false;
            while (at < to && PART[text[at] & 0xff]) {
                sign |= text[at] < '0' || text[at] == ':';
                at++;
            }
            if (sign
                    && at - start > 2
                    && (start == from || !WORD[text[start - 1] & 0xff])
                    && (at == to || !WORD[text[at] & 0xff])
                    && take(text, start, at, flows)) {
                return SkipReason.NONE;
            }
        }
        return SkipReason.NO_ADDRESS;
    }

    private boolean take(byte[] text, int start, int end, FlowBatchBuilder flows) {
        int family = address.parse(text, start, end);
        if (family == 0 && (text[end - 1] == '.' || text[end - 1] == ':')) {
            family = address.parse(text, start, end - 1);
        }
        if (family == 0) {
            int port = start;
            while (port < end && text[port] != ':') {
                port++;
            }
            family = port < end ? address.parse(text, start, port) : 0;
            // What is a group before a colon is no address.
            family = family == 4 ? 4 : 0;
        }
        if (family == 0) {
            return false;
        }
        if (family == 4 || (mapV4 && address.isMapped())) {
            flows.source4(address.v4());
        } else {
            flows.source6(address.high(), address.low());
        }
        flows.endFlow();
        return true;
    }
}
