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
            Pattern.compile("(?s)^log_format\\s+\\S+\\s+(?:escape=\\S+\\s+)?(.*?);?\\s*$");
    private static final Pattern NGINX_PART = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    private LogPattern() {}

    /**
     * Takes a pattern apart.
     *
     * @throws LogFormatException when lines of it could not be read
     */
    static LogTemplate parse(String pattern) {
        String text = text(pattern);
        if (NGINX_VARIABLE.matcher(text).find()) {
            return nginx(text);
        }
        if (APACHE_FIELD.matcher(text).find()) {
            return apache(text);
        }
        throw new LogFormatException(
                "unknown; known: common, combined, main, vhost, vhost-combined, caddy, traefik,"
                        + " nginx, ecs, json, netfilter, or the text of a LogFormat or log_format");
    }

    /** The format itself, of a whole directive or of what stands in its quotes. */
    static String text(String pattern) {
        String text = pattern.strip();
        Matcher apache = APACHE_DIRECTIVE.matcher(text);
        if (apache.matches()) {
            text = apache.group(1);
        }
        Matcher nginx = NGINX_DIRECTIVE.matcher(text);
        if (nginx.matches()) {
            text = nginx.group(1).strip();
        }
        return text.startsWith("'") ? joinParts(text) : text;
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
            String known = name.toLowerCase(Locale.ROOT);
            switch (known) {
                case "time_local" -> pieces.time(TimePattern.COMMON);
                case "time_iso8601" -> pieces.time(TimePattern.ISO);
                case "msec" -> pieces.time(TimePattern.EPOCH);
                default -> pieces.field(ofVariable(known), name);
            }
        }
        pieces.literal(unescape(text.substring(at)));
        return pieces.template(text);
    }

    /** What a variable of nginx, in lower case, holds. */
    static Content ofVariable(String variable) {
        return switch (variable) {
            case "remote_addr" -> Content.CLIENT;
            case "http_x_forwarded_for",
                    "http_forwarded",
                    "http_x_real_ip",
                    "proxy_protocol_addr",
                    "realip_remote_addr",
                    "proxy_add_x_forwarded_for" ->
                    Content.FORWARDED;
            case "status" -> Content.STATUS;
            case "request" -> Content.REQUEST;
            case "request_method" -> Content.METHOD;
            case "request_uri", "uri", "document_uri" -> Content.PATH;
            case "http_user_agent" -> Content.AGENT;
            case "host", "server_name", "http_host" -> Content.VHOST;
            case "bytes_sent" -> Content.BYTES_SENT;
            case "body_bytes_sent" -> Content.BODY_BYTES;
            case "request_time" -> Content.SECONDS;
            default -> Content.OTHER;
        };
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
                case "t" -> apacheTime(argument, pieces);
                default -> pieces.field(ofDirective(field.group(2), argument), field.group());
            }
        }
        pieces.literal(unescape(text.substring(at)));
        return pieces.template(text);
    }

    private static Content ofDirective(String letter, String argument) {
        return switch (letter) {
            case "h", "a" -> Content.CLIENT;
            case "i" -> ofHeader(argument.toLowerCase(Locale.ROOT));
            case "s" -> Content.STATUS;
            case "r" -> Content.REQUEST;
            case "m" -> Content.METHOD;
            case "U" -> Content.PATH;
            case "v", "V" -> Content.VHOST;
            case "O" -> Content.BYTES_SENT;
            case "b", "B" -> Content.BODY_BYTES;
            case "D" -> Content.MICROSECONDS;
            case "T" ->
                    switch (argument) {
                        case "us" -> Content.MICROSECONDS;
                        case "ms" -> Content.MILLISECONDS;
                        default -> Content.SECONDS;
                    };
            default -> Content.OTHER;
        };
    }

    private static Content ofHeader(String header) {
        return switch (header) {
            case "x-forwarded-for", "forwarded", "x-real-ip" -> Content.FORWARDED;
            case "user-agent" -> Content.AGENT;
            case "host" -> Content.VHOST;
            default -> Content.OTHER;
        };
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
