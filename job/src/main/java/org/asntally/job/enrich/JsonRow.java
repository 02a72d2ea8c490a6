package org.asntally.job.enrich;

import java.nio.charset.StandardCharsets;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.ClientText;
import org.asntally.sources.text.LineReader;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;

/**
 * Reads the address in a JSON object on one line (RFC 8259), and finds where keys can be added. The
 * whole line is checked for its grammar, without recursion: depth costs a bit.
 *
 * <p>A path is keys, and numbers of array elements from 0, joined by dots; a key with dots in it is
 * found too. Of equal keys the last counts. Without a path the first string that is an address
 * counts.
 */
final class JsonRow implements LineReader {

    private static final int NOT_ON_PATH = -1;
    private static final int LONGEST_ADDRESS = 100;

    private final byte @Nullable [] path;
    private final ClientText clients;
    private final AddedNames names = new AddedNames();

    /** A bit for each open container: whether it is an object. */
    private final long[] objects = new long[(Enricher.LONGEST_ROW >>> 6) + 1];

    /** Of the containers on the path, by depth: how much of the path led there, and the element. */
    private final int[] placed;

    private final int[] element;

    /** How many of the open containers are on the path. */
    private int followed;

    private final byte[] unescaped = new byte[LONGEST_ADDRESS];

    private int depth;
    private int valueStart;
    private int valueStop;
    private boolean valueEscaped;
    private boolean found;

    /** Whether the string that was passed last has escapes. */
    private boolean escaped;

    private int insertAt;
    private boolean empty;

    /**
     * @param path null: the first string that is an address
     */
    JsonRow(@Nullable String path, ReaderOptions options) {
        this.path = path == null ? null : path.getBytes(StandardCharsets.UTF_8);
        this.clients = new ClientText(options);
        int parts = this.path == null ? 0 : this.path.length + 2;
        this.placed = new int[parts];
        this.element = new int[parts];
    }

