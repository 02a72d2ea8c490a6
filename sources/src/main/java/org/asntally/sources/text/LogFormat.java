package org.asntally.sources.text;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.text.LogTemplate.Content;

/**
 * The format of an access log: one of the usual names, or the text of Apache's {@code LogFormat} or
 * nginx's {@code log_format}.
 *
 * @param name how messages call it: {@code combined}, or {@code custom}
 * @param pattern Apache's or nginx's text
 * @see <a href="https://httpd.apache.org/docs/2.4/mod/mod_log_config.html">mod_log_config</a>
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_log_module.html">ngx_http_log_module</a>
 */
public record LogFormat(String name, String pattern) implements LineFormat {

    private static final long serialVersionUID = 1;

    /** Client, user, time, request, status, bytes. */
    public static final LogFormat COMMON = new LogFormat("common", "%h %l %u %t \"%r\" %>s %b");

    /** Common, with the page that the client came from, and its program. */
    public static final LogFormat COMBINED =
            new LogFormat("combined", COMMON.pattern + " \"%{Referer}i\" \"%{User-Agent}i\"");

    /** Common, the virtual host before it. */
    public static final LogFormat VHOST = new LogFormat("vhost", "%v " + COMMON.pattern);

    /** Combined, the virtual host and its port before it, as Debian's Apache writes. */
    public static final LogFormat VHOST_COMBINED =
            new LogFormat("vhost-combined", "%v:%p " + COMBINED.pattern);

    /** Combined, and the clients that proxies have seen, as nginx's own example has it. */
    public static final LogFormat MAIN =
            new LogFormat("main", COMBINED.pattern + " \"%{X-Forwarded-For}i\"");

    private static final Map<String, LogFormat> NAMED =
            new TreeMap<>(
                    Map.of(
                            "main",
                            MAIN,
                            "common",
                            COMMON,
                            "combined",
                            COMBINED,
                            "vhost",
                            VHOST,
                            "vhost-common",
                            VHOST,
                            "vhost_common",
                            VHOST,
                            "vhost-combined",
                            VHOST_COMBINED,
                            "vhost_combined",
                            VHOST_COMBINED));

    /**
     * A format under a name of its own.
     *
     * @throws LogFormatException when the pattern cannot be used to take lines apart
     */
    public LogFormat {
        LogPattern.parse(pattern);
    }

    /**
     * The format of lines of text that the user means; {@link LogFormats} knows those of JSON too.
     *
     * @param nameOrPattern a usual name, or a pattern
     * @throws LogFormatException when it is neither
     */
    public static LogFormat of(String nameOrPattern) {
        String name = nameOrPattern.strip().toLowerCase(Locale.ROOT);
        LogFormat named = NAMED.get(name);
        if (named != null) {
            return named;
        }
        return new LogFormat("custom", nameOrPattern.strip());
    }

    @Override
    public LineReader open(ReaderOptions options) {
        return new AccessLogLines(template(), options);
    }

    @Override
    public String label() {
        return "log (" + name + ")";
    }

    @Override
    public boolean provides(FlowColumn column) {
        LogTemplate template = template();
        return switch (column) {
            case SOURCE -> true;
            case TIME -> template.has(Content.TIME);
            case STATUS -> template.has(Content.STATUS);
            case METHOD -> template.has(Content.REQUEST, Content.METHOD);
            case PATH -> template.has(Content.REQUEST, Content.PATH);
            case AGENT -> template.has(Content.AGENT);
            case VHOST -> template.has(Content.VHOST);
            case BYTES -> template.has(Content.BYTES_SENT, Content.BODY_BYTES);
            case WEIGHT ->
                    template.has(Content.SECONDS, Content.MILLISECONDS, Content.MICROSECONDS);
            default -> false;
        };
    }

    @Override
    public boolean hasField(String name) {
        return template().named(name) >= 0;
    }

    /** Where an hour happens twice, a time without zone needs the line before it. */
    @Override
    public boolean divisible() {
        return template().fields().stream()
                .allMatch(
                        field ->
                                field.content() != Content.TIME
                                        || field.time() == null
                                        || field.time().tellsZone());
    }

    LogTemplate template() {
        return LogPattern.parse(pattern);
    }
}
