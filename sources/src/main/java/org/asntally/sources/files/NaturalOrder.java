package org.asntally.sources.files;

import java.util.Comparator;

/** Names as people order them: {@code access.log.2} before {@code access.log.10}. */
final class NaturalOrder implements Comparator<String> {

    @Override
    public int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
                int iStart = skipZeros(left, i);
                int jStart = skipZeros(right, j);
                i = skipDigits(left, iStart);
                j = skipDigits(right, jStart);
                int order = Integer.compare(i - iStart, j - jStart);
                if (order == 0) {
                    order = left.substring(iStart, i).compareTo(right.substring(jStart, j));
                }
                if (order != 0) {
                    return order;
                }
            } else {
                int order = Character.compare(left.charAt(i++), right.charAt(j++));
                if (order != 0) {
                    return order;
                }
            }
        }
        int order = Integer.compare(left.length() - i, right.length() - j);
        return order != 0 ? order : left.compareTo(right);
    }

    private static int skipZeros(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
