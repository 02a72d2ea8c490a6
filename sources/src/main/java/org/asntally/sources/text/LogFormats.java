package org.asntally.sources.text;

import java.util.Locale;

/** The log formats that can be named, or described. */
public final class LogFormats {

    private LogFormats() {}

    /**
     * The format that the user means.
     *
     * @param nameOrPattern a usual name, or the text of Apache's {@code LogFormat} or nginx's
     *     {@code log_format}, also one that writes JSON
     * @throws LogFormatException when it is neither
     */
    public static LineFormat of(String nameOrPattern) {
        String name = nameOrPattern.strip().toLowerCase(Locale.ROOT);
        if (name.equals("netfilter")) {
            return NetfilterFormat.INSTANCE;
        }
        JsonFields set = JsonFields.set(name);
        if (set != null) {
            return new JsonFormat(set);
        }
        String text = LogPattern.text(nameOrPattern);
        return text.startsWith("{")
                ? new JsonFormat(JsonPattern.fields(text))
                : LogFormat.of(nameOrPattern);
    }
}
