package org.asntally.sources.packet;

import org.jspecify.annotations.Nullable;

/**
 * The first 24 bytes of a pcap file, which say how its records are to be read.
 *
 * @param swapped whether its writer had little-endian numbers
 * @param nanos whether fractions of a second are nanoseconds; else microseconds
 * @param recordHeader bytes before each packet
 * @param lengths which of the two lengths is the captured one
 * @param link the link layer, as LINKTYPE_ numbers it
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-06.html">pcap</a>
 */
record PcapHeader(boolean swapped, boolean nanos, int recordHeader, Lengths lengths, int link) {

    /** Bytes of it. */
    static final int LENGTH = 24;

    /** Bytes before a packet, at least. */
    static final int RECORD = 16;

    /** libpcap's limit for most link layers. */
    private static final int LONGEST = 1 << 18;

    /** And for those of buses, whose packets are longer. */
    private static final int LONGEST_OF_BUSES = 128 << 20;

    private static final int DBUS = 231;
    private static final int EBHSCR = 279;
    private static final int USBPCAP = 249;
    private static final int USB_LINUX = 189;
    private static final int USB_LINUX_MMAPPED = 220;
    private static final int USB_DARWIN = 266;

    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;

    /** Of a patched libpcap: eight more bytes in each record. */
    private static final int PATCHED = 0xa1b2cd34;

    /** The order of the lengths in a record, which changed with version 2.3. */
    enum Lengths {
        CAPTURED_FIRST,
        WIRE_FIRST,
        /** Of version 2.3: nobody knows, so the captured one is the one that is not greater. */
        EITHER
    }

    /** Whether a file that begins with these bytes, read in network order, is one. */
    static boolean isMagic(int magic) {
        return isStraight(magic) || isStraight(Integer.reverseBytes(magic));
    }

    private static boolean isStraight(int magic) {
        return magic == MICROS || magic == NANOS || magic == PATCHED;
    }

    /** Reads it; null when {@code bytes[at, at + LENGTH)} is none. */
    static @Nullable PcapHeader of(byte[] bytes, int at) {
        int magic = Bytes.int32(bytes, at);
        boolean swapped = !isStraight(magic);
        magic = swapped ? Integer.reverseBytes(magic) : magic;
        if (!isStraight(magic)) {
            return null;
        }
        int major = Bytes.int16(bytes, at + 4);
        int minor = Bytes.int16(bytes, at + 6);
        if (swapped) {
            major = Short.toUnsignedInt(Short.reverseBytes((short) major));
            minor = Short.toUnsignedInt(Short.reverseBytes((short) minor));
        }
        Lengths lengths =
                major != 2 || minor > 3
                        ? Lengths.CAPTURED_FIRST
                        : minor == 3 ? Lengths.EITHER : Lengths.WIRE_FIRST;
        return new PcapHeader(
                swapped,
                magic == NANOS,
                magic == PATCHED ? RECORD + 8 : RECORD,
                lengths,
                Bytes.int32(bytes, at + 20, swapped) & 0xffff);
    }

    /**
     * How many bytes were captured of the packet whose record begins at {@code at}; -1 when that
     * cannot be true.
     */
    int captured(byte[] bytes, int at) {
        int first = Bytes.int32(bytes, at + 8, swapped);
        int captured =
                switch (lengths) {
                    case CAPTURED_FIRST -> first;
                    case WIRE_FIRST -> Bytes.int32(bytes, at + 12, swapped);
                    case EITHER -> {
                        int second = Bytes.int32(bytes, at + 12, swapped);
                        yield Integer.compareUnsigned(first, second) > 0 ? second : first;
                    }
                };
        return captured < 0 || captured > longest() ? -1 : captured;
    }

    private int longest() {
        return switch (link) {
            case DBUS, EBHSCR, USBPCAP, USB_LINUX, USB_LINUX_MMAPPED, USB_DARWIN ->
                    LONGEST_OF_BUSES;
            default -> LONGEST;
        };
    }

    /** How long the packet was on the wire. */
    long wire(byte[] bytes, int at) {
        int second = Bytes.int32(bytes, at + 12, swapped);
        return Integer.toUnsignedLong(
                switch (lengths) {
                    case CAPTURED_FIRST -> second;
                    case WIRE_FIRST -> Bytes.int32(bytes, at + 8, swapped);
                    case EITHER -> {
                        int first = Bytes.int32(bytes, at + 8, swapped);
                        yield Integer.compareUnsigned(first, second) > 0 ? first : second;
                    }
                });
    }

    /** The packet's time, milliseconds since 1970-01-01 UTC. */
    long millis(byte[] bytes, int at) {
        long seconds = Integer.toUnsignedLong(Bytes.int32(bytes, at, swapped));
        long fraction = Integer.toUnsignedLong(Bytes.int32(bytes, at + 4, swapped));
        return 1_000 * seconds + (nanos ? fraction / 1_000_000 : fraction / 1_000);
    }
}
