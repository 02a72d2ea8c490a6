package org.asntally.sources.flowrecord;

import java.io.Serializable;
import java.util.Map;
import org.asntally.sources.ExporterId;
import org.asntally.sources.Sampling;

/**
 * By what the numbers of flow records are multiplied, exporter by exporter. Immutable; looking up
 * allocates nothing.
 */
public final class FlowSampling implements Serializable {
    private static final long serialVersionUID = 1;

    private final Sampling common;
    private final boolean always;
    private final ExporterId[] exporters;
    private final Sampling[] theirs;

    /**
     * Rules of a source.
     *
     * @param common of all exporters that have none of their own
     * @param always whether messages are multiplied too that do not say whether they are scaled
     *     already, and of a schema whose messages mostly are
     * @param exporters those that have their own
     */
    public FlowSampling(Sampling common, boolean always, Map<ExporterId, Sampling> exporters) {
        this.common = common;
        this.always = always;
        this.exporters = exporters.keySet().toArray(new ExporterId[0]);
        this.theirs = new Sampling[this.exporters.length];
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = exporters.getOrDefault(this.exporters[i], common);
        }
    }

    /** What exporters declare, where their schema is not one of scaled messages. */
    public static FlowSampling usual() {
        return new FlowSampling(Sampling.DECLARED, false, Map.of());
    }

    boolean always() {
        return always;
    }

    /** What holds for an exporter; {@code family} is 4, 6, or anything else where it has none. */
    Sampling of(int family, long high, long low) {
        for (int i = 0; i < theirs.length; i++) {
            ExporterId exporter = exporters[i];
            if (exporter.low() == low
                    && exporter.high() == high
                    && family == (exporter.v6() ? 6 : 4)) {
                return theirs[i];
            }
        }
        return common;
    }
}
