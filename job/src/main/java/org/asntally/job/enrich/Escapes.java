package org.asntally.job.enrich;

import java.nio.charset.StandardCharsets;
import org.asntally.sinks.text.SafeText;

/** Escapes in JSON's strings (RFC 8259 section 7). */
final class Escapes {

    private Escapes() {}

    /** How many bytes the escape at this backslash takes; 0 when it is none. */
    static int length(byte[] text, int at, int to) {
        if (at + 1 >= to) {
            return 0;
        }
        switch (text[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return 2;
            }
            case 'u' -> {
                if (at + 6 > to) {
                    return 0;
                }
                for (int i = at + 2; i < at + 6; i++) {
                    if (text[i] < 0 || Character.digit(text[i], 16) < 0) {
                        return 0;
                    }
                }
                return 6;
            }
            default -> {
                return 0;
            }
        }
    }

    /** The text of a string all of whose escapes are right. */
    static String text(byte[] text, int from, int to) {
        StringBuilder plain = new StringBuilder(to - from);
        int copied = from;
        for (int at = from; at < to; ) {
            if (text[at] != '\\') {
                at++;
                continue;
            }
            plain.append(new String(text, copied, at - copied, StandardCharsets.UTF_8));
            byte c = text[at + 1];
            plain.append(
                    switch (c) {
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        case 'u' ->
                                (char)
                                        Integer.parseInt(
                                                new String(
                                                        text,
                                                        at + 2,
                                                        4,
                                                        StandardCharsets.ISO_8859_1),
                                                16);
                        default -> (char) c;
                    });
            at += c == 'u' ? 6 : 2;
            copied = at;
        }
        return plain.append(new String(text, copied, to - copied, StandardCharsets.UTF_8))
                .toString();
    }

    /** Adds a text as a JSON string's inside: all that steers a terminal or ends a line escaped. */
    static void add(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (SafeText.unsafe(c)) {
                to.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    to.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                to.append(c);
            }
        }
    }
}
