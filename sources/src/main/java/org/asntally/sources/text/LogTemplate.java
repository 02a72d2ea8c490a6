package org.asntally.sources.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log format taken apart: a literal to begin with, then fields, each with the literal that ends
 * it. Only the last field may end with the line.
 *
 * @param lead what stands before the first field
 * @param fields in the order of the line
 */
record LogTemplate(String lead, List<Field> fields) {

    /** Apache's directive of a header of the request. */
    private static final Pattern HEADER = Pattern.compile("%[!0-9,<>]*\\{([^}]*)}i");

    /** What a field holds. */
    enum Content {
        CLIENT,
        /** A list of addresses, the nearest proxy's client last, blanks after the commas. */
        FORWARDED,
        TIME,
        STATUS,
        /** The request's first line: method, target, protocol. */
        REQUEST,
        METHOD,
        /** The request's target, with or without its query. */
        PATH,
        AGENT,
        VHOST,
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
     * @param name as the pattern has it: {@code %{Referer}i}, or nginx's variable without its sign;
     *     empty for a time
     * @param time how it is written, for {@link Content#TIME}
     * @param end the literal behind it, empty at the end of the line
     * @param quoted whether quotes stand around it, so that a backslash protects one within
     * @param list whether it may be a list, with a blank behind each comma
     */
    record Field(
            Content content,
            String name,
            @Nullable TimePattern time,
            String end,
            boolean quoted,
            boolean list) {

        private Field as(Content other) {
            return new Field(other, name, time, end, quoted, list);
        }
    }

    private record Named(Content content, String name) {}

    /** The pieces of a format before they are joined: literals and fields in any order. */
    static final class Pieces {
        private final List<Object> pieces = new ArrayList<>();

        /** A field that is not a time. */
        void field(Content content, String name) {
            pieces.add(new Named(content, name));
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
                Named named = piece instanceof Named field ? field : new Named(Content.TIME, "");
                fields.add(
                        new Field(
                                named.content,
                                named.name,
                                piece instanceof TimePattern pattern ? pattern : null,
                                end,
                                before.endsWith("\"") && end.startsWith("\""),
                                named.content == Content.FORWARDED));
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

    /** One client, one time, one of each: of several the best, the rest is of no interest. */
    private static List<Field> settle(List<Field> fields, String format) {
        Set<Integer> kept = new HashSet<>();
        int client = best(fields, Content.CLIENT, Content.FORWARDED);
        if (client < 0) {
            throw new LogFormatException(
                    "the log format '"
                            + format
                            + "' has no client address (Apache: %h or %a, nginx: $remote_addr)");
        }
        kept.add(client);
        for (int i = 0; i < fields.size(); i++) {
            TimePattern pattern = fields.get(i).time();
            if (pattern != null && pattern.tellsMoment()) {
                kept.add(i);
                break;
            }
        }
        kept.add(best(fields, Content.BYTES_SENT, Content.BODY_BYTES));
        kept.add(best(fields, Content.MICROSECONDS, Content.MILLISECONDS, Content.SECONDS));
        kept.add(best(fields, Content.STATUS));
        int request = best(fields, Content.REQUEST);
        kept.add(request);
        if (request < 0) {
            kept.add(best(fields, Content.METHOD));
            kept.add(best(fields, Content.PATH));
        }
        kept.add(best(fields, Content.AGENT));
        kept.add(best(fields, Content.VHOST));
        List<Field> settled = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            settled.add(kept.contains(i) ? field : field.as(Content.OTHER));
        }
        return List.copyOf(settled);
    }

    /** The first field of the first of these contents that is there, or -1. */
    private static int best(List<Field> fields, Content... contents) {
        for (Content content : contents) {
            int at = first(fields, content);
            if (at >= 0) {
                return at;
            }
        }
        return -1;
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
        return best(fields, contents) >= 0;
    }

    /**
     * The field of this name, or -1: as the pattern has it, or the name of a header, for which
     * {@code X-Forwarded-For}, {@code %{X-Forwarded-For}i} and {@code http_x_forwarded_for} are
     * one.
     */
    int named(String name) {
        String wanted = plain(name);
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i).name();
            if (!field.isEmpty() && (field.equals(name) || plain(field).equals(wanted))) {
                return i;
            }
        }
        // Whatever the pattern has for them.
        return switch (name) {
            case "status" -> first(fields, Content.STATUS);
            case "bytes" -> best(fields, Content.BYTES_SENT, Content.BODY_BYTES);
            default -> -1;
        };
    }

    /** A header's name in lower case with dashes; directives of one letter stay as they are. */
    private static String plain(String name) {
        Matcher header = HEADER.matcher(name);
        String text = header.matches() ? header.group(1) : name.replaceFirst("^\\$", "");
        return text.startsWith("%")
                ? text
                : text.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^http-", "");
    }
}
