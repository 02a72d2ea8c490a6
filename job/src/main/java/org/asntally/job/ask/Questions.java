package org.asntally.job.ask;

import java.io.IOException;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.rib.Rib;
import org.asntally.sources.text.DottedQuad;
import org.asntally.sources.text.LineFeed;

/**
 * Lines to rows: reads a question from each line, looks the addresses among them up in batches, and
 * has the rows written in the order of the lines. Blanks around a question do not count, a {@code
 * #} begins a comment.
 *
 * <p>Nothing is allocated per line. One thread.
 */
final class Questions {

    /** Hears of lines without a question that can be read. */
    interface Unreadable {
        /** Text is lent: {@code text[from, to)}, without blanks around it. */
        void line(long number, byte[] text, int from, int to);
    }

    private static final int BATCH = 1024;

    private enum Kind {
        V4,
        V6,
        PREFIX,
        AS,
        UNREADABLE,
        BLANK
    }

    private final Rib rib;
    private final RowWriter rows;
    private final RowBuffer out;
    private final boolean mapV4;
    private final Unreadable unreadable;
    private final AsFacts.Source ases;
    private final Address address = new Address();

    private final Kind[] kinds = new Kind[BATCH];
    private final int[] from = new int[BATCH];
    private final int[] to = new int[BATCH];
    private final int[] v4 = new int[BATCH];
    private final long[] high = new long[BATCH];
    private final long[] low = new long[BATCH];
    private final int[] routes4 = new int[BATCH];
    private final int[] routes6 = new int[BATCH];
    private int count;
    private int count4;
    private int count6;

    private long lines;
    private long asked;
    private long unrouted;
    private long bad;

    // The prefix that was read last.
    private boolean prefixV6;
    private long prefixHigh;
    private long prefixLow;
    private int prefixLength;

    Questions(Rib rib, RowWriter rows, RowBuffer out, boolean mapV4, Unreadable unreadable) {
        this.rib = rib;
        this.rows = rows;
        this.out = out;
        this.mapV4 = mapV4;
        this.unreadable = unreadable;
        this.ases = new AsFacts.Source(rib);
    }

    /** Questions that could be read. */
    long asked() {
        return asked;
    }

    /** Of these, those that the table does not know. */
    long unrouted() {
        return unrouted;
    }

    /** Lines that could not be read. */
    long unreadable() {
        return bad;
    }

    /** Lines that are no questions: they have a number, and no row. */
    void passLines(long more) {
        lines += more;
    }

    /** Answers whole lines; the last one may lack its line feed. */
    void answer(byte[] text, int start, int end) throws IOException {
        int at = start;
        while (at < end) {
            int line = at;
            long quad = DottedQuad.parse(text, at, end);
            int behind = at + DottedQuad.length(quad);
            if (quad != 0 && behind < end && text[behind] == '\n') {
                v4(DottedQuad.address(quad));
                at = behind + 1;
                add(Kind.V4, line, behind);
            } else {
                int feed = LineFeed.find(text, at, end);
                at = feed + 1;
                slow(text, line, feed);
            }
            if (count == BATCH) {
                write(text);
            }
        }
        write(text);
    }

    private void add(Kind kind, int start, int end) {
        kinds[count] = kind;
        from[count] = start;
        to[count++] = end;
    }

    private void v4(int value) {
        v4[count4++] = value;
    }

    private void slow(byte[] text, int start, int end) {
        int first = start;
        int last = start;
        while (last < end && text[last] != '#') {
            last++;
        }
        while (first < last && text[first] <= ' ' && text[first] >= 0) {
            first++;
        }
        while (last > first && text[last - 1] <= ' ' && text[last - 1] >= 0) {
            last--;
        }
        add(first == last ? Kind.BLANK : read(text, first, last), first, last);
    }

    private Kind read(byte[] text, int start, int end) {
        switch (address.parse(text, start, end)) {
            case 4 -> {
                v4(address.v4());
                return Kind.V4;
            }
            case 6 -> {
                if (mapV4 && address.isMapped()) {
                    v4(address.v4());
                    return Kind.V4;
                }
                high[count6] = address.high();
                low[count6++] = address.low();
                return Kind.V6;
            }
            default -> {
                return parsePrefix(text, start, end)
                        ? Kind.PREFIX
                        : asn(text, start, end) >= 0 ? Kind.AS : Kind.UNREADABLE;
            }
        }
    }

    /** The number of {@code AS15169}, or -1. */
    static long asn(byte[] text, int start, int end) {
        int digits = start + 2;
        if (end - digits < 1
                || end - digits > 10
                || (text[start] | 0x20) != 'a'
                || (text[start + 1] | 0x20) != 's') {
            return -1;
        }
        long number = 0;
        for (int i = digits; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number <= 0xffffffffL ? number : -1;
    }

    /** Reads {@code 192.0.2.0/24}; bits behind the length do not count. */
    private boolean parsePrefix(byte[] text, int start, int end) {
        int slash = end - 1;
        while (slash > start && slash > end - 5 && text[slash] != '/') {
            slash--;
        }
        int family = text[slash] == '/' ? address.parse(text, start, slash) : 0;
        if (family == 0 || slash + 1 == end) {
            return false;
        }
        int length = 0;
        for (int i = slash + 1; i < end; i++) {
            int digit = text[i] - '0';
            // Zero alone, no zero before others.
            if (digit < 0 || digit > 9 || (i > slash + 1 && length == 0)) {
                return false;
            }
            length = length * 10 + digit;
        }
        if (length > (family == 4 ? 32 : 128)) {
            return false;
        }
        boolean mapped = family == 6 && mapV4 && address.isMapped() && length >= 96;
        prefixV6 = family == 6 && !mapped;
        prefixLength = mapped ? length - 96 : length;
        prefixHigh = prefixV6 ? address.high() & Prefix.maskHigh(prefixLength) : 0;
        prefixLow =
                prefixV6
                        ? address.low() & Prefix.maskLow(prefixLength)
                        : address.v4() & Prefix.mask4(prefixLength) & 0xffffffffL;
        return true;
    }

    private void write(byte[] text) throws IOException {
        rib.routes4(v4, count4, routes4);
        rib.routes6(high, low, count6, routes6);
        int next4 = 0;
        int next6 = 0;
        for (int i = 0; i < count; i++) {
            switch (kinds[i]) {
                case V4 -> network(text, i, routes4[next4++]);
                case V6 -> network(text, i, routes6[next6++]);
                case PREFIX -> {
                    parsePrefix(text, from[i], to[i]);
                    network(text, i, rib.covering(prefixV6, prefixHigh, prefixLow, prefixLength));
                }
                case AS -> {
                    AsFacts facts = ases.of((int) asn(text, from[i], to[i]));
                    asked++;
                    unrouted += facts.isKnown() ? 0 : 1;
                    rows.as(out, text, from[i], to[i], facts);
                }
                case UNREADABLE -> {
                    bad++;
                    unreadable.line(lines + i + 1, text, from[i], to[i]);
                    rows.none(out, text, from[i], to[i]);
                }
                case BLANK -> rows.none(out, text, from[i], to[i]);
            }
        }
        lines += count;
        count = 0;
        count4 = 0;
        count6 = 0;
    }

    private void network(byte[] text, int line, int route) throws IOException {
        asked++;
        unrouted += route == Rib.UNROUTED ? 1 : 0;
        rows.network(out, text, from[line], to[line], route);
    }
}
