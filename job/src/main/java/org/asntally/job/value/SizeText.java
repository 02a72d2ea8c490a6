package org.asntally.job.value;

import org.jspecify.annotations.Nullable;

/** Numbers with a unit: {@code 500M}, {@code 2G} (SI), {@code 64Mi} (binary). */
public final class SizeText {

    private static final String[] UNITS = {"Gi", "G", "Mi", "M", "Ki", "k"};
    private static final long[] FACTORS = {
        1L << 30, 1_000_000_000L, 1L << 20, 1_000_000L, 1L << 10, 1_000L
    };

    private SizeText() {}

    /** The number of a text, or null when it is none, is 0, or is beyond 63 bits. */
    public static @Nullable Long parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            return null;
        }
        long number = Long.parseLong(text.substring(0, digits));
        long unit = unit(text.substring(digits));
        return number == 0 || unit == 0 || number > Long.MAX_VALUE / unit
                ? null
                : (Long) (number * unit);
    }

    private static long unit(String text) {
        if (text.isEmpty()) {
            return 1;
        }
        String unit = text.equals("K") ? "k" : text;
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return FACTORS[i];
            }
        }
        return 0;
    }

    /** The shortest text that is read as this number. */
    public static String of(long number) {
        for (int i = 0; i < UNITS.length; i++) {
            if (number != 0 && number % FACTORS[i] == 0) {
                return number / FACTORS[i] + UNITS[i];
            }
        }
        return Long.toString(number);
    }
}