    /**
     * {@link SkipReason#BAD_SHAPE}: it is no object, or one with all the names that could be added,
     * so that nothing can be added. Any other answer is about the address alone.
     */
    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int start = blanks(text, from, to);
        if (start == to) {
            return SkipReason.BLANK;
        }
        found = false;
        names.begin();
        if (!scan(text, start, to, flows) || names() < 0) {
            return SkipReason.BAD_SHAPE;
        }
        if (!found) {
            return SkipReason.NO_ADDRESS;
        }
        SkipReason reason =
                valueEscaped
                        ? readEscaped(text, flows)
                        : clients.source(text, valueStart, valueStop, flows);
        if (reason == SkipReason.NONE) {
            flows.endFlow();
        }
        return reason;
    }

    /** Where keys can be added to the object that was read last. */
    int insertAt() {
        return insertAt;
    }

    /** Which names are to be used for the object that was read last; see {@link AddedNames}. */
    int names() {
        return names.code(empty);
    }

    private boolean scan(byte[] text, int from, int to, FlowBatchBuilder flows) {
        if (text[from] != '{') {
            return false;
        }
        depth = 0;
        followed = 0;
        int at = open(text, from, 0, to);
        boolean object = true;
        while (depth > 0) {
            int before = depth;
            int place = NOT_ON_PATH;
            if (object) {
                if (at >= to || text[at] != '"') {
                    return false;
                }
                int keyStart = at + 1;
                int keyStop = string(text, keyStart, to);
                at = keyStop < 0 ? to : blanks(text, keyStop + 1, to);
                if (at >= to || text[at] != ':') {
                    return false;
                }
                if (depth == 1) {
                    names.see(text, keyStart, keyStop, escaped);
                }
                place = placeOf(text, keyStart, keyStop);
                at = blanks(text, at + 1, to);
            } else {
                place = placeOfElement();
            }
            at = value(text, at, to, place, flows);
            if (at < 0) {
                return false;
            }
            if (depth > before && !closesAtOnce(text, at, to)) {
                object = isObject();
                continue;
            }
            // Behind a value: the ends of containers, then a comma.
            at = closed(text, at, to);
            if (at < 0) {
                return false;
            }
            if (depth == 0) {
                break;
            }
            object = isObject();
        }
        return blanks(text, at, to) == to;
    }

    private boolean closesAtOnce(byte[] text, int at, int to) {
        return at < to && text[at] == (isObject() ? '}' : ']');
    }

    /** Passes the ends of containers and the comma behind them; -1 when neither is there. */
    private int closed(byte[] text, int from, int to) {
        int at = from;
        while (true) {
            at = blanks(text, at, to);
            if (at >= to) {
                return -1;
            }
            if (text[at] == ',') {
                return blanks(text, at + 1, to);
            }
            if (text[at] != (isObject() ? '}' : ']')) {
                return -1;
            }
            if (depth == 1) {
                insertAt = at;
            }
            followed = Math.min(followed, depth - 1);
            depth--;
            at++;
            if (depth == 0) {
                return at;
            }
        }
    }

    /** Opens the container at {@code at}; gives the place of what is in it. */
    private int open(byte[] text, int at, int place, int to) {
        boolean object = text[at] == '{';
        if (object) {
            objects[depth >>> 6] |= 1L << depth;
        } else {
            objects[depth >>> 6] &= ~(1L << depth);
        }
        if (place >= 0 && followed == depth && depth < placed.length) {
            placed[depth] = place;
            element[depth] = -1;
            followed = depth + 1;
        }
        depth++;
        int inside = blanks(text, at + 1, to);
        if (depth == 1) {
            empty = inside < to && text[inside] == '}';
            if (empty) {
                // As behind a value, where the loop would look for a key.
                insertAt = inside;
                depth = 0;
                return inside + 1;
            }
        }
        return inside;
    }

    private boolean isObject() {
        return (objects[(depth - 1) >>> 6] >>> (depth - 1) & 1) != 0;
    }

    /**
     * Passes a value, or the start of a container.
     *
     * @param place of the value on the path; the length of the path is its end
     * @return the place behind it, or -1
     */
    private int value(byte[] text, int at, int to, int place, FlowBatchBuilder flows) {
        if (at >= to) {
            return -1;
        }
        boolean target = path != null && place == path.length;
        if (place >= 0) {
            // Of equal keys the last counts, whatever it holds.
            found = false;
        }
        switch (text[at]) {
            case '"' -> {
                int stop = string(text, at + 1, to);
                if (stop < 0) {
                    return -1;
                }
                if (target || (path == null && !found && isAddress(text, at + 1, stop, flows))) {
                    found = true;
                    valueStart = at + 1;
                    valueStop = stop;
                    valueEscaped = escaped;
                }
                return stop + 1;
            }
            case '{', '[' -> {
                return open(text, at, target ? NOT_ON_PATH : place, to);
            }
            case 't' -> {
                return word(text, at, to, "true");
            }
            case 'f' -> {
                return word(text, at, to, "false");
            }
            case 'n' -> {
                return word(text, at, to, "null");
            }
            default -> {
                return number(text, at, to);
            }
        }
    }

    /** Whether it is an address; what was set of the flow does not count until it is ended. */
    private boolean isAddress(byte[] text, int from, int to, FlowBatchBuilder flows) {
        return !escaped
                && to - from >= 3
                && to - from <= LONGEST_ADDRESS
                && clients.source(text, from, to, flows) == SkipReason.NONE;
    }

    /** How much of the path leads to this key's value; its length: all of it. */
    private int placeOf(byte[] text, int from, int to) {
        if (path == null || followed != depth) {
            return NOT_ON_PATH;
        }
        int place = placed[depth - 1];
        int length = to - from;
        if (escaped) {
            String key = Escapes.text(text, from, to);
            byte[] plain = key.getBytes(StandardCharsets.UTF_8);
            return placeOf(plain, 0, plain.length, place);
        }
        return length > path.length - place ? NOT_ON_PATH : placeOf(text, from, length, place);
    }

    private int placeOf(byte[] key, int from, int length, int place) {
        byte[] whole = path;
        if (whole == null || length > whole.length - place) {
            return NOT_ON_PATH;
        }
        for (int i = 0; i < length; i++) {
            if (key[from + i] != whole[place + i]) {
                return NOT_ON_PATH;
            }
        }
        int end = place + length;
        return end == whole.length ? end : whole[end] == '.' ? end + 1 : NOT_ON_PATH;
    }

    private int placeOfElement() {
        byte[] whole = path;
        if (whole == null || followed != depth) {
            return NOT_ON_PATH;
        }
        int number = ++element[depth - 1];
        int at = placed[depth - 1];
        int wanted = 0;
        int start = at;
        while (at < whole.length && whole[at] >= '0' && whole[at] <= '9' && at - start < 7) {
            wanted = wanted * 10 + whole[at] - '0';
            at++;
        }
        if (at == start || number != wanted || (at < whole.length && whole[at] != '.')) {
            return NOT_ON_PATH;
        }
        return at == whole.length ? at : at + 1;
    }

    /** The place of the quote that ends a string, or -1; notes whether escapes are in it. */
    private int string(byte[] text, int from, int to) {
        escaped = false;
        for (int at = from; at < to; at++) {
            byte c = text[at];
            if (c == '"') {
                return at;
            }
            if (c == '\\') {
                escaped = true;
                int length = Escapes.length(text, at, to);
                if (length == 0) {
                    return -1;
                }
                at += length - 1;
            } else if (c >= 0 && c < ' ') {
                return -1;
            }
        }
        return -1;
    }

    private static int number(byte[] text, int from, int to) {
        int at = from;
        if (at < to && text[at] == '-') {
            at++;
        }
        int first = at;
        at = digits(text, at, to);
        if (at == first || (text[first] == '0' && at > first + 1)) {
            return -1;
        }
        if (at < to && text[at] == '.') {
            int fraction = at + 1;
            at = digits(text, fraction, to);
            if (at == fraction) {
                return -1;
            }
        }
        if (at < to && (text[at] | 0x20) == 'e') {
            at++;
            if (at < to && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            int exponent = at;
            at = digits(text, exponent, to);
            if (at == exponent) {
                return -1;
            }
        }
        return at;
    }

    private static int digits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int word(byte[] text, int at, int to, String word) {
        if (to - at < word.length()) {
            return -1;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return -1;
            }
        }
        return at + word.length();
    }

    private static int blanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to
                && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
            at++;
        }
        return at;
    }

    private SkipReason readEscaped(byte[] text, FlowBatchBuilder flows) {
        byte[] plain = Escapes.text(text, valueStart, valueStop).getBytes(StandardCharsets.UTF_8);
        if (plain.length > unescaped.length) {
            return SkipReason.BAD_ADDRESS;
        }
        System.arraycopy(plain, 0, unescaped, 0, plain.length);
        return clients.source(unescaped, 0, plain.length, flows);
    }
}
