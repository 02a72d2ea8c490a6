package org.asntally.sources.sflow;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.asntally.lookup.prefixes.NetworkText;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.ExporterId;
import org.asntally.sources.ExporterTable;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.Bytes;
import org.asntally.sources.packet.SampledHeader;
import org.asntally.sources.sflow.SampleSequences.Agent;
import org.asntally.sources.sflow.SampleSequences.Source;
import org.jspecify.annotations.Nullable;

/**
 * Makes a flow of each flow sample of sFlow version 5 datagrams.
 *
 * <pre>
 * datagram  version 5, agent address (its type, 4 or 16 bytes), sub-agent, sequence, uptime,
 *           number of samples, samples
 * sample    type (1 flow, 2 counters, 3 and 4 the same with wider numbers), length, body
 * flow      sequence, data source, sampling rate, sample pool, drops, input, output,
 *           number of records, records
 * record    type (1 raw header, 2 Ethernet, 3 IPv4, 4 IPv6, 1003 gateway, ...), length, body
 * </pre>
 *
 * All are numbers of four bytes in network order, types with an enterprise in the upper 20 bits.
 * Records and samples of other types are passed over by their length. A sample whose records lie
 * about their lengths is skipped, the others count; a sample that lies about its own ends the
 * datagram.
 *
 * <p>The time of a flow is that at which its datagram came. Nothing here throws or allocates per
 * datagram, whatever the bytes. One thread.
 *
 * @see <a href="https://sflow.org/sflow_version_5.txt">sFlow version 5</a>
 */
public final class SflowDecoder {

    /** The port that sFlow has of IANA. */
    public static final int PORT = 6343;

    /** The bytes of the longest datagram. */
    public static final int LONGEST = 65_535;

    /** No datagram gives more flows: a batch must have room for so many more. */
    public static final int MOST_FLOWS = 1_024;

    private static final int VERSION = 5;
    private static final int OF_V4 = 1;
    private static final int OF_V6 = 2;
    private static final int HEAD = 28;

    // Types of samples.
    private static final int FLOW_SAMPLE = 1;
    private static final int COUNTER_SAMPLE = 2;
    private static final int EXPANDED_FLOW_SAMPLE = 3;
    private static final int EXPANDED_COUNTER_SAMPLE = 4;
    private static final int FLOW = 32;
    private static final int EXPANDED_FLOW = 44;

    // Types of records.
    private static final int RAW_HEADER = 1;
    private static final int ETHERNET = 2;
    private static final int IPV4 = 3;
    private static final int IPV6 = 4;
    private static final int GATEWAY = 1003;

    private static final int OF_HEADER = 16;
    private static final int OF_IPV4 = 32;
    private static final int OF_IPV6 = 56;

    /** Two bits say what kind of number an interface is; this is the one of an ifIndex. */
    private static final int IF_INDEX = 0;

    /** Of an interface: the exporter itself. */
    private static final int INTERNAL = 0x3fffffff;

    /** As many exporters are named that are not taken. */
    private static final int STRANGERS = 100;

    private static final int INGRESS = 0;
    private static final int EGRESS = 1;

    private final SflowOptions options;
    private final @Nullable PrefixSet agents;
    private final @Nullable PrefixSet senders;
    private final SampleSequences sequences;
    private final SampledHeader header = new SampledHeader();

    /** Of agents that are taken; what of theirs is refused is not told apart by sub-agent. */
    private final ExporterTable refused = new ExporterTable();

    /** Of agents and senders that are not; anybody may send as many as he likes. */
    private final ExporterTable strangers = new ExporterTable(STRANGERS);

    private @Nullable FlowBatchBuilder asked;
    private boolean wantsExporter;
    private boolean wantsGateway;
    private boolean wantsUpper;

    // The datagram that is read.
    private @Nullable Agent agent;
    private Sampling sampling = Sampling.DECLARED;
    private long millis;
    private boolean agentV6;
    private long agentHigh;
    private long agentLow;

    // The sample that is read.
    private SkipReason found = SkipReason.NO_ADDRESS;
    private long frameLength;
    private long ethernetLength;
    private boolean hasRawHeader;

