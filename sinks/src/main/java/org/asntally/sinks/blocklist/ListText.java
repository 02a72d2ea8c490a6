package org.asntally.sinks.blocklist;

import java.io.IOException;
import java.io.OutputStream;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.prefixes.PrefixList;

/** Writes lines of ASCII without an object per prefix. */
final class ListText {

    private static final int PIECE = 1 << 15;

    private final byte[] buffer = new byte[PIECE];
    private final OutputStream out;
    private int filled;

    ListText(OutputStream out) {
        this.out = out;
    }

    @SuppressWarnings(
            "deprecation") // The text is ASCII, and this is the cheapest way to its bytes.
    ListText add(String ascii) throws IOException {
        int at = 0;
        while (at < ascii.length()) {
            room(1);
            int piece = Math.min(ascii.length() - at, buffer.length - filled);
            ascii.getBytes(at, at + piece, buffer, filled);
            filled += piece;
            at += piece;
        }
        return this;
    }

    ListText add(long number) throws IOException {
        return add(Long.toString(number));
    }

    /** {@code 192.0.2.0/24}. */
    ListText prefix(PrefixList list, int index) throws IOException {
        room(Prefix.MAX_TEXT);
        filled =
                Prefix.write(
                        list.isV6(index),
                        list.high(index),
                        list.low(index),
                        list.length(index),
                        buffer,
                        filled);
        return this;
    }

    /** {@code 192.0.2.0}. */
    ListText address(PrefixList list, int index) throws IOException {
        room(Address.MAX_TEXT);
        filled =
                list.isV6(index)
                        ? Address.write6(list.high(index), list.low(index), buffer, filled)
                        : Address.write4((int) list.low(index), buffer, filled);
        return this;
    }

    ListText line(String ascii) throws IOException {
        return add(ascii).add("\n");
    }

    /** The facts about a list, a comment line each. */
    ListText header(String comment, BlockList list) throws IOException {
        for (ListHeader.Line line : list.headerLines()) {
            add(comment).add(line.name()).add(": ").line(line.text());
        }
        return this;
    }

    private void room(int bytes) throws IOException {
        if (buffer.length - filled < bytes) {
            flush();
        }
    }

    void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }
}
