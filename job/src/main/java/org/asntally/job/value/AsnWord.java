package org.asntally.job.value;

import org.jspecify.annotations.Nullable;

/** AS numbers: {@code 15169} or {@code AS15169}, in any case. */
public final class AsnWord {

    private AsnWord() {}

    /** The unsigned number of a text, or null when it is none, or 0. */
    public static @Nullable Integer parse(String text) {
        String digits = isNamed(text) ? text.substring(2) : text;
        if (digits.isEmpty() || digits.length() > 10) {
            return null;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = number * 10 + digit;
        }
        return number > 0 && number <= 0xffffffffL ? (Integer) (int) number : null;
    }

    /** Whether it begins with {@code AS}. */
    public static boolean isNamed(String text) {
        return text.regionMatches(true, 0, "AS", 0, 2);
    }

    /** {@code AS15169}. */
    public static String of(int asn) {
        return "AS" + Integer.toUnsignedString(asn);
    }
}
