package org.asntally.sources.flowrecord;

/**
 * Reads a protobuf message of any of the schemas into {@link FlowFields}.
 *
 * <pre>
 * message: fields, each a tag (varint: number * 8 + wire type) and
 *   0 varint: 7 bits a byte, the lowest first, the high bit set but in the last; at most 10 bytes
 *   1 eight bytes    2 length (varint), bytes    3 group, up to its end (4)    5 four bytes
 * </pre>
 *
 * As the encoding has it, the last of repeated fields counts, unknown fields are skipped, and so is
 * a known one of another wire type. See protobuf.dev/programming-guides/encoding; the numbers are
 * those of the three .proto files. Neither throws nor allocates; one per thread.
 */
final class ProtobufFields {

    private static final int MOST_DIGITS = 10;
    private static final int DEEPEST_GROUP = 100;

    private static final int VARINT = 0;
    private static final int EIGHT = 1;
    private static final int BYTES = 2;
    private static final int GROUP = 3;
    private static final int END_OF_GROUP = 4;
    private static final int FOUR = 5;

    private final FlowFields fields;
    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean broken;

    ProtobufFields(FlowFields fields) {
        this.fields = fields;
    }

    /**
     * Reads a whole message; the fields are those of this one alone.
     *
     * @return whether it is well formed to its end
     */
    boolean read(byte[] message, int from, int to) {
        FlowFields into = fields;
        into.clear();
        bytes = message;
        at = from;
        end = to;
        broken = false;
        while (at < end) {
            field((int) varint(), into);
            if (broken) {
                return false;
            }
        }
        return true;
    }

    /**
     * The length that stands before a message.
     *
     * @return where the message begins, when it is just as long as the rest; else -1
     */
    int afterLength(byte[] message, int from, int to) {
        bytes = message;
        at = from;
        end = to;
        broken = false;
        long length = varint();
        return !broken && length == to - at ? at : -1;
    }

    private void field(int tag, FlowFields into) {
        switch (tag) {
            case 2 << 3 -> {
                into.receivedSeconds = varint();
                into.mark(FlowFields.BWNETFLOW_PERHAPS);
            }
            case 3 << 3 -> into.samplingRate = varint();
            case 5 << 3 -> {
                into.endSeconds = varint();
                into.mark(FlowFields.BWNETFLOW_PERHAPS);
            }
            case 6 << 3 | BYTES -> address(into.source);
            case 7 << 3 | BYTES -> address(into.destination);
            case 9 << 3 -> into.bytes = varint();
            case 10 << 3 -> into.packets = varint();
            case 11 << 3 | BYTES -> address(into.sampler);
            case 13 << 3 -> into.nextHopAs = (int) varint();
            case 14 << 3 -> into.sourceAs = (int) varint();
            case 15 << 3 -> into.destinationAs = (int) varint();
            case 18 << 3 -> into.inputInterface = (int) varint();
            case 19 << 3 -> into.outputInterface = (int) varint();
            case 20 << 3 -> into.protocol = (int) varint();
            case 21 << 3 -> into.sourcePort = (int) varint();
            case 22 << 3 -> into.destinationPort = (int) varint();
            case 23 << 3 -> into.tos = (int) varint();
            case 25 << 3 -> into.ttl = (int) varint();
            case 26 << 3 -> into.tcpFlags = (int) varint();
            case 30 << 3 -> into.etype = (int) varint();
            case 36 << 3 -> into.fragmentOffset = (int) varint();
            case 38 << 3 -> into.field38 = varint();
            case 42 << 3 -> {
                into.direction = (int) varint();
                into.mark(FlowFields.DIRECTION);
            }
            case 110 << 3 -> {
                into.receivedNanos = varint();
                into.mark(FlowFields.GOFLOW2);
            }
            case 111 << 3 -> {
                into.startNanos = varint();
                into.mark(FlowFields.GOFLOW2);
            }
            case 112 << 3 -> {
                into.endNanos = varint();
                into.mark(FlowFields.GOFLOW2);
            }
            case 1000 << 3 -> {
                into.customer = varint();
                into.mark(FlowFields.BWNETFLOW);
            }
            case 1002 << 3 -> {
                into.normalized = (int) varint();
                into.mark(FlowFields.BWNETFLOW | FlowFields.NORMALIZED);
            }
            case 1004 << 3 | BYTES -> {
                into.inputTo = length() + at;
                into.inputFrom = at;
                at = into.inputTo;
                into.mark(FlowFields.BWNETFLOW);
            }
            case 1007 << 3 | BYTES -> {
                into.outputTo = length() + at;
                into.outputFrom = at;
                at = into.outputTo;
                into.mark(FlowFields.BWNETFLOW);
            }
            default -> other(tag, into);
        }
    }

    private void other(int tag, FlowFields into) {
        int number = tag >>> 3;
        if (number == 0) {
            broken = true;
            return;
        }
        if (number >= 53) {
            into.mark(markOf(number));
        }
        skip(tag, 0);
    }

    private static int markOf(int number) {
        if (number <= 62) {
            return FlowFields.BWNETFLOW_PERHAPS;
        }
        if (number == 70
                || number == 71
                || (number >= 80 && number <= 82)
                || (number >= 100 && number <= 106)) {
            return FlowFields.GOFLOW2_PERHAPS;
        }
        return (number >= 1000 && number <= 1016) || (number >= 1100 && number <= 1299)
                ? FlowFields.BWNETFLOW
                : 0;
    }

    private void skip(int tag, int depth) {
        switch (tag & 7) {
            case VARINT -> varint();
            case EIGHT -> step(8);
            case BYTES -> step(length());
            case GROUP -> group(tag >>> 3, depth + 1);
            case FOUR -> step(4);
            default -> broken = true;
        }
    }

    private void group(int number, int depth) {
        if (depth > DEEPEST_GROUP) {
            broken = true;
        }
        while (!broken) {
            int tag = (int) varint();
            if (broken || tag >>> 3 == 0) {
                broken = true;
            } else if ((tag & 7) == END_OF_GROUP) {
                broken = tag >>> 3 != number;
                return;
            } else {
                skip(tag, depth);
            }
        }
    }

    private void address(AddressField field) {
        int length = length();
        field.set(bytes, at, length);
        at += length;
    }

    /** The length of what follows, which is there; 0 when it is not. */
    private int length() {
        long length = varint();
        if (length < 0 || length > end - at) {
            broken = true;
            return 0;
        }
        return (int) length;
    }

    private void step(int length) {
        if (length > end - at) {
            broken = true;
        } else {
            at += length;
        }
    }

    private long varint() {
        int next = at;
        if (next < end) {
            byte first = bytes[next++];
            if (first >= 0) {
                at = next;
                return first;
            }
            if (next < end) {
                byte second = bytes[next++];
                if (second >= 0) {
                    at = next;
                    return (first & 0x7f) | second << 7;
                }
            }
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        int last = Math.min(end, at + MOST_DIGITS);
        for (int shift = 0; at < last; shift += 7) {
            byte digit = bytes[at++];
            value |= (long) (digit & 0x7f) << shift;
            if (digit >= 0) {
                return value;
            }
        }
        broken = true;
        return 0;
    }
}
