package org.asntally.sources.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log format taken apart: a literal to begin with, then fields, each with the literal that ends
 * it. Only the last field may end with the line.
 *
 * @param lead what stands before the first field
 * @param fields in the order of the line
 */
record LogTemplate(String lead, List<Field> fields) {

    /** What a field holds. */
    enum Content {
        CLIENT,
        /** A list of addresses, the nearest proxy's client last, blanks after the commas. */
        FORWARDED,
        TIME,
        /** Bytes sent, head and body. */
        BYTES_SENT,
        /** Bytes of the body. */
        BODY_BYTES,
        SECONDS,
        MILLISECONDS,
        MICROSECONDS,
        OTHER
    }

    /**
     * A field.
     *
     * @param time how it is written, for {@link Content#TIME}
     * @param end the literal behind it, empty at the end of the line
     * @param quoted whether quotes stand around it, so that a backslash protects one within
     */
    record Field(Content content, @Nullable TimePattern time, String end, boolean quoted) {}

    /** The pieces of a format before they are joined: literals and fields in any order. */
    static final class Pieces {
        private final List<Object> pieces = new ArrayList<>();

        /** A field whose value is of no interest here, or is not a time. */
        void field(Content content) {
            pieces.add(content);
        }

        void time(TimePattern pattern) {
            pieces.add(pattern);
        }

        void literal(String text) {
            if (text.isEmpty()) {
                return;
            }
            int last = pieces.size() - 1;
            if (last >= 0 && pieces.get(last) instanceof String before) {
                pieces.set(last, before + text);
            } else {
                pieces.add(text);
            }
        }

        /** Times with nothing but a literal between them are one time. */
        private void joinTimes() {
            for (int i = 0; i < pieces.size(); i++) {
                if (!(pieces.get(i) instanceof TimePattern first)) {
                    continue;
                }
                if (i + 1 < pieces.size() && pieces.get(i + 1) instanceof TimePattern next) {
                    pieces.set(i, first.then(next));
                    pieces.remove(i + 1);
                    i--;
                } else if (i + 2 < pieces.size()
                        && pieces.get(i + 1) instanceof String between
                        && pieces.get(i + 2) instanceof TimePattern next
                        && !first.then(next).equals(first)
                        && !(first.tellsMoment() && next.tellsMoment())) {
                    pieces.set(i, first.then(TimePattern.literal(between)).then(next));
                    pieces.remove(i + 2);
                    pieces.remove(i + 1);
                    i--;
                }
            }
        }

        LogTemplate template(String format) {
            joinTimes();
            String lead = !pieces.isEmpty() && pieces.get(0) instanceof String text ? text : "";
            List<Field> fields = new ArrayList<>();
            String before = lead;
            for (int i = lead.isEmpty() ? 0 : 1; i < pieces.size(); i += 2) {
                Object piece = pieces.get(i);
                String end = i + 1 == pieces.size() ? "" : literalAt(i + 1, format);
                fields.add(
                        new Field(
                                piece instanceof Content content ? content : Content.TIME,
                                piece instanceof TimePattern pattern ? pattern : null,
                                end,
                                before.endsWith("\"") && end.startsWith("\"")));
                before = end;
            }
            return new LogTemplate(lead, settle(fields, format));
        }

        private String literalAt(int piece, String format) {
            if (pieces.get(piece) instanceof String text) {
                return text;
            }
            throw new LogFormatException(
                    "the log format '"
                            + format
                            + "' has two fields with nothing between them, so lines cannot be taken"
                            + " apart");
        }
    }

    /** One client, one time: of several the best, the rest is of no interest. */
    private static List<Field> settle(List<Field> fields, String format) {
        int client = first(fields, Content.CLIENT);
        if (client < 0) {
            client = first(fields, Content.FORWARDED);
        }
        if (client < 0) {
            throw new LogFormatException(
                    "the log format '"
                            + format
                            + "' has no client address (Apache: %h or %a, nginx: $remote_addr)");
        }
        int time = -1;
        for (int i = 0; i < fields.size() && time < 0; i++) {
            TimePattern pattern = fields.get(i).time();
            time = pattern != null && pattern.tellsMoment() ? i : -1;
        }
        int bytes = first(fields, Content.BYTES_SENT);
        if (bytes < 0) {
            bytes = first(fields, Content.BODY_BYTES);
        }
        int duration = -1;
        for (Content unit : List.of(Content.MICROSECONDS, Content.MILLISECONDS, Content.SECONDS)) {
            duration = duration < 0 ? first(fields, unit) : duration;
        }
        List<Field> settled = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            boolean kept = i == client || i == time || i == bytes || i == duration;
            settled.add(
                    kept
                            ? field
                            : new Field(Content.OTHER, field.time(), field.end(), field.quoted()));
        }
        return List.copyOf(settled);
    }

    private static int first(List<Field> fields, Content content) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).content() == content) {
                return i;
            }
        }
        return -1;
    }

    /** Whether lines have it. */
    boolean has(Content... contents) {
        for (Content content : contents) {
            if (first(fields, content) >= 0) {
                return true;
            }
        }
        return false;
    }
}
