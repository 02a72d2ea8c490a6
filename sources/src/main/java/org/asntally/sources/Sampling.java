package org.asntally.sources;

import java.io.Serializable;

/**
 * By what the packets and bytes of a sampling exporter are multiplied. Immutable.
 *
 * @param mode whose word is taken
 * @param rate in place of what the exporter tells, whatever that is; 0: what it tells
 * @param fallback where it tells none, or 0; at least 1
 * @param cap the highest rate that is believed; 0: any
 */
public record Sampling(Mode mode, long rate, long fallback, long cap) implements Serializable {

    private static final long serialVersionUID = 1;

    /** Whose word is taken. */
    public enum Mode {
        /** The exporter's. */
        DECLARED,
        /** That of its counters too: what was lost on the way is made up for. */
        MEASURED,
        /** Nobody's: flows count as they are. */
        OFF
    }

    /** As exporters tell it. */
    public static final Sampling DECLARED = of(Mode.DECLARED);

    /** Checked. */
    public Sampling {
        if (rate < 0 || fallback < 1 || cap < 0) {
            throw new IllegalArgumentException(
                    "rate " + rate + ", fallback " + fallback + ", cap " + cap);
        }
    }

    /** Without anything else. */
    public static Sampling of(Mode mode) {
        return new Sampling(mode, 0, 1, 0);
    }
}
