package org.asntally.sources.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.asntally.sources.packet.Captures;
import org.asntally.sources.packet.Frames;
import org.asntally.sources.text.JsonFields;
import org.asntally.sources.text.JsonFormat;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormat;
import org.asntally.sources.text.NetfilterFormat;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.TcpdumpFormat;

/** What reads inputs of a kind, and what good ones of that kind are made of. */
@SuppressWarnings("ImmutableEnumChecker") // What they hold is never changed.
enum Decoder {
    PCAP(Captures.pcap().bytes(), PacketForms::goodPcap, PacketForms::pcapOf),
    PCAPNG(PacketForms.pcapngHead(), PacketForms::goodPcapng, PacketForms::pcapngOf),
    SFLOW(SflowForms::good, SflowForms::of),
    PROTOBUF(ProtobufForms::good, ProtobufForms::of),
    JSON_FLOWS(JsonForms::good, JsonForms::of),
    ADDRESSES(PlainFormat.LINE, i -> "192.0." + i / 250 % 250 + "." + i % 250),
    TUPLES(PlainFormat.TUPLE, i -> "192.0." + i / 250 % 250 + "." + i % 250 + " " + i + ".5"),
    ACCESS_LOG(LogFormat.COMBINED, LineForms::combined),
    JSON_LOG(new JsonFormat(JsonFields.CADDY), LineForms::caddy),
    TCPDUMP(TcpdumpFormat.INSTANCE, LineForms::tcpdump),
    NETFILTER(NetfilterFormat.INSTANCE, LineForms::netfilter);

    /** Makes a good piece of a given length. */
    interface Filler {
        Piece of(int number, int length);
    }

    private final byte[] head;
    private final IntFunction<Piece> good;
    private final Filler filler;
    private final LineFormat format;

    Decoder(byte[] head, IntFunction<Piece> good, Filler filler) {
        this.head = head;
        this.good = good;
        this.filler = filler;
        this.format = PlainFormat.LINE;
    }

    Decoder(IntFunction<Piece> good, Filler filler) {
        this(new byte[0], good, filler);
    }

    Decoder(LineFormat format, IntFunction<String> line) {
        this.head = new byte[0];
        this.good = i -> Piece.good((line.apply(i) + "\n").getBytes(UTF_8), 1);
        this.filler = LineForms::blanks;
        this.format = format;
    }

    /** What an input begins with. */
    byte[] head() {
        return head;
    }

    /** A good piece, the one of this number in its input. */
    Piece good(int number) {
        return good.apply(number);
    }

    /** A good piece of just this length, which is that of two good ones at least. */
    Piece filler(int number, int length) {
        return filler.of(number, length);
    }

    /** A new one to read with; what it reads again and again is alike each time. */
    Reading open() {
        return switch (this) {
            case PCAP, PCAPNG -> Reading.captures();
            case SFLOW -> Reading.sflow();
            case PROTOBUF, JSON_FLOWS -> Reading.records();
            default -> Reading.lines(format);
        };
    }

    /** A frame as long as that of a TCP SYN, from a source of this number. */
    static byte[] frame(int number) {
        return Frames.numbered(0xc0000000 + number, 20);
    }

    /** These bytes over and over. */
    static byte[] repeat(byte[] part, int times) {
        byte[] all = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, all, i * part.length, part.length);
        }
        return all;
    }

    /** All but the first {@code count} bytes. */
    static byte[] without(int count, byte[] bytes) {
        return Arrays.copyOfRange(bytes, count, bytes.length);
    }
}
