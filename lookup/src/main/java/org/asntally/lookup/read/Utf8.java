package org.asntally.lookup.read;

import java.nio.charset.StandardCharsets;

/** Makes text from outside valid UTF-8. */
final class Utf8 {

    private Utf8() {}

    /** The bytes, or, when they are not valid UTF-8, a copy with what is wrong replaced. */
    static byte[] valid(byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            if (text[i] < 0) {
                return new String(text, 0, length, StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    /** The length of a valid text when it is cut to {@code most} bytes between characters. */
    static int cut(byte[] utf8, int length, int most) {
        int end = Math.min(length, most);
        while (end > 0 && end < length && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }
}
