package org.asntally.sources;

import java.io.Serializable;
import org.asntally.lookup.Address;

/**
 * The address by which an exporter is known.
 *
 * @param v6 the family
 * @param high the upper 64 bits of a v6 address, else 0
 * @param low the lower 64 bits, or the v4 address as an unsigned number
 */
public record ExporterId(boolean v6, long high, long low) implements Serializable {

    private static final long serialVersionUID = 1;

    /** The exporter of an IPv4 address, as {@code Address} has it. */
    public static ExporterId of4(int address) {
        return new ExporterId(false, 0, Integer.toUnsignedLong(address));
    }

    /** The address as text. */
    @Override
    public String toString() {
        return v6 ? Address.text6(high, low) : Address.text4((int) low);
    }
}
