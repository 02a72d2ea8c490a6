package org.asntally.sinks.text;

/**
 * Text from outside, fit to be shown: what moves a cursor, ends a line or turns the direction of
 * writing becomes a space.
 */
public final class SafeText {

    private SafeText() {}

    /**
     * Replaces the control characters of ASCII, DEL, C1 (U+0080 to U+009F: some terminals obey
     * them), line and paragraph separators and the marks that turn the direction of writing, each
     * by a space.
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (unsafe(text.charAt(i))) {
                return replaced(text, i);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        char[] chars = text.toCharArray();
        for (int i = from; i < chars.length; i++) {
            if (unsafe(chars[i])) {
                chars[i] = ' ';
            }
        }
        return new String(chars);
    }

    /** Whether a character is replaced. */
    public static boolean unsafe(char c) {
        return c < ' '
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200e
                || c == 0x200f
                || c == 0x61c;
    }
}
