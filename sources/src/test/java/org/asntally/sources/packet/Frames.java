package org.asntally.sources.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Makes packets, header by header, as the RFCs draw them. */
public final class Frames {
    static final byte[] SOURCE = hex("c0000201");
    static final byte[] DESTINATION = hex("c6336407");
    static final byte[] SOURCE6 = hex("20010db8000000000000000000000001");
    static final byte[] DESTINATION6 = hex("20010db8000000000000000000000002");
    static final String V4 = "192.0.2.1 > 198.51.100.7";
    static final String V6 = "2001:db8::1 > 2001:db8::2";

    private Frames() {}

    /** The bytes that these hexadecimal digits mean; blanks are passed over. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** One after the other. */
    public static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** An Ethernet frame. */
    public static byte[] ethernet(int type, byte[] body) {
        return join(hex("020000000001020000000002"), int16(type), body);
    }

    static byte[] int16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    /** An IPv4 packet of TCP from port 443 to 51234, SYN and ACK set. */
    public static byte[] ipv4() {
        return ipv4(SOURCE, 0, 6, tcp());
    }

    /** Any IPv4 packet from here. */
    public static byte[] ipv4(byte[] source, int fragment, int protocol, byte[] body) {
        return ByteBuffer.allocate(20 + body.length)
                .put((byte) 0x45)
                .put((byte) 0xb9)
                .putShort((short) (20 + body.length))
                .putShort((short) 7)
                .putShort((short) fragment)
                .put((byte) 57)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(source)
                .put(DESTINATION)
                .put(body)
                .array();
    }

    /** An IPv6 packet of UDP from port 53 to 40000. */
    public static byte[] ipv6() {
        return ipv6(17, hex("0035 9c40 0008 0000"));
    }

    public static byte[] ipv6(int next, byte[] body) {
        return ByteBuffer.allocate(40 + body.length)
                .putInt(0x6b912345)
                .putShort((short) body.length)
                .put((byte) next)
                .put((byte) 64)
                .put(SOURCE6)
                .put(DESTINATION6)
                .put(body)
                .array();
    }

    static byte[] tcp() {
        return hex("01bb c822 00000001 00000002 5012 faf0 0000 0000");
    }

    /** A frame of Ethernet, its IPv4 source being this number. */
    public static byte[] numbered(int number, int bytes) {
        byte[] source = ByteBuffer.allocate(4).putInt(number).array();
        return ethernet(0x0800, ipv4(source, 0, 6, join(tcp(), new byte[bytes])));
    }

    /** Something that may be on a wire, and often is not. */
    static byte[] any(SplittableRandom random) {
        byte[] body = random.nextBoolean() ? ipv4() : ipv6();
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            body =
                    switch (random.nextInt(5)) {
                        case 0 -> join(int16(random.nextInt(4096)), hex("0800"), body);
                        case 1 -> join(hex("0006 4011"), body);
                        case 2 -> join(hex("1100 0001 0040 0021"), body);
                        case 3 -> ipv6(0, join(hex("2900 0000 0000 0000"), body));
                        default -> join(hex("aaaa03 000000 0800"), body);
                    };
        }
        int[] types = {0x0800, 0x86dd, 0x8100, 0x8847, 0x8864, 0x05dc, 0x0806, 0x88e5};
        byte[] frame = ethernet(types[random.nextInt(types.length)], body);
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return frame;
    }
}
