package org.asntally.sources.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.asntally.sources.SkipReason;

/** Goflow2's JSON, good and bad. */
final class JsonForms {

    private static final int LONG = 65_000;

    /** No name comes twice, however often an input is made. */
    private static final AtomicInteger NAMES = new AtomicInteger();

    private JsonForms() {}

    /** All but the brace at its end. */
    private static String open(int number) {
        return "{\"type\":\"IPFIX\",\"time_received_ns\":"
                + (1_764_000_000_000_000_000L + 1_000_000L * number)
                + ",\"sequence_num\":"
                + number
                + ",\"sampling_rate\":1000,\"sampler_address\":\"10.0.0.1\",\"bytes\":1500,"
                + "\"packets\":3,\"src_addr\":\"198.51.100."
                + number % 256
                + "\",\"dst_addr\":\"203.0.113."
                + number % 199
                + "\",\"etype\":\"IPv4\",\"proto\":\"TCP\",\"src_port\":443,\"dst_port\":50000,"
                + "\"in_if\":12,\"out_if\":13,\"src_as\":64496,\"dst_as\":64498";
    }

    private static Piece good(String text) {
        return Piece.good(text.getBytes(UTF_8), 1);
    }

    private static Piece bad(String text, SkipReason reason) {
        return Piece.bad(text.getBytes(UTF_8), reason);
    }

    static Piece good(int number) {
        return good(open(number) + "}\n");
    }

    static Piece of(int number, int length) {
        String text = open(number) + "}\n";
        return good(text + " ".repeat(length - text.length()));
    }

    /** Names that nobody knows, none of them twice. */
    static Piece unknownNames(int number) {
        StringBuilder text = new StringBuilder(open(number));
        while (text.length() < LONG) {
            text.append(",\"x").append(NAMES.incrementAndGet()).append("\":1");
        }
        return good(text.append("}").toString());
    }

    /** One field again and again. */
    static Piece repeatedNames(int number) {
        return good(open(number) + ",\"bytes\":5".repeat(LONG / 10) + "}");
    }

    static Piece cutOff(int number) {
        return bad(open(number), SkipReason.BAD_SHAPE);
    }

    /** Something else where a value should be. */
    static Piece noJson(int number) {
        return bad(open(number) + ",\"x\":}", SkipReason.BAD_SHAPE);
    }

    static Piece deep(int number) {
        return bad(
                open(number) + ",\"x\":" + "[".repeat(LONG) + "]".repeat(LONG) + "}",
                SkipReason.BAD_SHAPE);
    }

    /** Texts and numbers of 60 KB where an address or a number belongs. */
    static Piece oversized(int number) {
        return number % 2 == 0
                ? bad(
                        open(number) + ",\"src_addr\":\"" + "1".repeat(LONG) + "\"}",
                        SkipReason.BAD_ADDRESS)
                : new Piece(
                        (open(number) + ",\"bytes\":" + "1".repeat(LONG) + "}").getBytes(UTF_8),
                        0,
                        Map.of(),
                        1);
    }

    static Piece escapes(int number) {
        return good(open(number) + ",\"x\":\"" + "\\u0041\\\\".repeat(LONG / 8) + "\"}");
    }

    static Piece wrongValues(int number) {
        return bad(
                open(number) + ",\"bytes\":-1.5e3,\"time_received_ns\":\"soon\"}",
                SkipReason.BAD_NUMBER);
    }
}
