package org.asntally.lookup.read;

/** Takes AS names from text of others to a sink: valid UTF-8, of bounded length. */
public final class NameText {

    /** A longer name is cut. */
    static final int MAX = 1_000;

    private final RouteSink sink;
    private final byte[] buffer;

    /**
     * Gives names to {@code sink}.
     *
     * @param longest of a field in a line
     */
    public NameText(RouteSink sink, int longest) {
        this.sink = sink;
        buffer = new byte[longest];
    }

    /**
     * Gives the field that begins at {@code from} as the name of an AS; an empty one is none. A
     * field in quotes is one of RFC 4180, any other one ends at the separator.
     *
     * @param separator or 0: the field goes to the end of the line
     */
    void give(int asn, byte[] text, int from, int to, char separator) {
        if (from >= to) {
            return;
        }
        int length = 0;
        if (text[from] == '"') {
            for (int i = from + 1; i < to; i++) {
                if (text[i] == '"') {
                    if (i + 1 == to || text[i + 1] != '"') {
                        break;
                    }
                    i++;
                }
                buffer[length++] = text[i];
            }
        } else {
            for (int i = from; i < to && (separator == 0 || text[i] != separator); i++) {
                buffer[length++] = text[i];
            }
        }
        give(asn, buffer, length);
    }

    /** Gives the first {@code length} bytes. */
    public void give(int asn, byte[] text, int length) {
        byte[] utf8 = Utf8.valid(text, length);
        int whole = utf8 == text ? length : utf8.length;
        if (whole > 0) {
            sink.name(asn, utf8, 0, Utf8.cut(utf8, whole, MAX));
        }
    }
}
