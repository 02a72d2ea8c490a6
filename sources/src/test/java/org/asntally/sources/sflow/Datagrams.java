package org.asntally.sources.sflow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.packet.Frames;

/** Makes sFlow datagrams, word by word as the specification draws them. */
public final class Datagrams {

    /** Everything that a datagram tells. */
    public static final Set<FlowColumn> COLUMNS =
            EnumSet.of(
                    FlowColumn.TIME,
                    FlowColumn.SOURCE,
                    FlowColumn.DESTINATION,
                    FlowColumn.PACKETS,
                    FlowColumn.BYTES,
                    FlowColumn.PROTOCOL,
                    FlowColumn.SOURCE_PORT,
                    FlowColumn.DESTINATION_PORT,
                    FlowColumn.TCP_FLAGS,
                    FlowColumn.TTL,
                    FlowColumn.DSCP,
                    FlowColumn.ECN,
                    FlowColumn.FRAGMENT,
                    FlowColumn.INPUT_INTERFACE,
                    FlowColumn.OUTPUT_INTERFACE,
                    FlowColumn.DIRECTION,
                    FlowColumn.EXPORTER,
                    FlowColumn.SAMPLING_RATE,
                    FlowColumn.EXPORTER_SOURCE_AS,
                    FlowColumn.EXPORTER_DESTINATION_AS,
                    FlowColumn.NEXT_HOP_AS);

    static final int AGENT = 0xc000020a;
    static final long AGENT6_HIGH = 0x20010db8_00000000L;

    private Datagrams() {}

    /** Four bytes each, in network order. */
    public static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A datagram of an IPv4 agent. */
    public static byte[] datagram(int agent, int sequence, int uptime, byte[]... samples) {
        return join(words(5, 1, agent, 0, sequence, uptime, samples.length), join(samples));
    }

    /** A datagram of an IPv6 agent. */
    static byte[] datagram6(long high, long low, int sequence, int uptime, byte[]... samples) {
        return join(
                words(5, 2),
                ByteBuffer.allocate(16).putLong(high).putLong(low).array(),
                words(0, sequence, uptime, samples.length),
                join(samples));
    }

    /** Something with a type and a length: a sample or a record. */
    public static byte[] typed(int type, byte[] body) {
        byte[] padding = new byte[(4 - body.length % 4) % 4];
        return join(words(type, body.length + padding.length), body, padding);
    }

    /** A flow sample of interface 3, from there to 7. */
    public static byte[] sample(int sequence, int rate, int pool, byte[]... records) {
        return sample(sequence, 3, rate, pool, 0, 3, 7, records);
    }

    static byte[] sample(
            int sequence,
            int source,
            int rate,
            int pool,
            int drops,
            int input,
            int output,
            byte[]... records) {
        return typed(
                1,
                join(
                        words(sequence, source, rate, pool, drops, input, output, records.length),
                        join(records)));
    }

    static byte[] expanded(
            int sequence,
            int sourceClass,
            int source,
            int rate,
            int pool,
            int inputFormat,
            int input,
            int outputFormat,
            int output,
            byte[]... records) {
        return typed(
                3,
                join(
                        words(sequence, sourceClass, source, rate, pool, 0, inputFormat, input),
                        words(outputFormat, output, records.length),
                        join(records)));
    }

    /** A sample of counters. */
    static byte[] counters(int sequence) {
        return typed(2, join(words(sequence, 3, 1), typed(1, new byte[88])));
    }

    /** The record of a packet's first bytes. */
    public static byte[] raw(int protocol, int frameLength, byte[] header) {
        return typed(1, join(words(protocol, frameLength, 4, header.length), header));
    }

    /** The record of a frame of Ethernet. */
    public static byte[] frame(int frameLength, byte[] frame) {
        return raw(1, frameLength, frame);
    }

    /** A frame of some length from a source of this number. */
    public static byte[] from(int source, int frameLength) {
        return frame(frameLength, Frames.numbered(source, 0));
    }

    static byte[] ipv4(int length, int protocol, int sport, int dport, int flags, int tos) {
        return typed(3, words(length, protocol, 0xc0000201, 0xc6336407, sport, dport, flags, tos));
    }

    static byte[] ipv6(int length, int protocol, int sport, int dport, int flags, int priority) {
        return typed(
                4,
                join(
                        words(length, protocol),
                        Frames.hex("20010db8000000000000000000000001"),
                        Frames.hex("20010db8000000000000000000000002"),
                        words(sport, dport, flags, priority)));
    }

    static byte[] ethernet(int length) {
        return typed(2, join(words(length), new byte[16], words(0x0800)));
    }

    public static byte[] extendedSwitch() {
        return typed(1001, words(100, 0, 200, 0));
    }

    static byte[] router() {
        return typed(1002, words(1, 0xc0000201, 24, 24));
    }

    /** The record of the exporter's routes: one segment of a path. */
    public static byte[] gateway(int own, int source, int... path) {
        return typed(
                1003,
                join(
                        words(1, 0xc0000201, own, source, 64_499),
                        path.length == 0 ? words(0) : words(1, 2, path.length),
                        words(path),
                        words(1, 65_000, 100)));
    }

    /** An IPv4 packet of UDP with this payload, in a frame of Ethernet. */
    public static byte[] udp(int port, byte[] payload) {
        byte[] udp =
                ByteBuffer.allocate(8 + payload.length)
                        .putShort((short) 50_000)
                        .putShort((short) port)
                        .putShort((short) (8 + payload.length))
                        .putShort((short) 0)
                        .put(payload)
                        .array();
        return Frames.ethernet(0x0800, Frames.ipv4(new byte[] {(byte) 192, 0, 2, 10}, 0, 17, udp));
    }
}
