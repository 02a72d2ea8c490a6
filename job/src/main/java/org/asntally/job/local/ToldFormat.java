package org.asntally.job.local;

import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.text.Detection;
import org.asntally.sources.text.FormatDetector;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells the format of an input that the user named none for.
 *
 * @param log whether it is some log: which one is told, combined where nothing tells it
 * @param ones whether what is no tuple weighs 1 a line
 */
record ToldFormat(boolean log, boolean ones) implements FormatTeller {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable LineFormat tell(byte[] head, int length, boolean whole) {
        Detection detection = FormatDetector.detect(head, length, whole);
        LineFormat format =
                switch (detection.verdict()) {
                    // Nothing tells it: read as address lines, the bad ones are told as such.
                    case TOLD, UNKNOWN -> detection.format();
                    case LATER, NO_TEXT -> null;
                };
        if (format != null && log && !(format instanceof LogFormat)) {
            format = LogFormat.COMBINED;
        }
        return format != null && ones ? new OneOrNumber(format) : format;
    }
}
