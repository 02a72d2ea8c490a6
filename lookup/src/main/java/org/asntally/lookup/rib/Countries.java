package org.asntally.lookup.rib;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** Country codes (ISO 3166-1 alpha-2) packed into 16 bits. */
final class Countries {

    private static final int[] KNOWN = known();

    private Countries() {}

    private static int[] known() {
        String[] codes = Locale.getISOCountries();
        // What registries write for Europe, Asia and the Pacific, and Kosovo.
        String[] more = {"EU", "AP", "XK"};
        int[] known = new int[codes.length + more.length];
        for (int i = 0; i < codes.length; i++) {
            known[i] = pack(codes[i]);
        }
        for (int i = 0; i < more.length; i++) {
            known[codes.length + i] = pack(more[i]);
        }
        Arrays.sort(known);
        return known;
    }

    private static int pack(String code) {
        return code.charAt(0) << 8 | code.charAt(1);
    }

    static String text(int code) {
        return new String(new char[] {(char) (code >> 8 & 0xff), (char) (code & 0xff)});
    }

    /** The country of a name that ends with {@code , CC}, or 0. */
    static int atEndOf(ByteBuffer names, int from, int end) {
        if (end - from < 4 || names.get(end - 4) != ',' || names.get(end - 3) != ' ') {
            return 0;
        }
        int code = (names.get(end - 2) & 0xff) << 8 | (names.get(end - 1) & 0xff);
        return Arrays.binarySearch(KNOWN, code) >= 0 ? code : 0;
    }
}
