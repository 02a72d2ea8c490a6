package org.asntally.sources.hostile;

import static org.asntally.sources.hostile.Decoder.repeat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.Frames;

/** Messages of goflow2 and flowpipeline, good and bad. */
final class ProtobufForms {

    private static final int LONG = 65_000;

    private ProtobufForms() {}

    /** Writes fields. */
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] address(int number) {
        return new byte[] {(byte) 192, 0, (byte) (number >>> 8), (byte) number};
    }

    private static byte[] message(int number) {
        return message(
                out -> {
                    out.writeUInt32(1, 4);
                    out.writeUInt64(3, 1000);
                    out.writeUInt32(4, number);
                    out.writeByteArray(6, address(number));
                    out.writeByteArray(7, address(~number));
                    out.writeUInt64(9, 1_500);
                    out.writeUInt64(10, 3);
                    out.writeByteArray(11, new byte[] {10, 0, 0, 1});
                    out.writeUInt32(14, 64_496);
                    out.writeUInt32(15, 64_497);
                    out.writeUInt32(18, 12);
                    out.writeUInt32(19, 13);
                    out.writeUInt32(20, 6);
                    out.writeUInt32(21, 443);
                    out.writeUInt32(22, number & 0xffff);
                    out.writeUInt32(30, 0x800);
                    out.writeUInt64(110, 1_764_000_000_000_000_000L + 1_000_000L * number);
                });
    }

    static Piece good(int number) {
        return Piece.good(message(number), 1);
    }

    static Piece of(int number, int length) {
        return Piece.good(filled(message(number), length), 1);
    }

    /** The message with an unknown field that fills it to this length. */
    private static byte[] filled(byte[] message, int length) {
        int rest = length - message.length - 4;
        byte[] tag = {(byte) 0xc2, 0x0c, (byte) (rest | 0x80), (byte) (rest >>> 7)};
        return Frames.join(message, tag, new byte[rest]);
    }

    /** Thousands of fields that nobody knows, of all wire types. */
    static Piece unknownFields(int number) {
        byte[] unknown =
                message(
                        out -> {
                            out.writeUInt32(48, 1);
                            out.writeFixed32(49, 1);
                            out.writeFixed64(50, 1);
                            out.writeByteArray(51, new byte[0]);
                        });
        return Piece.good(Frames.join(message(number), repeat(unknown, LONG / unknown.length)), 1);
    }

    /** The same, as short as fields can be, and no longer than a usual record. */
    static Piece shortFields(int number) {
        byte[] need =
                message(
                        out -> {
                            out.writeUInt64(3, 1000);
                            out.writeByteArray(6, address(number));
                            out.writeByteArray(7, address(~number));
                            out.writeUInt64(110, 1_764_000_000_000_000_000L);
                        });
        return Piece.good(Frames.join(need, repeat(Frames.hex("6001"), 40)), 1);
    }

    /** One field again and again; the last counts. */
    static Piece repeatedFields(int number) {
        byte[] source = message(out -> out.writeByteArray(6, address(number)));
        byte[] bytes = message(out -> out.writeUInt64(9, number));
        return Piece.good(
                Frames.join(
                        repeat(Frames.join(source, bytes), LONG / (source.length + bytes.length)),
                        message(number)),
                1);
    }

    /** An address of 60 KB, a number of more than 64 bits. */
    static Piece oversizedFields(int number) {
        if (number % 2 == 0) {
            return Piece.bad(
                    Frames.join(
                            message(number), message(out -> out.writeByteArray(6, new byte[LONG]))),
                    SkipReason.BAD_ADDRESS);
        }
        byte[] tooLong = Frames.join(Frames.hex("48"), repeat(new byte[] {-1}, 11));
        return Piece.bad(Frames.join(message(number), tooLong), SkipReason.BAD_SHAPE);
    }

    /** Names of interfaces of 60 KB, each another one. */
    static Piece oversizedTexts(int number) {
        byte[] name = repeat(new byte[] {'a'}, LONG);
        name[0] = (byte) ('a' + number % 26);
        byte[] message =
                message(
                        out -> {
                            out.writeByteArray(6, address(number));
                            out.writeByteArray(7, address(~number));
                            out.writeByteArray(1004, name);
                        });
        return Piece.bad(message, SkipReason.TOO_LONG);
    }

    /** Fields that are longer than what is left. */
    static Piece lengths(int number) {
        byte[] lie = number % 2 == 0 ? Frames.hex("32ffffff7f") : Frames.hex("3a8080808080808080");
        return Piece.bad(Frames.join(message(number), lie), SkipReason.BAD_SHAPE);
    }

    /** A record that is a message with and without its length, and tells no address either way. */
    static Piece bothFramings(int number) {
        byte[] fields = repeat(Frames.hex("6001"), 47);
        byte[] message = Frames.join(new byte[] {(byte) 96}, Frames.hex("6001"), fields);
        return Piece.bad(message, SkipReason.UNDECIDED);
    }

    /** Groups in groups, as deep as is allowed, and deeper. */
    static Piece groups(int number) {
        int depth = number % 2 == 0 ? 99 : 2_000;
        byte[] nested =
                Frames.join(repeat(Frames.hex("8303"), depth), repeat(Frames.hex("8403"), depth));
        byte[] message = Frames.join(message(number), repeat(nested, depth == 99 ? LONG / 400 : 1));
        return depth == 99 ? Piece.good(message, 1) : Piece.bad(message, SkipReason.BAD_SHAPE);
    }
}
