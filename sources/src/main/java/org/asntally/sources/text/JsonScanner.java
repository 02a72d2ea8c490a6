package org.asntally.sources.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the values of given paths in a JSON object on one line (RFC 8259), passing over everything
 * else as fast as its quotes can be found. Of equal keys the last counts.
 *
 * <p>What it passes over is checked for its structure only: strings end, brackets match, keys have
 * values; so a line that is cut off is none, and every object that JSON allows is read. More
 * lenient than JSON, on purpose, about what servers write into logs: control characters and bytes
 * that are no UTF-8 in strings, and escapes such as {@code \x22}, which nginx writes where a format
 * lacks {@code escape=json}. Nothing is allocated per line, depth costs a bit; one per thread.
 */
public final class JsonScanner {

    /** What is at a path. */
    public enum Kind {
        /** Nothing, null, or an object. */
        NONE,
        /** A string without escapes, all between its quotes. */
        STRING,
        /** A string with escapes. */
        ESCAPED,
        /** A number, true or false. */
        SCALAR
    }

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Deeper nesting is of no log. */
    static final int DEEPEST = 64;

    private final Node root = new Node();
    private final Kind[] kinds;
    private final int[] starts;
    private final int[] stops;
    private final boolean[] whole;
    private byte[] scratch = new byte[256];
    private boolean escaped;

    /** A step of paths: a key, and what may follow. */
    private static final class Node {
        private final List<Node> children = new ArrayList<>();
        private byte[] key = {};
        private long word;
        private int index = -1;
        private Node[] next = {};
        private int[] slots = {};

        private Node child(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            for (Node child : children) {
                if (Arrays.equals(child.key, bytes)) {
                    return child;
                }
            }
            Node child = new Node();
            child.key = bytes;
            child.word = firstWord(bytes, 0, bytes.length);
            child.index = name.matches("\\d{1,7}") ? Integer.parseInt(name) : -1;
            children.add(child);
            next = children.toArray(Node[]::new);
            return child;
        }

        private Node find(byte[] text, int from, int to) {
            int length = to - from;
            long wanted = firstWord(text, from, length);
            for (Node child : next) {
                if (child.word == wanted
                        && child.key.length == length
                        && (length <= 8
                                || Arrays.equals(text, from + 8, to, child.key, 8, length))) {
                    return child;
                }
            }
            return NOWHERE;
        }

        private Node element(int number) {
            for (Node child : next) {
                if (child.index == number) {
                    return child;
                }
            }
            return NOWHERE;
        }
    }

    /** Where no path goes. */
    private static final Node NOWHERE = new Node();

    /**
     * A scanner for these paths; the place of each is the number by which it is asked for.
     *
     * @param wholes the paths of which an array counts as a whole
     */
    public JsonScanner(List<String> paths, List<String> wholes) {
        int count = paths.size();
        kinds = new Kind[count];
        starts = new int[count];
        stops = new int[count];
        whole = new boolean[count];
        for (int slot = 0; slot < count; slot++) {
            whole[slot] = wholes.contains(paths.get(slot));
            add(root, paths.get(slot), slot);
        }
    }

