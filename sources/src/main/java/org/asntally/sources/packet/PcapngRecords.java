package org.asntally.sources.packet;

import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;

/**
 * The blocks of a pcapng file: sections, their interfaces, packets; all others are passed over by
 * their length.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-05.html">pcapng</a>
 */
final class PcapngRecords extends CaptureRecords {

    /** The first four bytes of a section, the same in either byte order. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int PACKET = 6;

    private static final int ORDER = 0x1a2b3c4d;

    /** Type, length, and the length again at the end. */
    private static final int FRAME = 12;

    private static final int HEAD = 8;
    private static final int OF_SECTION = 28;
    private static final int OF_INTERFACE = 20;
    private static final int OF_SIMPLE_PACKET = 16;
    private static final int OF_PACKET = 32;

    private final PacketReader packets;
    private final long wantedFrom;
    private final PcapngInterfaces interfaces = new PcapngInterfaces();
    private boolean swapped;

    /**
     * Reads blocks from the first one on.
     *
     * @param wantedFrom packets whose block begins before this are passed over, or shown to a
     *     reader that remembers without being counted
     */
    PcapngRecords(PacketReader packets, long wantedFrom) {
        this.packets = packets;
        this.wantedFrom = wantedFrom;
    }

    @Override
    int readRecords(
            byte[] bytes,
            int from,
            int to,
            long position,
            long lastStart,
            FlowBatchBuilder flows,
            BadPackets badPackets) {
        int at = from;
        while (!flows.isFull()) {
            long start = position + at - from;
            if (start > lastStart) {
                done();
                return at;
            }
            if (to - at < FRAME) {
                return at;
            }
            int type = Bytes.int32(bytes, at, swapped);
            if (type == SECTION && !readOrder(bytes, at, start)) {
                return at;
            }
            long length = Integer.toUnsignedLong(Bytes.int32(bytes, at + 4, swapped));
            if (length < least(type) || length % 4 != 0) {
                fail("the block at byte " + start + " claims a length of " + length);
                return at;
            }
            int kept = (int) Math.min(length, CaptureReader.KEPT);
            if (to - at < kept) {
                return at;
            }
            if (length == kept
                    && Bytes.int32(bytes, at + kept - 4, swapped)
                            != Bytes.int32(bytes, at + 4, swapped)) {
                fail("the block at byte " + start + " does not end as it begins");
                return at;
            }
            switch (type) {
                case SECTION -> {
                    if (!readVersion(bytes, at, start)) {
                        return at;
                    }
                    interfaces.clear();
                }
                case INTERFACE -> interfaces.add(bytes, at + HEAD, at + kept - 4, swapped);
                case PACKET, OLD_PACKET, SIMPLE_PACKET -> {
                    if (start >= wantedFrom) {
                        packet(type, bytes, at, kept, length, flows, badPackets);
                    } else if (packets.remembers()) {
                        packet(type, bytes, at, kept, length, past(packets), BadPackets.UNHEARD);
                    }
                }
                default -> {}
            }
            at = pass(at, length, to);
            if (passing() > 0) {
                return at;
            }
        }
        return at;
    }

    private static int least(int type) {
        return switch (type) {
            case SECTION -> OF_SECTION;
            case INTERFACE -> OF_INTERFACE;
            case SIMPLE_PACKET -> OF_SIMPLE_PACKET;
            case PACKET, OLD_PACKET -> OF_PACKET;
            default -> FRAME;
        };
    }

    private boolean readOrder(byte[] bytes, int at, long start) {
        int order = Bytes.int32(bytes, at + HEAD);
        if (order != ORDER && order != Integer.reverseBytes(ORDER)) {
            fail("the section at byte " + start + " has no byte order");
            return false;
        }
        swapped = order != ORDER;
        return true;
    }

    private boolean readVersion(byte[] bytes, int at, long start) {
        int major = int16(bytes, at + 12);
        if (major != 1) {
            fail("the section at byte " + start + " is of the unknown version " + major);
            return false;
        }
        return true;
    }

    private void packet(
            int type,
            byte[] bytes,
            int at,
            int kept,
            long length,
            FlowBatchBuilder flows,
            BadPackets badPackets) {
        boolean simple = type == SIMPLE_PACKET;
        int data = at + (simple ? OF_SIMPLE_PACKET : OF_PACKET) - 4;
        long room = length - (data - at) - 4;
        int of =
                switch (type) {
                    case SIMPLE_PACKET -> 0;
                    case OLD_PACKET -> int16(bytes, at + HEAD);
                    default -> Bytes.int32(bytes, at + HEAD, swapped);
                };
        long wire = Integer.toUnsignedLong(Bytes.int32(bytes, data - 4, swapped));
        long captured =
                simple
                        ? Math.min(room, Math.min(wire, interfaces.snapLength()))
                        : Integer.toUnsignedLong(Bytes.int32(bytes, data - 8, swapped));
        SkipReason reason = SkipReason.NONE;
        int end = data;
        if (!interfaces.has(of)) {
            reason = SkipReason.NO_INTERFACE;
        } else if (captured > room) {
            reason = SkipReason.BAD_SHAPE;
        } else {
            end = data + (int) Math.min(captured, at + kept - data);
            if (flows.wants(FlowColumn.TIME)) {
                reason = time(simple, of, bytes, at + HEAD + 4, flows);
            }
            if (reason == SkipReason.NONE) {
                reason = packets.read(interfaces.link(of), bytes, data, end, wire, flows);
            }
        }
        if (reason != SkipReason.NONE) {
            flows.skip(reason);
            badPackets.badPacket(reason, bytes, data, end);
        }
    }

    /** A simple packet has no time. */
    private SkipReason time(boolean simple, int of, byte[] bytes, int at, FlowBatchBuilder flows) {
        if (simple) {
            flows.timeOfReading();
            return SkipReason.NONE;
        }
        long units =
                ((long) Bytes.int32(bytes, at, swapped) << 32)
                        | Integer.toUnsignedLong(Bytes.int32(bytes, at + 4, swapped));
        long millis = interfaces.millis(of, units);
        if (millis == PcapngInterfaces.NO_TIME) {
            return SkipReason.BAD_TIME;
        }
        flows.time(millis);
        return SkipReason.NONE;
    }

    private int int16(byte[] bytes, int at) {
        int value = Bytes.int16(bytes, at);
        return swapped ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }
}
