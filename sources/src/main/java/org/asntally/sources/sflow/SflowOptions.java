package org.asntally.sources.sflow;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.asntally.sources.ExporterId;
import org.asntally.sources.Sampling;

/**
 * Whose datagrams are taken, and how their samples are scaled. Immutable.
 *
 * @param agents networks of agent addresses that are taken, as text: prefixes, addresses or ranges;
 *     empty: all
 * @param senders networks of UDP source addresses that are taken, likewise; empty: all
 * @param sampling how samples are scaled
 * @param exporters agents, by address, for which something else holds
 */
public record SflowOptions(
        List<String> agents,
        List<String> senders,
        Sampling sampling,
        Map<ExporterId, Sampling> exporters)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** Everybody's, as they tell it. */
    public static final SflowOptions ALL = of(Sampling.DECLARED);

    /** Unmodifiable copies. */
    public SflowOptions {
        agents = List.copyOf(agents);
        senders = List.copyOf(senders);
        exporters = Map.copyOf(exporters);
    }

    /** Everybody's, scaled like this. */
    public static SflowOptions of(Sampling sampling) {
        return new SflowOptions(List.of(), List.of(), sampling, Map.of());
    }

    /** How the samples of an agent are scaled. */
    public Sampling sampling(ExporterId agent) {
        return exporters.getOrDefault(agent, sampling);
    }
}
