package org.asntally.job.config;

/** Writes texts as YAML that is read as the same text. */
final class YamlText {

    private YamlText() {}

    /** The text as it is where that is safe within any line, else in double quotes. */
    static String of(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty() || text.equals("null") || text.equals("~")) {
            return false;
        }
        char first = text.charAt(0);
        if (!isLetterOrDigit(first) && first != '/' && first != '.' && first != '_') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A colon within a word is no key's; at its end or before a blank it is.
            boolean colon =
                    c == ':' && i + 1 < text.length() && isLetterOrDigit(text.charAt(i + 1));
            if (!isLetterOrDigit(c) && "/._-+".indexOf(c) < 0 && !colon) {
                return false;
            }
        }
        return !text.startsWith("...");
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c == '\t') {
                quoted.append("\\t");
            } else if (c < ' '
                    || (c >= 0x7f && c < 0xa0)
                    || c == '\u2028'
                    || c == '\u2029'
                    || c == '\ufeff'
                    || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
