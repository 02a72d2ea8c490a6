package org.asntally.sources.sflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.ExporterId;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.Sampling;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Follows the sequence numbers of exporters: of datagrams per agent and sub-agent, of samples per
 * data source. Tells what was lost, came twice, in another order, or began anew, as counts in the
 * batch that is being built.
 *
 * <p>Its memory is bounded: datagrams of agents beyond {@link #MOST_AGENTS} count, but their
 * numbers are not followed, which is counted too. One thread.
 */
public final class SampleSequences {

    /** As many agents, with their sub-agents, are followed. */
    public static final int MOST_AGENTS = 8_192;

    /** As many data sources of all agents are followed. */
    public static final int MOST_SOURCES = 65_536;

    /** An uptime that goes back by more than this, in milliseconds, is that of another start. */
    private static final int UPTIME_BACK = 10_000;

    /** A datagram is the same as one of this age, in milliseconds, or another of the same bytes. */
    private static final long TWICE_MILLIS = 1_000;

    // A saved entry.
    private static final int OF_AGENT = 0;
    private static final int OF_SOURCE = 1;
    private static final int KIND = 0;
    private static final int V6 = 1;
    private static final int HIGH = 2;
    private static final int LOW = 3;
    private static final int SUB_AGENT = 4;
    private static final int MILLIS = 5;
    private static final int LAST = 6;
    private static final int SEEN = 7;
    private static final int UPTIME = 8;
    private static final int SOURCE = 8;
    private static final int ENTRY = 9;

    private static final long SEED = System.nanoTime() | 1;

    private final SflowOptions options;
    private final int mostAgents;
    private final int mostSources;
    private @Nullable Agent[] agents = new Agent[64];
    private int agentCount;
    private int sourceCount;

    /** For these exporters. */
    SampleSequences(SflowOptions options) {
        this(options, MOST_AGENTS, MOST_SOURCES);
    }

    SampleSequences(SflowOptions options, int mostAgents, int mostSources) {
        this.options = options;
        this.mostAgents = mostAgents;
        this.mostSources = mostSources;
    }

    /** An agent's part that sends datagrams of its own count. */
    static final class Agent {
        final boolean v6;
        final long high;
        final long low;
        final int subAgent;
        final Sampling sampling;
        final SequenceTrack datagrams = new SequenceTrack();
        private final int[] prints = new int[SequenceTrack.WINDOW];
        private final long[] printedAt = new long[SequenceTrack.WINDOW];
        private @Nullable Source[] sources = new Source[4];
        private int sourceCount;
        private int uptime;
        private boolean met;
        private boolean restored;
        private int epoch;
        private long received;
        private long samples;
        private long lostDatagrams;
        private long lostSamples;
        private long duplicates;
        private long reordered;
        private long resets;
        private long drops;
        private long rate;
        private long lastMillis;

        Agent(boolean v6, long high, long low, int subAgent, Sampling sampling) {
            this.v6 = v6;
            this.high = high;
            this.low = low;
            this.subAgent = subAgent;
            this.sampling = sampling;
            Arrays.fill(printedAt, Long.MIN_VALUE);
        }

        private ExporterHealth health() {
            return new ExporterHealth(
                    new ExporterId(v6, high, low),
                    subAgent,
                    received,
                    samples,
                    lostDatagrams,
                    lostSamples,
                    duplicates,
                    reordered,
                    resets,
                    drops,
                    rate,
                    lastMillis,
                    Map.of());
        }

        void applied(long newRate) {
            rate = newRate;
        }
    }

    /** A data source of an agent: an interface as a rule. */
    static final class Source {
        private final long id;
        private final SequenceTrack samples = new SequenceTrack();
        private @Nullable MeasuredRate measured;
        private int outcome;
        private long datagram;
        private boolean first;
        private int pool;
        private long sequence;
        private int drops;
        private boolean dropsKnown;
        private int epoch;
        private long lastMillis;

        Source(long id, int epoch) {
            this.id = id;
            this.epoch = epoch;
        }

        /** How many packets the sample that came last stands for. */
        long weight(long declared) {
            MeasuredRate of = measured;
            if (of == null) {
                of = new MeasuredRate();
                measured = of;
            }
            return of.weight(outcome, samples.ahead(), pool, declared, sequence, first);
        }
    }

    /** The agent; null when there is no room for one more. */
    @Nullable Agent agent(boolean v6, long high, long low, int subAgent) {
        int mask = agents.length - 1;
        int at = (int) hash(high, low ^ (v6 ? SEED : 0), subAgent) & mask;
        for (Agent known = agents[at]; known != null; known = agents[at]) {
            if (known.low == low
                    && known.high == high
                    && known.subAgent == subAgent
                    && known.v6 == v6) {
                return known;
            }
            at = (at + 1) & mask;
        }
        if (agentCount == mostAgents) {
            return null;
        }
        Agent fresh =
                new Agent(v6, high, low, subAgent, options.sampling(new ExporterId(v6, high, low)));
        agents[at] = fresh;
        if (2 * ++agentCount > agents.length) {
            widen();
        }
        return fresh;
    }

    private void widen() {
        @Nullable Agent[] wide = new Agent[2 * agents.length];
        for (Agent agent : agents) {
            if (agent != null) {
                long hash = hash(agent.high, agent.low ^ (agent.v6 ? SEED : 0), agent.subAgent);
                int at = (int) hash & (wide.length - 1);
                while (wide[at] != null) {
                    at = (at + 1) & (wide.length - 1);
                }
                wide[at] = agent;
            }
        }
        agents = wide;
    }

    private static long hash(long a, long b, long c) {
        long hash = SEED ^ a * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 29 ^ b) * 0xC2B2AE3D27D4EB4FL;
        hash = (hash ^ hash >>> 32 ^ c) * 0x165667B19E3779F9L;
        return hash ^ hash >>> 32;
    }

    /** The source of an agent; null when there is no room for one more. */
    @Nullable Source source(Agent agent, long id) {
        @Nullable Source[] sources = agent.sources;
        int mask = sources.length - 1;
        int at = (int) hash(0, 0, id) & mask;
        for (Source known = sources[at]; known != null; known = sources[at]) {
            if (known.id == id) {
                return known;
            }
            at = (at + 1) & mask;
        }
        if (sourceCount == mostSources) {
            return null;
        }
        sourceCount++;
        Source fresh = new Source(id, agent.epoch);
        sources[at] = fresh;
        if (2 * ++agent.sourceCount > sources.length) {
            @Nullable Source[] wide = new Source[2 * sources.length];
            for (Source source : sources) {
                if (source != null) {
                    int to = (int) hash(0, 0, source.id) & (wide.length - 1);
                    while (wide[to] != null) {
                        to = (to + 1) & (wide.length - 1);
                    }
                    wide[to] = source;
                }
            }
            agent.sources = wide;
        }
        return fresh;
    }

    /**
     * A datagram of an agent.
     *
     * @param uptime milliseconds since the agent started, 32 bits
     * @param print what tells its bytes from those of others
     * @return whether it counts: not when it came before
     */
    boolean datagram(
            Agent agent, int sequence, int uptime, int print, long millis, FlowBatchBuilder flows) {
        agent.received++;
        boolean restarted = agent.met && uptime - agent.uptime < -UPTIME_BACK;
        int outcome = agent.datagrams.step(sequence, restarted, millis);
        int place = sequence & (SequenceTrack.WINDOW - 1);
        switch (outcome) {
            case SequenceTrack.NEXT -> {}
            case SequenceTrack.RESET -> {
                agent.resets++;
                agent.epoch++;
                Arrays.fill(agent.printedAt, Long.MIN_VALUE);
                flows.skip(SkipReason.RESET);
            }
            default -> {
                long age = millis - agent.printedAt[place];
                if (outcome == SequenceTrack.AGAIN
                        && agent.prints[place] == print
                        && agent.met
                        && age >= -TWICE_MILLIS
                        && age <= TWICE_MILLIS) {
                    agent.duplicates++;
                    return false;
                }
                agent.reordered++;
                flows.skip(SkipReason.REORDERED);
            }
        }
        lose(agent, agent.datagrams.lost(), flows);
        agent.prints[place] = print;
        agent.printedAt[place] = millis;
        if (outcome == SequenceTrack.NEXT || outcome == SequenceTrack.RESET) {
            agent.uptime = uptime;
            agent.met = true;
        }
        agent.restored = false;
        agent.lastMillis = millis;
        return true;
    }

    private static void lose(Agent agent, long lost, FlowBatchBuilder flows) {
        if (lost > 0) {
            agent.lostDatagrams += lost;
            flows.skip(SkipReason.LOST_DATAGRAMS, lost);
        }
    }

    private static void loseSamples(Agent agent, long lost, FlowBatchBuilder flows) {
        if (lost > 0) {
            agent.lostSamples += lost;
            flows.skip(SkipReason.LOST_SAMPLES, lost);
        }
    }

    /** A flow sample of an agent, whatever is in it. */
    void sample(
            Agent agent,
            Source source,
            int sequence,
            int pool,
            int drops,
            long millis,
            FlowBatchBuilder flows) {
        agent.samples++;
        boolean restarted = source.epoch != agent.epoch;
        source.epoch = agent.epoch;
        source.outcome = source.samples.step(sequence, restarted, millis);
        source.first = source.datagram != agent.received;
        source.datagram = agent.received;
        source.pool = pool;
        source.sequence = Integer.toUnsignedLong(sequence);
        source.lastMillis = millis;
        loseSamples(agent, source.samples.lost(), flows);
        int more = drops - source.drops;
        boolean isNew = source.outcome == SequenceTrack.NEXT;
        if (more != 0 && (isNew || source.outcome == SequenceTrack.RESET)) {
            if (isNew && more > 0 && source.dropsKnown) {
                agent.drops += more;
                flows.skip(SkipReason.EXPORTER, more);
            }
            source.drops = drops;
        }
        source.dropsKnown = true;
    }

    /**
     * Gives up numbers that are missing for a second; to be called now and then while nothing
     * comes.
     */
    public void settle(long millis, FlowBatchBuilder flows) {
        giveUp(false, millis, flows);
    }

    /** Gives up all numbers that are missing: nothing more comes. */
    public void end(FlowBatchBuilder flows) {
        giveUp(true, 0, flows);
    }

    private void giveUp(boolean all, long millis, FlowBatchBuilder flows) {
        for (Agent agent : agents) {
            // What was restored and not heard since is perhaps heard by another reader.
            if (agent == null || agent.restored) {
                continue;
            }
            SequenceTrack datagrams = agent.datagrams;
            lose(agent, all ? datagrams.giveUp() : datagrams.settle(millis), flows);
            for (Source source : agent.sources) {
                if (source != null) {
                    SequenceTrack samples = source.samples;
                    loseSamples(agent, all ? samples.giveUp() : samples.settle(millis), flows);
                }
            }
        }
    }

    /** What is known of each agent that sent something. */
    public List<ExporterHealth> health() {
        List<ExporterHealth> health = new ArrayList<>();
        for (Agent agent : agents) {
            if (agent != null && agent.received > 0) {
                health.add(agent.health());
            }
        }
        return health;
    }

    /**
     * Where each count is, for {@link #restore}; numbers without a meaning for others.
     *
     * @param unmet whether agents are told that were restored and sent nothing since: where several
     *     readers are restored from the same entries, by one of them
     */
    public List<long[]> snapshot(boolean unmet) {
        List<long[]> entries = new ArrayList<>();
        for (Agent agent : agents) {
            if (agent == null || (agent.restored ? !unmet : agent.received == 0)) {
                continue;
            }
            long[] entry = entry(OF_AGENT, agent, agent.datagrams, agent.lastMillis);
            entry[UPTIME] = agent.uptime;
            entries.add(entry);
            for (Source source : agent.sources) {
                if (source != null) {
                    entry = entry(OF_SOURCE, agent, source.samples, source.lastMillis);
                    entry[SOURCE] = source.id;
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static long[] entry(int kind, Agent agent, SequenceTrack track, long millis) {
        long[] entry = new long[ENTRY];
        entry[KIND] = kind;
        entry[V6] = agent.v6 ? 1 : 0;
        entry[HIGH] = agent.high;
        entry[LOW] = agent.low;
        entry[SUB_AGENT] = agent.subAgent;
        entry[MILLIS] = millis;
        entry[LAST] = track.last();
        entry[SEEN] = track.seen();
        return entry;
    }

    /**
     * Goes on where the counts were, of several entries for one agent or source where the latest
     * was: what was missed since counts as lost. What rates were measured is forgotten. Entries of
     * an unknown shape are passed over.
     */
    public void restore(Collection<long[]> entries) {
        for (long[] entry : entries) {
            if (entry.length < ENTRY) {
                continue;
            }
            Agent agent = agent(entry[V6] != 0, entry[HIGH], entry[LOW], (int) entry[SUB_AGENT]);
            if (agent == null || agent.received > 0) {
                continue;
            }
            agent.restored = true;
            int last = (int) entry[LAST];
            long seen = entry[SEEN];
            long millis = entry[MILLIS];
            if (entry[KIND] == OF_AGENT && (!agent.met || agent.lastMillis < millis)) {
                agent.met = true;
                agent.lastMillis = millis;
                agent.uptime = (int) entry[UPTIME];
                Arrays.fill(agent.printedAt, Long.MIN_VALUE);
                agent.datagrams.goOn(last, seen, millis);
            } else if (entry[KIND] == OF_SOURCE) {
                Source source = source(agent, entry[SOURCE]);
                if (source != null && (source.lastMillis == 0 || source.lastMillis < millis)) {
                    source.lastMillis = millis;
                    source.samples.goOn(last, seen, millis);
                }
            }
        }
    }
}
