package org.asntally.sinks.text;

import org.jline.utils.WCWidth;

/** How many columns of a terminal text takes: two for CJK and emoji, none for combining marks. */
public final class Width {

    private Width() {}

    /** The columns of a text. */
    public static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            width += of(character);
            i += Character.charCount(character);
        }
        return width;
    }

    private static int of(int character) {
        return character >= ' ' && character < 0x7f ? 1 : Math.max(0, WCWidth.wcwidth(character));
    }

    /** The text, or as much of it as fits into that many columns with an ellipsis. */
    public static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        int width = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            width += of(character);
            if (width > columns - 1) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end).concat("\u2026");
    }
}