    /** With these rules. */
    public SflowDecoder(SflowOptions options) {
        this.options = options;
        this.agents = networks(options.agents());
        this.senders = networks(options.senders());
        this.sequences = new SampleSequences(options);
    }

    private static @Nullable PrefixSet networks(List<String> texts) {
        if (texts.isEmpty()) {
            return null;
        }
        PrefixSet.Builder set = new PrefixSet.Builder();
        NetworkText network = new NetworkText();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (network.read(bytes, 0, bytes.length) != null) {
                throw new IllegalArgumentException("'" + text + "' is no network");
            }
            set.range(
                    network.isV6(),
                    network.firstHigh(),
                    network.firstLow(),
                    network.lastHigh(),
                    network.lastLow());
        }
        return set.build();
    }

    /** What is known of the exporters' counts. */
    public SampleSequences sequences() {
        return sequences;
    }

    /** What is known of each exporter that sent something, also of those that are refused. */
    public List<ExporterHealth> health() {
        List<ExporterHealth> all = sequences.health();
        if (!refused.known().isEmpty()) {
            Set<ExporterId> told = new HashSet<>();
            all.replaceAll(
                    one -> {
                        ExporterTable.Entry entry = refused.find(one.exporter());
                        return entry == null || !told.add(one.exporter())
                                ? one
                                : one.refusing(entry.refused());
                    });
        }
        for (ExporterTable.Entry entry : strangers.known()) {
            all.add(ExporterHealth.refused(entry.exporter(), entry.refused()));
        }
        return all;
    }

    private static SkipReason refuse(
            ExporterTable table, SkipReason reason, boolean v6, long high, long low) {
        ExporterTable.Entry entry = table.of(v6, high, low);
        if (entry != null) {
            entry.refuse(reason);
        }
        return reason;
    }

    /** The rest of the datagram that is read. */
    private SkipReason badDatagram() {
        return refuse(refused, SkipReason.BAD_DATAGRAM, agentV6, agentHigh, agentLow);
    }

    /** A sample of the agent whose datagram is read. */
    private void refuse(SkipReason reason, FlowBatchBuilder flows) {
        flows.skip(refuse(refused, reason, agentV6, agentHigh, agentLow));
    }

    /** Whether these bytes begin as a datagram of version 5 with a sample in it does. */
    public static boolean looksLikeOne(byte[] bytes, int from, int to) {
        if (to - from < HEAD + 8 || Bytes.int32(bytes, from) != VERSION) {
            return false;
        }
        int type = Bytes.int32(bytes, from + 4);
        if (type != OF_V4 && (type != OF_V6 || to - from < HEAD + 12 + 8)) {
            return false;
        }
        int samples = from + HEAD + (type == OF_V6 ? 12 : 0);
        int count = Bytes.int32(bytes, samples - 4);
        int length = Bytes.int32(bytes, samples + 4);
        return count > 0
                && count <= LONGEST / 8
                && length >= 8
                && length % 4 == 0
                && length <= LONGEST;
    }

    /**
     * Reads one datagram, and ends the flows that it gives; single samples that give none are
     * counted.
     *
     * @param bytes holds the datagram in {@code [from, to)}
     * @param senderV6 the family of the UDP source address
     * @param senderHigh its upper 64 bits, of IPv4 0
     * @param senderLow its lower 64 bits, or the IPv4 address as an unsigned number
     * @param receivedMillis when it came, milliseconds since 1970-01-01 UTC
     * @param flows has room for {@link #MOST_FLOWS} more
     * @return why it, or the rest of it, was not read, for the caller to count; {@link
     *     SkipReason#NONE} when it was read whole
     */
    public SkipReason datagram(
            byte[] bytes,
            int from,
            int to,
            boolean senderV6,
            long senderHigh,
            long senderLow,
            long receivedMillis,
            FlowBatchBuilder flows) {
        if (flows != asked) {
            ask(flows);
        }
        if (senders != null && !contains(senders, senderV6, senderHigh, senderLow)) {
            return refuse(strangers, SkipReason.SENDER, senderV6, senderHigh, senderLow);
        }
        if (to - from < 4) {
            return SkipReason.BAD_DATAGRAM;
        }
        if (Bytes.int32(bytes, from) != VERSION) {
            return SkipReason.NOT_SFLOW;
        }
        if (to - from < HEAD || to - from > LONGEST) {
            return SkipReason.BAD_DATAGRAM;
        }
        int type = Bytes.int32(bytes, from + 4);
        boolean v6 = type == OF_V6;
        if ((!v6 && type != OF_V4) || (v6 && to - from < HEAD + 12)) {
            return SkipReason.BAD_DATAGRAM;
        }
        long high = v6 ? Bytes.int64(bytes, from + 8) : 0;
        long low =
                v6
                        ? Bytes.int64(bytes, from + 16)
                        : Integer.toUnsignedLong(Bytes.int32(bytes, from + 8));
        if (agents != null && !contains(agents, v6, high, low)) {
            return refuse(strangers, SkipReason.AGENT, v6, high, low);
        }
        int rest = from + (v6 ? 24 : 12);
        millis = receivedMillis;
        agentV6 = v6;
        agentHigh = high;
        agentLow = low;
        Agent of = sequences.agent(v6, high, low, Bytes.int32(bytes, rest));
        agent = of;
        if (of == null) {
            flows.skip(SkipReason.UNTRACKED);
            sampling = options.sampling(new ExporterId(v6, high, low));
        } else {
            sampling = of.sampling;
            int sequence = Bytes.int32(bytes, rest + 4);
            int uptime = Bytes.int32(bytes, rest + 8);
            int print = print(bytes, rest + 4, to);
            if (!sequences.datagram(of, sequence, uptime, print, millis, flows)) {
                return SkipReason.DUPLICATE;
            }
        }
        flows.time(receivedMillis);
        if (wantsExporter) {
            if (v6) {
                flows.exporter6(high, low);
            } else {
                flows.exporter4((int) low);
            }
        }
        return samples(bytes, rest + 16, to, Bytes.int32(bytes, rest + 12), flows);
    }

    private static boolean contains(PrefixSet set, boolean v6, long high, long low) {
        boolean mapped = v6 && high == 0 && low >>> 32 == 0xffff;
        return set.contains(v6, high, low) || (mapped && set.contains(false, 0, low & 0xffffffffL));
    }

    /** Tells a datagram from others of its number: its beginning, its end, its length. */
    private static int print(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int first = Math.min(to - 8, from + 96);
        for (int at = from; at <= first; at += 8) {
            hash = (hash ^ Bytes.int64(bytes, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (int at = Math.max(from, to - 48); at <= to - 8; at += 8) {
            hash = (hash ^ Bytes.int64(bytes, at)) * 0xC2B2AE3D27D4EB4FL;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ hash >>> 32);
    }

    private void ask(FlowBatchBuilder flows) {
        asked = flows;
        wantsExporter = flows.wants(FlowColumn.EXPORTER);
        wantsGateway =
                flows.wants(FlowColumn.EXPORTER_SOURCE_AS)
                        || flows.wants(FlowColumn.EXPORTER_DESTINATION_AS)
                        || flows.wants(FlowColumn.NEXT_HOP_AS);
        wantsUpper =
                flows.wants(FlowColumn.PROTOCOL)
                        || flows.wants(FlowColumn.SOURCE_PORT)
                        || flows.wants(FlowColumn.DESTINATION_PORT)
                        || flows.wants(FlowColumn.TCP_FLAGS)
                        || flows.wants(FlowColumn.DSCP)
                        || flows.wants(FlowColumn.ECN)
                        || flows.wants(FlowColumn.TTL)
                        || flows.wants(FlowColumn.FRAGMENT);
    }

    /** However many it claims: each takes eight bytes at least. */
    private SkipReason samples(byte[] bytes, int from, int to, int count, FlowBatchBuilder flows) {
        int at = from;
        for (int i = 0; i != count; i++) {
            if (to - at < 8) {
                return badDatagram();
            }
            int type = Bytes.int32(bytes, at);
            int length = Bytes.int32(bytes, at + 4);
            at += 8;
            if (length < 0 || length > to - at) {
                return badDatagram();
            }
            int end = at + length;
            switch (type) {
                case FLOW_SAMPLE -> flowSample(bytes, at, end, flows);
                case EXPANDED_FLOW_SAMPLE -> expandedFlowSample(bytes, at, end, flows);
                case COUNTER_SAMPLE, EXPANDED_COUNTER_SAMPLE ->
                        flows.skip(SkipReason.COUNTER_SAMPLE);
                default -> flows.skip(SkipReason.UNKNOWN_SAMPLE);
            }
            at = end;
        }
        return SkipReason.NONE;
    }

    private void flowSample(byte[] bytes, int at, int end, FlowBatchBuilder flows) {
        if (end - at < FLOW) {
            refuse(SkipReason.BAD_SAMPLE, flows);
            return;
        }
        int source = Bytes.int32(bytes, at + 4);
        int input = Bytes.int32(bytes, at + 20);
        int output = Bytes.int32(bytes, at + 24);
        flow(
                bytes,
                at,
                at + 8,
                ((long) (source >>> 24) << 32) | (source & 0xffffff),
                input >>> 30,
                input & INTERNAL,
                output >>> 30,
                output & INTERNAL,
                at + 28,
                end,
                flows);
    }

    private void expandedFlowSample(byte[] bytes, int at, int end, FlowBatchBuilder flows) {
        if (end - at < EXPANDED_FLOW) {
            refuse(SkipReason.BAD_SAMPLE, flows);
            return;
        }
        flow(
                bytes,
                at,
                at + 12,
                ((long) Bytes.int32(bytes, at + 4) << 32)
                        | Integer.toUnsignedLong(Bytes.int32(bytes, at + 8)),
                Bytes.int32(bytes, at + 24),
                Bytes.int32(bytes, at + 28),
                Bytes.int32(bytes, at + 32),
                Bytes.int32(bytes, at + 36),
                at + 40,
                end,
                flows);
    }

    /**
     * A flow sample.
     *
     * @param numbers where sampling rate, pool and drops begin
     * @param source class and index of the data source
     * @param recordsAt where the number of records stands
     */
    private void flow(
            byte[] bytes,
            int at,
            int numbers,
            long source,
            int inputFormat,
            int input,
            int outputFormat,
            int output,
            int recordsAt,
            int end,
            FlowBatchBuilder flows) {
        Agent of = agent;
        Source followed = of == null ? null : sequences.source(of, source);
        if (of != null && followed != null) {
            sequences.sample(
                    of,
                    followed,
                    Bytes.int32(bytes, at),
                    Bytes.int32(bytes, numbers + 4),
                    Bytes.int32(bytes, numbers + 8),
                    millis,
                    flows);
        } else if (of != null) {
            flows.skip(SkipReason.UNTRACKED);
        }
        // Before the records, so that each sample has its part in what is measured.
        long declared = Integer.toUnsignedLong(Bytes.int32(bytes, numbers));
        long rate = rate(declared, followed);
        if (wantsGateway) {
            flows.number(FlowColumn.EXPORTER_SOURCE_AS, 0);
            flows.number(FlowColumn.EXPORTER_DESTINATION_AS, 0);
            flows.number(FlowColumn.NEXT_HOP_AS, 0);
        }
        int records = Bytes.int32(bytes, recordsAt);
        if (!records(bytes, recordsAt + 4, end, records, flows)) {
            refuse(SkipReason.BAD_SAMPLE, flows);
            return;
        }
        if (found != SkipReason.NONE) {
            flows.skip(found);
            return;
        }
        if (rate < 0) {
            flows.skip(SkipReason.RATE_MISSING);
            rate = sampling.fallback();
        }
        if (sampling.cap() > 0 && rate > sampling.cap()) {
            flows.skip(SkipReason.RATE_CAPPED);
            rate = sampling.cap();
        }
        if (Math.multiplyHigh(rate, frameLength) != 0 || rate * frameLength < 0) {
            refuse(SkipReason.IMPLAUSIBLE, flows);
            return;
        }
        if (of != null) {
            of.applied(rate);
        }
        int in = ifIndex(inputFormat, input);
        int out = ifIndex(outputFormat, output);
        flows.number(FlowColumn.INPUT_INTERFACE, Integer.toUnsignedLong(in));
        flows.number(FlowColumn.OUTPUT_INTERFACE, Integer.toUnsignedLong(out));
        flows.number(FlowColumn.DIRECTION, direction(source, in, out));
        flows.number(FlowColumn.SAMPLING_RATE, rate);
        flows.packets(1);
        flows.bytes(frameLength);
        flows.weight(1);
        flows.endFlow();
    }

    private static int ifIndex(int format, int value) {
        return format == IF_INDEX && value != INTERNAL && value != -1 ? value : 0;
    }

    /** Which way the packet passed the interface at which it was sampled. */
    private static long direction(long source, int in, int out) {
        if (source >>> 32 != 0 || (int) source == 0 || in == out) {
            return -1;
        }
        return (int) source == in ? INGRESS : (int) source == out ? EGRESS : -1;
    }

    /** What the sample stands for; -1 when nobody tells. */
    private long rate(long declared, @Nullable Source followed) {
        if (sampling.mode() == Sampling.Mode.OFF) {
            return 1;
        }
        if (sampling.rate() > 0) {
            return sampling.rate();
        }
        if (declared == 0) {
            return -1;
        }
        return sampling.mode() == Sampling.Mode.MEASURED && followed != null
                ? followed.weight(declared)
                : declared;
    }

    /** Reads what the records tell of the flow; false when they lie. */
    private boolean records(byte[] bytes, int from, int end, int count, FlowBatchBuilder flows) {
        found = SkipReason.NO_ADDRESS;
        frameLength = 0;
        ethernetLength = -1;
        hasRawHeader = false;
        int at = from;
        for (int i = 0; i != count; i++) {
            if (end - at < 8) {
                return false;
            }
            int type = Bytes.int32(bytes, at);
            int length = Bytes.int32(bytes, at + 4);
            at += 8;
            if (length < 0 || length > end - at) {
                return false;
            }
            boolean holds =
                    switch (type) {
                        case RAW_HEADER -> rawHeader(bytes, at, length, flows);
                        case ETHERNET -> ethernet(bytes, at, length);
                        case IPV4 -> ipv4(bytes, at, length, flows);
                        case IPV6 -> ipv6(bytes, at, length, flows);
                        case GATEWAY -> !wantsGateway || gateway(bytes, at, at + length, flows);
                        default -> true;
                    };
            if (!holds) {
                return false;
            }
            at += length;
        }
        if (!hasRawHeader && ethernetLength >= 0) {
            frameLength = ethernetLength;
        }
        return true;
    }

    /** The first bytes of the packet. Of several the first one that tells addresses. */
    private boolean rawHeader(byte[] bytes, int at, int length, FlowBatchBuilder flows) {
        if (length < OF_HEADER) {
            return false;
        }
        int kept = Bytes.int32(bytes, at + 12);
        if (kept < 0 || kept > length - OF_HEADER) {
            return false;
        }
        if (hasRawHeader) {
            return true;
        }
        SkipReason reason =
                header.read(
                        link(Bytes.int32(bytes, at)),
                        bytes,
                        at + OF_HEADER,
                        at + OF_HEADER + kept,
                        flows);
        if (reason == SkipReason.NONE) {
            hasRawHeader = true;
            frameLength = Integer.toUnsignedLong(Bytes.int32(bytes, at + 4));
            found = SkipReason.NONE;
        } else if (found != SkipReason.NONE) {
            found = reason;
        }
        return true;
    }

    /** The link layer as LINKTYPE_ numbers it; -1 for one that is not read. */
    private static int link(int protocol) {
        return switch (protocol) {
            case 1 -> 1; // Ethernet
            case 4 -> 10; // FDDI
            case 5 -> 107; // frame relay
            case 7 -> 9; // PPP
            case 11 -> 228; // IPv4
            case 12 -> 229; // IPv6
            case 13 -> 219; // MPLS
            case 14 -> 50; // PPP over SONET or SDH
            case 15 -> 105; // IEEE 802.11
            default -> -1;
        };
    }

    private boolean ethernet(byte[] bytes, int at, int length) {
        if (length < 4) {
            return false;
        }
        ethernetLength = Integer.toUnsignedLong(Bytes.int32(bytes, at));
        return true;
    }

    private boolean ipv4(byte[] bytes, int at, int length, FlowBatchBuilder flows) {
        if (length < OF_IPV4) {
            return false;
        }
        if (found != SkipReason.NONE) {
            flows.source4(Bytes.int32(bytes, at + 8));
            flows.destination4(Bytes.int32(bytes, at + 12));
            decoded(bytes, at, at + 16, flows);
        }
        return true;
    }

    private boolean ipv6(byte[] bytes, int at, int length, FlowBatchBuilder flows) {
        if (length < OF_IPV6) {
            return false;
        }
        if (found != SkipReason.NONE) {
            flows.source6(Bytes.int64(bytes, at + 8), Bytes.int64(bytes, at + 16));
            flows.destination6(Bytes.int64(bytes, at + 24), Bytes.int64(bytes, at + 32));
            decoded(bytes, at, at + 40, flows);
        }
        return true;
    }

    /** What the exporter read of the headers by itself: the same in both families. */
    private void decoded(byte[] bytes, int at, int ports, FlowBatchBuilder flows) {
        found = SkipReason.NONE;
        frameLength = Integer.toUnsignedLong(Bytes.int32(bytes, at));
        if (wantsUpper) {
            int traffic = Bytes.int32(bytes, ports + 12) & 0xff;
            flows.number(FlowColumn.PROTOCOL, Bytes.int32(bytes, at + 4) & 0xff);
            flows.number(FlowColumn.SOURCE_PORT, Bytes.int32(bytes, ports) & 0xffff);
            flows.number(FlowColumn.DESTINATION_PORT, Bytes.int32(bytes, ports + 4) & 0xffff);
            flows.number(FlowColumn.TCP_FLAGS, Bytes.int32(bytes, ports + 8) & 0xff);
            flows.number(FlowColumn.DSCP, traffic >>> 2);
            flows.number(FlowColumn.ECN, traffic & 3);
            flows.number(FlowColumn.TTL, 0);
            flows.number(FlowColumn.FRAGMENT, 0);
        }
    }

    /**
     * What the exporter's own routes say: next hop, its AS, origin and peer AS of the source, the
     * path to the destination. Without a path the destination is in its own AS.
     */
    private static boolean gateway(byte[] bytes, int from, int end, FlowBatchBuilder flows) {
        if (end - from < 8) {
            return false;
        }
        int at =
                from
                        + switch (Bytes.int32(bytes, from)) {
                            case OF_V4 -> 8;
                            case OF_V6 -> 20;
                            default -> 4;
                        };
        if (end - at < 16) {
            return false;
        }
        int own = Bytes.int32(bytes, at);
        int source = Bytes.int32(bytes, at + 4);
        int segments = Bytes.int32(bytes, at + 12);
        at += 16;
        int first = 0;
        int last = own;
        boolean any = false;
        for (int i = 0; i != segments; i++) {
            if (end - at < 8) {
                return false;
            }
            int count = Bytes.int32(bytes, at + 4);
            at += 8;
            if (count < 0 || count > (end - at) / 4) {
                return false;
            }
            if (count > 0) {
                first = any ? first : Bytes.int32(bytes, at);
                last = Bytes.int32(bytes, at + 4 * (count - 1));
                any = true;
            }
            at += 4 * count;
        }
        flows.number(FlowColumn.EXPORTER_SOURCE_AS, Integer.toUnsignedLong(source));
        flows.number(FlowColumn.EXPORTER_DESTINATION_AS, Integer.toUnsignedLong(last));
        flows.number(FlowColumn.NEXT_HOP_AS, Integer.toUnsignedLong(first));
        return true;
    }
}
