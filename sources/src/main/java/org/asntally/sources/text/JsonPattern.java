package org.asntally.sources.text;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.sources.text.JsonFields.Role;
import org.jspecify.annotations.Nullable;

/** Reads an nginx {@code log_format} that writes JSON: which variable is at which path. */
final class JsonPattern {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z0-9_]+)}|([A-Za-z0-9_]+))");

    private static final Pattern KEY =
            Pattern.compile("\\s*,?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*");

    private static final Pattern VALUE =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[^,{}\\[\\]\\s]+");

    private final String text;
    private final Map<Role, List<String>> paths = new EnumMap<>(Role.class);
    private final Map<String, String> named = new TreeMap<>();
    private int at;

    private JsonPattern(String text) {
        this.text = text;
    }

    /**
     * The fields of lines of such a format.
     *
     * @param text begins with a brace
     * @throws LogFormatException when it is no object, or has no client
     */
    static JsonFields fields(String text) {
        JsonPattern pattern = new JsonPattern(text);
        if (!pattern.object("") || !text.substring(pattern.at).isBlank()) {
            throw new LogFormatException("the log format '" + text + "' is no JSON object");
        }
        if (!pattern.paths.containsKey(Role.CLIENT)) {
            throw new LogFormatException(
                    "the log format '" + text + "' has no client address ($remote_addr)");
        }
        return new JsonFields("custom", pattern.paths, pattern.named);
    }

    private boolean object(String path) {
        at++;
        while (true) {
            Matcher key = KEY.matcher(text).region(at, text.length());
            if (!key.lookingAt()) {
                while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                return at < text.length() && text.charAt(at++) == '}';
            }
            at = key.end();
            String inner = path.isEmpty() ? key.group(1) : path + "." + key.group(1);
            if (at < text.length() && text.charAt(at) == '{') {
                if (!object(inner)) {
                    return false;
                }
                continue;
            }
            Matcher value = VALUE.matcher(text).region(at, text.length());
            if (!value.lookingAt()) {
                return false;
            }
            at = value.end();
            String held = value.group(1) != null ? value.group(1) : value.group();
            Matcher variable = VARIABLE.matcher(held.strip());
            if (variable.matches()) {
                String name = variable.group(1) != null ? variable.group(1) : variable.group(2);
                put(name.toLowerCase(Locale.ROOT), inner);
            }
        }
    }

    private void put(String variable, String path) {
        named.putIfAbsent(variable, path);
        Role role = role(variable);
        if (role != null) {
            paths.computeIfAbsent(role, r -> new ArrayList<>()).add(path);
        }
    }

    private static @Nullable Role role(String variable) {
        return switch (variable) {
            case "time_local", "time_iso8601", "msec" -> Role.TIME;
            default ->
                    switch (LogPattern.ofVariable(variable)) {
                        case CLIENT -> Role.CLIENT;
                        case STATUS -> Role.STATUS;
                        case REQUEST -> Role.REQUEST;
                        case METHOD -> Role.METHOD;
                        case PATH -> Role.PATH;
                        case AGENT -> Role.AGENT;
                        case VHOST -> Role.VHOST;
                        case BYTES_SENT, BODY_BYTES -> Role.BYTES;
                        case SECONDS -> Role.SECONDS;
                        case MILLISECONDS -> Role.MILLISECONDS;
                        case MICROSECONDS -> Role.MICROSECONDS;
                        case FORWARDED, TIME, OTHER -> null;
                    };
        };
    }
}
