package org.asntally.lookup.read.mmdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values in a data section: a control byte with type and size, then the value. Reads within its
 * bounds; where a value cannot be, its type is 0.
 *
 * <pre>
 * TTTSSSSS [type - 7] [size]   types: 1 pointer, 2 text, 5 6 9 10 unsigned, 7 map, 11 array, ...
 * 001SSVVV V...                a pointer, from the start of the section
 * </pre>
 */
final class MmdbData {

    static final int POINTER = 1;
    static final int TEXT = 2;
    static final int UINT16 = 5;
    static final int UINT32 = 6;
    static final int MAP = 7;
    static final int UINT64 = 9;
    static final int ARRAY = 11;
    static final int BOOLEAN = 14;

    private static final int FAILED = 0;
    private static final int LAST_TYPE = 15;

    private final byte[] bytes;
    private final int start;
    private final int end;

    // What was read last.
    private int type;
    private int size;
    private int at;

    /** Reads {@code bytes[start, end)}. */
    MmdbData(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** Goes to an offset of the section. */
    void seek(long offset) {
        at = offset < 0 || offset > end - start ? end + 1 : start + (int) offset;
        type = FAILED;
        size = 0;
    }

    /**
     * Reads the head of the next value; behind it stands what it holds.
     *
     * @return its type, or 0 when there is none
     */
    int head() {
        type = FAILED;
        size = 0;
        if (at >= end) {
            return FAILED;
        }
        int control = bytes[at++] & 0xff;
        int found = control >> 5;
        if (found == POINTER) {
            type = pointer(control) ? POINTER : FAILED;
            return type;
        }
        if (found == 0) {
            if (at >= end) {
                return FAILED;
            }
            found = 7 + (bytes[at++] & 0xff);
        }
        int count = control & 0x1f;
        if (count >= 29) {
            int more = count - 28;
            int base = count == 29 ? 29 : count == 30 ? 285 : 65_821;
            if (at + more > end) {
                return FAILED;
            }
            count = base + (int) number(at, more);
            at += more;
        }
        size = count;
        boolean holdsBytes = found != MAP && found != ARRAY && found != BOOLEAN;
        boolean right = found <= LAST_TYPE && found > 0 && !(holdsBytes && at + count > end);
        type = right ? found : FAILED;
        return type;
    }

    /** Reads where a pointer points to into {@link #size}. */
    private boolean pointer(int control) {
        int more = 1 + (control >> 3 & 3);
        if (at + more > end) {
            return false;
        }
        long value = number(at, more);
        at += more;
        long target =
                switch (more) {
                    case 1 -> (control & 7L) << 8 | value;
                    case 2 -> ((control & 7L) << 16 | value) + 2_048;
                    case 3 -> ((control & 7L) << 24 | value) + 526_336;
                    default -> value;
                };
        if (target >= end - start) {
            return false;
        }
        size = (int) target;
        return true;
    }

    private long number(int from, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | (bytes[from + i] & 0xff);
        }
        return number;
    }

    /** Entries of a map or array, bytes of a text or number, target of a pointer. */
    int size() {
        return size;
    }

    /** Where the next byte is read, from the start of the section. */
    int position() {
        return at - start;
    }

    /** The unsigned number whose head was read; larger ones than a long holds are cut. */
    long unsigned() {
        long number = number(at, size);
        at += size;
        return number;
    }

    /** The text whose head was read. */
    String text() {
        String text = new String(bytes, at, size, StandardCharsets.UTF_8);
        at += size;
        return text;
    }

    /** The bytes of the text whose head was read. */
    byte[] copy() {
        byte[] copy = Arrays.copyOfRange(bytes, at, at + size);
        at += size;
        return copy;
    }

    /**
     * Passes over the value whose head was read, with all that it holds.
     *
     * @param most values that it may hold
     * @return how many it held, or -1 when there were more or it cannot be read
     */
    int passOver(int most) {
        int passed = 0;
        long left = 1;
        boolean headRead = true;
        while (left > 0) {
            if (!headRead && head() == FAILED) {
                return -1;
            }
            headRead = false;
            left--;
            switch (type) {
                case MAP -> left += 2L * size;
                case ARRAY -> left += size;
                case POINTER, BOOLEAN -> {}
                default -> at += size;
            }
            if (++passed > most) {
                return -1;
            }
        }
        return passed;
    }

    /**
     * Reads a head, that of the target where it is a pointer.
     *
     * @return the type, or 0
     */
    int headThroughPointer() {
        if (head() == POINTER) {
            seek(size);
            return head() == POINTER ? FAILED : type;
        }
        return type;
    }

    /** The text of a key, or null when it is none. */
    @Nullable String key() {
        int found = head();
        if (found != POINTER) {
            return found == TEXT ? text() : null;
        }
        int behind = at;
        seek(size);
        String key = head() == TEXT ? text() : null;
        at = behind;
        return key;
    }
}