    /** Keys may have dots in them, so the path is cut in every way. */
    private static void add(Node node, String path, int slot) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            add(node.child(path.substring(0, dot)), path.substring(dot + 1), slot);
        }
        Node end = node.child(path);
        end.slots = Arrays.copyOf(end.slots, end.slots.length + 1);
        end.slots[end.slots.length - 1] = slot;
    }

    private static long firstWord(byte[] text, int from, int length) {
        if (length >= 8) {
            return (long) LONG.get(text, from);
        }
        if (from + 8 <= text.length) {
            return (long) LONG.get(text, from) & ((1L << (8 * length)) - 1);
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = word << 8 | (text[from + i] & 0xff);
        }
        return word;
    }

    /** Looks through all of {@code text[from, to)}; false when that is no object. */
    public boolean scan(byte[] text, int from, int to) {
        Arrays.fill(kinds, Kind.NONE);
        int at = blanks(text, from, to);
        if (at >= to || text[at] != '{') {
            return false;
        }
        at = object(text, at + 1, to, root, 1);
        return at >= 0 && blanks(text, at, to) == to;
    }

    /** What was found at the path of this number. */
    public Kind kind(int slot) {
        return kinds[slot];
    }

    /** Where it begins, quotes left out. */
    public int start(int slot) {
        return starts[slot];
    }

    /** Where it ends. */
    public int stop(int slot) {
        return stops[slot];
    }

    // --- structure

    private int object(byte[] text, int from, int to, Node node, int depth) {
        int at = blanks(text, from, to);
        if (at < to && text[at] == '}') {
            return at + 1;
        }
        while (at < to && text[at] == '"') {
            int key = at + 1;
            int keyEnd = string(text, key, to);
            if (keyEnd < 0) {
                return -1;
            }
            Node child =
                    escaped ? unescaped(text, key, keyEnd, node) : node.find(text, key, keyEnd);
            at = keyEnd + 1;
            if (at >= to || text[at] != ':') {
                at = blanks(text, at, to);
                if (at >= to || text[at] != ':') {
                    return -1;
                }
            }
            at = value(text, blanks(text, at + 1, to), to, child, depth);
            if (at < 0) {
                return -1;
            }
            at = blanks(text, at, to);
            if (at < to && text[at] == '}') {
                return at + 1;
            }
            if (at >= to || text[at] != ',') {
                return -1;
            }
            at = blanks(text, at + 1, to);
        }
        return -1;
    }

    private Node unescaped(byte[] text, int from, int to, Node node) {
        int length = unescape(text, from, to, 0);
        return node.find(scratch, 0, length);
    }

    /** Passes a value, noting it where a path ends; -1 when there is none. */
    private int value(byte[] text, int at, int to, Node node, int depth) {
        if (at >= to) {
            return -1;
        }
        switch (text[at]) {
            case '"' -> {
                int end = string(text, at + 1, to);
                note(node, escaped ? Kind.ESCAPED : Kind.STRING, at + 1, end);
                return end < 0 ? -1 : end + 1;
            }
            case '{' -> {
                note(node, Kind.NONE, 0, 0);
                return node.next.length > 0 && depth < DEEPEST
                        ? object(text, at + 1, to, node, depth + 1)
                        : container(text, at, to, depth);
            }
            case '[' -> {
                return array(text, at, to, node, depth);
            }
            default -> {
                int end = scalar(text, at, to);
                if (end == at) {
                    return -1;
                }
                note(node, text[at] == 'n' ? Kind.NONE : Kind.SCALAR, at, end);
                return end;
            }
        }
    }

    private void note(Node node, Kind kind, int start, int stop) {
        for (int slot : node.slots) {
            kinds[slot] = kind;
            starts[slot] = start;
            stops[slot] = stop;
        }
    }

    private int array(byte[] text, int at, int to, Node node, int depth) {
        if (node == NOWHERE || depth >= DEEPEST) {
            return container(text, at, to, depth);
        }
        note(node, Kind.NONE, 0, 0);
        int next = blanks(text, at + 1, to);
        if (next < to && text[next] == ']') {
            return next + 1;
        }
        boolean anyEscape = false;
        for (int number = 0; next < to; number++) {
            int start = next;
            next = value(text, next, to, node.element(number), depth + 1);
            if (next < 0) {
                return -1;
            }
            boolean quoted = text[start] == '"';
            anyEscape |= quoted && hasEscape(text, start, next);
            if (number == 0 && node.slots.length > 0) {
                noteFirst(text, start, next, node);
            }
            next = blanks(text, next, to);
            if (next < to && text[next] == ']') {
                noteWhole(node, anyEscape, at + 1, next);
                return next + 1;
            }
            if (next >= to || text[next] != ',') {
                return -1;
            }
            next = blanks(text, next + 1, to);
        }
        return -1;
    }

    private void noteFirst(byte[] text, int start, int stop, Node node) {
        switch (text[start]) {
            case '"' ->
                    note(
                            node,
                            hasEscape(text, start, stop) ? Kind.ESCAPED : Kind.STRING,
                            start + 1,
                            stop - 1);
            case '{', '[', 'n' -> note(node, Kind.NONE, 0, 0);
            default -> note(node, Kind.SCALAR, start, stop);
        }
    }

    /** An array of strings is a list with commas between quoted parts. */
    private void noteWhole(Node node, boolean anyEscape, int start, int stop) {
        for (int slot : node.slots) {
            if (whole[slot]) {
                kinds[slot] = anyEscape ? Kind.ESCAPED : Kind.STRING;
                starts[slot] = start;
                stops[slot] = stop;
            }
        }
    }

    private static boolean hasEscape(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Passes an object or array that no path leads into. */
    private int container(byte[] text, int from, int to, int depth) {
        long objects = 0;
        int open = 0;
        for (int at = from; at < to; at++) {
            switch (text[at]) {
                case '"' -> {
                    at = string(text, at + 1, to);
                    if (at < 0) {
                        return -1;
                    }
                }
                case '{', '[' -> {
                    if (depth + ++open > DEEPEST + 1) {
                        return -1;
                    }
                    objects = objects << 1 | (text[at] == '{' ? 1 : 0);
                }
                case '}', ']' -> {
                    if ((objects & 1) != (text[at] == '}' ? 1 : 0)) {
                        return -1;
                    }
                    objects >>>= 1;
                    if (--open == 0) {
                        return at + 1;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /** The place of the quote that ends a string, or -1; notes whether escapes are in it. */
    private int string(byte[] text, int from, int to) {
        int at = LogText.quoteOrBackslash(text, from, to);
        escaped = at < to && text[at] == '\\';
        while (at < to && text[at] == '\\') {
            at = LogText.quoteOrBackslash(text, at + 2, to);
        }
        return at < to ? at : -1;
    }

    private static int scalar(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            byte c = text[at];
            if (c == ',' || c == '}' || c == ']' || c <= ' ' || c == '"' || c == ':') {
                break;
            }
            at++;
        }
        return at;
    }

    private static int blanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] <= ' ' && text[at] >= 0) {
            at++;
        }
        return at;
    }

    // --- escapes

    /** The bytes of {@link #unescape}. */
    public byte[] scratch() {
        return scratch;
    }

    /**
     * Writes a string without its escapes behind {@code at} in {@link #scratch}, which may be
     * another array after it.
     *
     * @return where it ends there
     */
    public int unescape(byte[] text, int from, int to, int at) {
        if (scratch.length - at < to - from) {
            scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, at + to - from));
        }
        int end = at;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c != '\\' || i + 1 == to) {
                scratch[end++] = c;
                continue;
            }
            c = text[++i];
            switch (c) {
                case 'b' -> scratch[end++] = '\b';
                case 'f' -> scratch[end++] = '\f';
                case 'n' -> scratch[end++] = '\n';
                case 'r' -> scratch[end++] = '\r';
                case 't' -> scratch[end++] = '\t';
                case 'u' -> {
                    int unit = hex(text, i + 1, to, 4);
                    if (unit < 0) {
                        scratch[end++] = '\\';
                        scratch[end++] = 'u';
                        continue;
                    }
                    i += 4;
                    int codePoint = unit;
                    if (Character.isHighSurrogate((char) unit)
                            && i + 2 < to
                            && text[i + 1] == '\\'
                            && text[i + 2] == 'u') {
                        int low = hex(text, i + 3, to, 4);
                        if (low >= 0 && Character.isLowSurrogate((char) low)) {
                            codePoint = Character.toCodePoint((char) unit, (char) low);
                            i += 6;
                        }
                    }
                    end = utf8(codePoint, end);
                }
                case 'x' -> {
                    int value = hex(text, i + 1, to, 2);
                    if (value < 0) {
                        scratch[end++] = '\\';
                        scratch[end++] = 'x';
                        continue;
                    }
                    i += 2;
                    scratch[end++] = (byte) value;
                }
                case '"', '\\', '/' -> scratch[end++] = c;
                default -> {
                    scratch[end++] = '\\';
                    scratch[end++] = c;
                }
            }
        }
        return end;
    }

    /** A half of a pair without its other one becomes the character for what is none. */
    private int utf8(int codePoint, int at) {
        int c = codePoint >= 0xd800 && codePoint < 0xe000 ? 0xfffd : codePoint;
        int end = at;
        if (c < 0x80) {
            scratch[end++] = (byte) c;
        } else if (c < 0x800) {
            scratch[end++] = (byte) (0xc0 | c >> 6);
            scratch[end++] = (byte) (0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            scratch[end++] = (byte) (0xe0 | c >> 12);
            scratch[end++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            scratch[end++] = (byte) (0x80 | (c & 0x3f));
        } else {
            scratch[end++] = (byte) (0xf0 | c >> 18);
            scratch[end++] = (byte) (0x80 | ((c >> 12) & 0x3f));
            scratch[end++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            scratch[end++] = (byte) (0x80 | (c & 0x3f));
        }
        return end;
    }

    private static int hex(byte[] text, int from, int to, int digits) {
        if (to - from < digits) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] < 0 ? -1 : Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }
}
