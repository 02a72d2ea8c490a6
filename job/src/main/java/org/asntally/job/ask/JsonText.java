package org.asntally.job.ask;

/** Strings in JSON (RFC 8259 section 7). */
final class JsonText {

    /** Of a name within its quotes. */
    static final RouteText.Quoting QUOTING =
            new RouteText.Quoting() {
                @Override
                public boolean isPlain(byte c) {
                    return c != '"' && c != '\\';
                }

                @Override
                public String quoted(String safe) {
                    return escaped(safe);
                }
            };

    private JsonText() {}

    /** What stands between the quotes. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                escaped.append("\\u00")
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
