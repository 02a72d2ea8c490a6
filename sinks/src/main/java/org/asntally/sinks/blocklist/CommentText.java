package org.asntally.sinks.blocklist;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text from outside, fit for a comment in any configuration language: printable ASCII, everything
 * else as percent and two hexadecimal digits for each byte. Backslashes too: at the end of a line
 * they would draw the next one into the comment.
 */
final class CommentText {

    /** Some programs read lines into small buffers. */
    static final int LONGEST = 480;

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:=,@+-]+");

    private CommentText() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (safe.length() >= LONGEST) {
                return safe.append("...").toString();
            }
            if (b >= ' ' && b < 0x7f && b != '\\') {
                safe.append((char) b);
            } else {
                safe.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
            }
        }
        return safe.toString();
    }

    /** Words as a shell takes them. */
    static String command(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : " ")
                    .append(
                            PLAIN_WORD.matcher(word).matches()
                                    ? word
                                    : "'" + word.replace("'", "'\\''") + "'");
        }
        return of(line.toString());
    }
}
