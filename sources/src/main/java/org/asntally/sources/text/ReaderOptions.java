package org.asntally.sources.text;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What the user said about all text inputs.
 *
 * @param mapV4 whether {@code ::ffff:192.0.2.1} is the IPv4 address that it carries
 * @param zone the time zone of stamps that tell none
 * @param date the day of the first stamp that tells a time of day only; null: the day of reading
 * @param logs about the fields of logs
 */
public record ReaderOptions(boolean mapV4, ZoneId zone, @Nullable LocalDate date, LogReading logs)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** Of logs the usual. */
    public ReaderOptions(boolean mapV4, ZoneId zone, @Nullable LocalDate date) {
        this(mapV4, zone, date, LogReading.USUAL);
    }

    /** Mapped addresses as IPv4, the system's time zone, the day of reading. */
    public static ReaderOptions standard() {
        return new ReaderOptions(true, ZoneId.systemDefault(), null);
    }

    /** The same, {@code fileDate} being the day unless the user named one. */
    public ReaderOptions orDate(LocalDate fileDate) {
        return date != null ? this : new ReaderOptions(mapV4, zone, fileDate, logs);
    }

    /** The same, logs read in this way. */
    public ReaderOptions with(LogReading reading) {
        return new ReaderOptions(mapV4, zone, date, reading);
    }
}
