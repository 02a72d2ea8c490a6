package org.asntally.sources.hostile;

import static org.asntally.sources.hostile.Decoder.frame;
import static org.asntally.sources.hostile.Decoder.repeat;
import static org.asntally.sources.hostile.Decoder.without;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.Captures;
import org.asntally.sources.packet.Frames;

/** Packets of captures, good and bad. */
final class PacketForms {

    private static final int PCAP_HEAD = 24;
    private static final int PCAP_RECORD = 16;
    private static final int PCAPNG_BLOCK = 32;

    /** Ethernet, IPv4 and TCP of {@link Frames#numbered}. */
    private static final int FRAME = 14 + 20 + 20;

    private static final long SECONDS = 1_772_366_400L;

    /** Bytes of a chain of headers, of tags, of labels. */
    private static final int CHAIN = 65_000;

    private PacketForms() {}

    // --- pcap

    private static byte[] pcap(long seconds, int micros, byte[] captured, long wire) {
        return without(PCAP_HEAD, Captures.pcap().packet(seconds, micros, captured, wire).bytes());
    }

    private static byte[] pcap(int number, byte[] captured) {
        return pcap(SECONDS + number / 1_000, number % 1_000 * 1_000, captured, captured.length);
    }

    static Piece goodPcap(int number) {
        return Piece.good(pcap(number, frame(number)), 1);
    }

    static Piece pcapOf(int number, int length) {
        byte[] frame = Frames.numbered(0xc0000000 + number, length - PCAP_RECORD - FRAME);
        return Piece.good(pcap(number, frame), 1);
    }

    /** IPv4 headers and totals that are too short, a packet that ends within its header. */
    static Piece lengths(int number) {
        byte[] frame = frame(number);
        switch (number % 4) {
            case 0 -> frame[14] = 0x43;
            case 1 -> {
                frame[16] = 0;
                frame[17] = 19;
            }
            case 2 -> frame[14] = 0x75;
            default -> {
                return Piece.bad(pcap(number, Arrays.copyOf(frame, 30)), SkipReason.CUT_SHORT);
            }
        }
        return Piece.bad(pcap(number, frame), SkipReason.BAD_HEADER);
    }

    /** Longer on the wire, and in IPv4's own word, than what was captured of it. */
    static Piece tooLong(int number) {
        byte[] frame = frame(number);
        frame[16] = -1;
        frame[17] = -1;
        frame[14] = 0x4f;
        return Piece.good(pcap(SECONDS, number, frame, 0xffff_ffffL), 1);
    }

    static Piece snapLength0(int number) {
        return Piece.bad(pcap(SECONDS, number, new byte[0], 1_500), SkipReason.CUT_SHORT);
    }

    static Piece timesBackwards(int number) {
        return Piece.good(pcap(4_000_000_000L - 70_001L * number, 999_999, frame(number), 100), 1);
    }

    /** Extension headers of all kinds, and no protocol behind them that is reached. */
    static byte[] chain(int number) {
        int[] kinds = {0, 43, 60, 135, 139, 140, 51, 44};
        ByteBuffer chain = ByteBuffer.allocate(CHAIN / 8 * 8);
        int kind = number;
        while (chain.hasRemaining()) {
            kind = kind * 1_103_515_245 + 12_345;
            chain.putLong((long) kinds[kind >>> 16 & 7] << 56);
        }
        return Frames.ipv6(kinds[number & 7], chain.array());
    }

    static Piece extensions(int number) {
        return Piece.good(pcap(number, Frames.ethernet(0x86dd, chain(number))), 1);
    }

    static Piece tags(int number) {
        byte[] tags = repeat(Frames.hex("0001 8100"), CHAIN / 4);
        byte[] body = Frames.join(tags, Frames.hex("0001 0800"), Frames.ipv4());
        return Piece.good(pcap(number, Frames.ethernet(0x8100, body)), 1);
    }

    static Piece labels(int number) {
        byte[] labels = repeat(Frames.hex("0001 0040"), CHAIN / 4);
        byte[] body = Frames.join(labels, Frames.hex("0001 0140"), Frames.ipv4());
        return Piece.good(pcap(number, Frames.ethernet(0x8847, body)), 1);
    }

    // --- pcapng

    private static Captures pcapng() {
        return Captures.pcapng(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] pcapngHead() {
        return pcapng().section().on(1, 0).bytes();
    }

    private static byte[] enhanced(int number, byte[] captured) {
        return pcapng().enhanced(
                        0, SECONDS * 1_000_000 + number * 1_000L, captured, captured.length)
                .bytes();
    }

    static Piece goodPcapng(int number) {
        return Piece.good(enhanced(number, frame(number)), 1);
    }

    static Piece pcapngOf(int number, int length) {
        byte[] frame = Frames.numbered(0xc0000000 + number, length - PCAPNG_BLOCK - FRAME);
        return Piece.good(enhanced(number, frame), 1);
    }

    /** A packet longer than its block, of an interface that is none, behind the end of time. */
    static Piece blocksLie(int number) {
        ByteBuffer block =
                ByteBuffer.wrap(enhanced(number, frame(number))).order(ByteOrder.LITTLE_ENDIAN);
        SkipReason reason =
                switch (number % 3) {
                    case 0 -> {
                        block.putInt(20, -1);
                        yield SkipReason.BAD_SHAPE;
                    }
                    case 1 -> {
                        block.putInt(8, 1 << 31 | number);
                        yield SkipReason.NO_INTERFACE;
                    }
                    default -> {
                        block.putInt(12, -number);
                        yield SkipReason.BAD_TIME;
                    }
                };
        return Piece.bad(block.array(), reason);
    }

    static Piece emptyPackets(int number) {
        return Piece.bad(enhanced(number, new byte[0]), SkipReason.CUT_SHORT);
    }

    static Piece pcapngTimesBackwards(int number) {
        long micros = 4_000_000_000_000_000L - 70_001_000_001L * number;
        return Piece.good(pcapng().enhanced(0, micros, frame(number), 100).bytes(), 1);
    }

    /** One more interface, all of its options with a length that lies. */
    static Piece interfaces(int number) {
        byte[] lies = Frames.hex("0100 0000 0000 0000 0900 ffff");
        return Piece.silent(pcapng().block(1, lies).bytes());
    }

    /** One more section, which knows no interface but its own. */
    static Piece sections(int number) {
        return Piece.silent(pcapng().section().on(1, 0).bytes());
    }

    /** Blocks of nothing. */
    static Piece unknownBlocks(int number) {
        return Piece.silent(pcapng().block(0x0bad, new byte[0]).bytes());
    }
}
