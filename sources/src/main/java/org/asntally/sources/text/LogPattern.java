package org.asntally.sources.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.sources.text.LogTemplate.Content;
import org.asntally.sources.text.LogTemplate.Pieces;

/** Reads the text of Apache's {@code LogFormat} and nginx's {@code log_format}. */
final class LogPattern {
    private static final Pattern NGINX_VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z0-9_]+)}|([A-Za-z0-9_]+))");

    /** Modifiers (status lists, {@code <}, {@code >}), an argument, the letter. */
    private static final Pattern APACHE_FIELD =
            Pattern.compile("%[!0-9,<>]*(?:\\{([^}]*)})?[<>]*(\\^(?:FB|ti|to|FU)|[A-Za-z%])");

    private static final Pattern APACHE_DIRECTIVE =
            Pattern.compile("(?i)^(?:Custom|Transfer)?LogFormat\\s+\"((?:[^\"\\\\]|\\\\.)*)\".*$");
    private static final Pattern NGINX_DIRECTIVE =
            Pattern.compile("(?s)^log_format\\s+\\S+\\s+(?:escape=(\\S+)\\s+)?(.*?);?\\s*$");
    private static final Pattern NGINX_PART = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    private LogPattern() {}

    /**
     * Takes a pattern apart.
     *
     * @throws LogFormatException when lines of it could not be read
     */
    static LogTemplate parse(String pattern) {
        String text = pattern.strip();
        Matcher apache = APACHE_DIRECTIVE.matcher(text);
        if (apache.matches()) {
            text = apache.group(1);
        }
        Matcher nginx = NGINX_DIRECTIVE.matcher(text);
        if (nginx.matches()) {
            if ("json".equals(nginx.group(1))) {
                throw new LogFormatException(
                        "log formats with escape=json are not read yet in this version");
            }
            text = nginx.group(2).strip();
        }
        if (text.startsWith("'")) {
            text = joinParts(text);
        }
        if (text.startsWith("{")) {
            throw new LogFormatException(
                    "the log format '"
                            + pattern
                            + "' is JSON, which this version does not read yet");
        }
        if (NGINX_VARIABLE.matcher(text).find()) {
            return nginx(text);
        }
        if (APACHE_FIELD.matcher(text).find()) {
            return apache(text);
        }
        throw new LogFormatException(
                "unknown log format '"
                        + pattern
                        + "'; known: common, combined, vhost, vhost-combined, or the text of Apache's"
                        + " LogFormat (%h ...) or nginx's log_format ($remote_addr ...)");
    }

    /** nginx joins quoted parts that stand side by side. */
    private static String joinParts(String text) {
        StringBuilder joined = new StringBuilder();
        Matcher part = NGINX_PART.matcher(text);
        while (part.find()) {
            joined.append(part.group(1) != null ? part.group(1) : part.group(2));
        }
        return joined.toString();
    }

    private static LogTemplate nginx(String text) {
        Pieces pieces = new Pieces();
        Matcher variable = NGINX_VARIABLE.matcher(text);
        int at = 0;
        while (variable.find()) {
            pieces.literal(unescape(text.substring(at, variable.start())));
            at = variable.end();
            String name = variable.group(1) != null ? variable.group(1) : variable.group(2);
            switch (name.toLowerCase(Locale.ROOT)) {
                case "remote_addr" -> pieces.field(Content.CLIENT);
                case "http_x_forwarded_for",
                        "http_x_real_ip",
                        "proxy_protocol_addr",
                        "realip_remote_addr",
                        "proxy_add_x_forwarded_for" ->
                        pieces.field(Content.FORWARDED);
                case "time_local" -> pieces.time(TimePattern.COMMON);
                case "time_iso8601" -> pieces.time(TimePattern.ISO);
                case "msec" -> pieces.time(TimePattern.EPOCH);
                case "bytes_sent" -> pieces.field(Content.BYTES_SENT);
                case "body_bytes_sent" -> pieces.field(Content.BODY_BYTES);
                case "request_time" -> pieces.field(Content.SECONDS);
                default -> pieces.field(Content.OTHER);
            }
        }
        pieces.literal(unescape(text.substring(at)));
        return pieces.template(text);
    }

    private static LogTemplate apache(String text) {
        Pieces pieces = new Pieces();
        Matcher field = APACHE_FIELD.matcher(text);
        int at = 0;
        while (field.find()) {
            pieces.literal(unescape(text.substring(at, field.start())));
            at = field.end();
            String argument = field.group(1) == null ? "" : field.group(1);
            switch (field.group(2)) {
                case "%" -> pieces.literal("%");
                case "h", "a" -> pieces.field(Content.CLIENT);
                case "i" -> pieces.field(isForwarded(argument) ? Content.FORWARDED : Content.OTHER);
                case "t" -> apacheTime(argument, pieces);
                case "O" -> pieces.field(Content.BYTES_SENT);
                case "b", "B" -> pieces.field(Content.BODY_BYTES);
                case "D" -> pieces.field(Content.MICROSECONDS);
                case "T" ->
                        pieces.field(
                                switch (argument) {
                                    case "us" -> Content.MICROSECONDS;
                                    case "ms" -> Content.MILLISECONDS;
                                    default -> Content.SECONDS;
                                });
                default -> pieces.field(Content.OTHER);
            }
        }
        pieces.literal(unescape(text.substring(at)));
        return pieces.template(text);
    }

    private static boolean isForwarded(String header) {
        return header.equalsIgnoreCase("X-Forwarded-For") || header.equalsIgnoreCase("X-Real-IP");
    }

    private static void apacheTime(String argument, Pieces pieces) {
        String format = argument.replaceFirst("^(?:begin|end):?", "");
        switch (format) {
            case "" -> {
                pieces.literal("[");
                pieces.time(TimePattern.COMMON);
                pieces.literal("]");
            }
            case "sec" -> pieces.time(one(TimePattern.Kind.EPOCH_SECONDS));
            case "msec" -> pieces.time(one(TimePattern.Kind.EPOCH_MILLIS));
            case "usec" -> pieces.time(one(TimePattern.Kind.EPOCH_MICROS));
            case "msec_frac" -> pieces.time(one(TimePattern.Kind.MILLIS));
            case "usec_frac" -> pieces.time(one(TimePattern.Kind.MICROS));
            default -> pieces.time(TimePattern.strftime(format));
        }
    }

    private static TimePattern one(TimePattern.Kind kind) {
        return TimePattern.literal("").then(kind);
    }

    /** Backslashes as both servers' configurations have them. */
    private static String unescape(String text) {
        return text.replace("\\\"", "\"")
                .replace("\\t", "\t")
                .replace("\\'", "'")
                .replace("\\\\", "\\");
    }
}
