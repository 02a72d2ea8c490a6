package org.asntally.sources.hostile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.asntally.sources.SkipReason;

/** An input of exactly {@link #SIZE} bytes. */
final class Input {

    /** Bytes of each input. */
    static final int SIZE = 1 << 18;

    /** So many bytes of bad pieces stand between good ones, at least. */
    private static final int BAD_BYTES = 2_000;

    private final List<byte[]> parts;
    private final byte[] bytes;
    private final long flows;
    private final Map<SkipReason, Long> skips;
    private final long others;

    private Input(Builder from) {
        parts = from.parts;
        bytes = from.bytes.toByteArray();
        flows = from.flows;
        skips = from.skips;
        others = from.others;
    }

    /** The pieces, the head of a file left out. */
    List<byte[]> parts() {
        return parts;
    }

    /** All together, with the head. */
    byte[] bytes() {
        return bytes;
    }

    /** How many flows it holds. */
    long flows() {
        return flows;
    }

    /** What must be counted, by reason. */
    Map<SkipReason, Long> skips() {
        return skips;
    }

    /** What must be counted besides. */
    long others() {
        return others;
    }

    /** Nothing but good pieces. */
    static Input good(Decoder decoder) {
        return new Builder(decoder).end();
    }

    /** Bad pieces, here and there a good one between them. */
    static Input bad(Decoder decoder, IntFunction<Piece> pieces) {
        Builder builder = new Builder(decoder);
        int sinceGood = 0;
        while (true) {
            Piece piece = pieces.apply(builder.parts.size());
            if (!builder.hasRoomFor(piece)) {
                return builder.end();
            }
            builder.add(piece);
            sinceGood += piece.bytes().length;
            if (sinceGood > BAD_BYTES) {
                sinceGood = 0;
                builder.addGood();
            }
        }
    }

    private static final class Builder {
        private final Decoder decoder;
        private final List<byte[]> parts = new ArrayList<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Map<SkipReason, Long> skips = new EnumMap<>(SkipReason.class);
        private long flows;
        private long others;

        Builder(Decoder decoder) {
            this.decoder = decoder;
            bytes.writeBytes(decoder.head());
        }

        /** Such that a last good piece, of any size up to two of them, still finds room. */
        boolean hasRoomFor(Piece piece) {
            int good = decoder.good(parts.size()).bytes().length;
            return bytes.size() + piece.bytes().length + 3 * good <= SIZE;
        }

        void add(Piece piece) {
            parts.add(piece.bytes());
            bytes.writeBytes(piece.bytes());
            flows += piece.flows();
            others += piece.others();
            piece.skips().forEach((reason, count) -> skips.merge(reason, count, Long::sum));
        }

        boolean addGood() {
            Piece piece = decoder.good(parts.size());
            boolean room = hasRoomFor(piece);
            if (room) {
                add(piece);
            }
            return room;
        }

        Input end() {
            while (addGood()) {}
            add(decoder.filler(parts.size(), SIZE - bytes.size()));
            return new Input(this);
        }
    }
}
