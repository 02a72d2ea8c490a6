package org.asntally.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An interface of an exporter: {@code 192.0.2.1.3}.
 *
 * @param exporter its address
 * @param ifIndex unsigned
 */
public record InterfaceId(String exporter, int ifIndex) implements Serializable {

    private static final long serialVersionUID = 1L;

    static @Nullable InterfaceId parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 1 || !text.substring(dot + 1).matches("[0-9]{1,10}")) {
            return null;
        }
        String exporter = text.substring(0, dot);
        long index = Long.parseLong(text.substring(dot + 1));
        return Types.isAddress(exporter) && index <= 0xffffffffL
                ? new InterfaceId(exporter, (int) index)
                : null;
    }

    @Override
    public String toString() {
        return exporter + "." + Integer.toUnsignedString(ifIndex);
    }
}
