package org.asntally.sources.flowrecord;

import org.asntally.sources.ExporterTable;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.asntally.sources.SkipReason;

/**
 * Reads flow records into flows, one a record. Allocates nothing, never throws; one per thread.
 *
 * <p>What differs between records is told record by record, unless the format says it:
 *
 * <ul>
 *   <li>framing: a message whose first varint is just the length of the rest has its length before
 *       it, unless only from its very first byte on it reads as one with an address;
 *   <li>schema: an object is JSON. Of protobuf, times in nanoseconds (110 to 112) make it one of
 *       goflow2, the fields of enrichers (1000 to 1016, 1100 to 1299) one of bwNetFlow or
 *       flowpipeline. Where there are neither, other numbers decide that only one of them uses.
 *       What then is undecided gives no flow: its time and its scale would be guesses.
 * </ul>
 */
public final class FlowRecordReader {

    private static final long MAX_RATE = 0xffff_ffffL;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final long NANOS = 1_000_000;

    /** Seconds since 1970 are more since 2001; flags of an IP header are never as many. */
    private static final long SECONDS_NOT_FLAGS = 1_000_000_000L;

    /** No interface has a longer description; a record that says so is not believed. */
    private static final int LONGEST_DESCRIPTION = 1_024;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int MORE_FRAGMENTS = 1;
    private static final long UNSIGNED = 0xffff_ffffL;

    private final FlowRecordFormat format;
    private final FlowBatchBuilder flows;
    private final FlowFields ofProtobuf = new FlowFields();
    private final ProtobufFields protobuf = new ProtobufFields(ofProtobuf);
    private final FlowFields ofJson = new FlowFields();
    private final JsonFlow json = new JsonFlow(ofJson);

    /** A record that can be read with its length and without it is kept as both. */
    private final FlowFields ofBare = new FlowFields();

    private final ProtobufFields bare = new ProtobufFields(ofBare);

    /** The fields of the record that is read. */
    private FlowFields fields = ofProtobuf;

    private final ExporterTable exporters = new ExporterTable();
    private long timeMillis;

    /** What the last flow is multiplied by. */
    private long applied;

    /** A reader that gives its flows to this builder. */
    public FlowRecordReader(FlowRecordFormat format, FlowBatchBuilder flows) {
        this.format = format;
        this.flows = flows;
    }

    /**
     * Reads {@code record[from, to)}.
     *
     * @param recordMillis the time of flows that tell none
     * @return {@link SkipReason#NONE} when it gave a flow, which is in the builder then
     */
    public SkipReason read(byte[] record, int from, int to, long recordMillis) {
        if (from == to) {
            return SkipReason.BLANK;
        }
        if (isJson(record, from, to)) {
            fields = ofJson;
            return json.read(record, from, to)
                    ? flow(false, record, recordMillis)
                    : SkipReason.BAD_SHAPE;
        }
        fields = ofProtobuf;
        SkipReason reason = message(record, from, to);
        if (reason != SkipReason.NONE) {
            return reason;
        }
        return switch (format.schema()) {
            case GOFLOW2 -> flow(false, record, recordMillis);
            case BWNETFLOW, ENRICHEDFLOW -> flow(true, record, recordMillis);
            default -> told(record, recordMillis);
        };
    }

    /** What is known of each sampler that a record named. */
    public ExporterTable exporters() {
        return exporters;
    }

    /** Event time of the flow that was read last, milliseconds since 1970. */
    public long timeMillis() {
        return timeMillis;
    }

    private boolean isJson(byte[] record, int from, int to) {
        return switch (format.schema()) {
            case JSON -> true;
            case AUTO ->
                    // As a length it stands before 123 bytes; as a tag it begins no flow.
                    record[from] == '{'
                            && !(to - from == 1 + '{'
                                    && protobuf.read(record, from + 1, to)
                                    && ofProtobuf.source.family > 0);
            default -> false;
        };
    }

    private SkipReason message(byte[] record, int from, int to) {
        if (format.framing() == FlowFraming.BARE) {
            return protobuf.read(record, from, to) ? SkipReason.NONE : SkipReason.BAD_SHAPE;
        }
        int begin = protobuf.afterLength(record, from, to);
        if (format.framing() == FlowFraming.DELIMITED) {
            return begin >= 0 && protobuf.read(record, begin, to)
                    ? SkipReason.NONE
                    : SkipReason.BAD_SHAPE;
        }
        if (begin < 0) {
            return protobuf.read(record, from, to) ? SkipReason.NONE : SkipReason.BAD_SHAPE;
        }
        boolean framed = protobuf.read(record, begin, to);
        if (framed && ofProtobuf.source.family > 0) {
            return SkipReason.NONE;
        }
        // By chance a message without its length looks so too; then it is one from its first byte.
        boolean whole = bare.read(record, from, to);
        if (whole && (!framed || ofBare.source.family > 0)) {
            fields = ofBare;
            return SkipReason.NONE;
        }
        return framed ? SkipReason.NONE : SkipReason.BAD_SHAPE;
    }

    private SkipReason told(byte[] record, long recordMillis) {
        boolean goflow2 = fields.has(FlowFields.GOFLOW2);
        boolean bwnetflow = fields.has(FlowFields.BWNETFLOW);
        if (!goflow2 && !bwnetflow) {
            goflow2 = fields.has(FlowFields.GOFLOW2_PERHAPS);
            bwnetflow =
                    fields.has(FlowFields.BWNETFLOW_PERHAPS) || fields.field38 >= SECONDS_NOT_FLAGS;
        }
        return goflow2 == bwnetflow ? SkipReason.UNDECIDED : flow(bwnetflow, record, recordMillis);
    }

    private SkipReason flow(boolean bwnetflow, byte[] record, long recordMillis) {
        SkipReason reason = make(bwnetflow, record, recordMillis);
        AddressField sampler = fields.sampler;
        if (sampler.family > 0) {
            ExporterTable.Entry exporter =
                    exporters.of(sampler.family == 6, sampler.high, sampler.low);
            if (exporter != null && reason == SkipReason.NONE) {
                exporter.flow(applied, timeMillis, recordMillis);
            } else if (exporter != null) {
                exporter.refuse(reason);
            }
        }
        return reason;
    }

    private SkipReason make(boolean bwnetflow, byte[] record, long recordMillis) {
        FlowFields from = fields;
        FlowBatchBuilder into = flows;
        SkipReason reason = reason(from);
        if (reason != SkipReason.NONE) {
            return reason;
        }
        long millis = bwnetflow ? ofSeconds(from) : ofNanos(from);
        if (millis < 0) {
            return SkipReason.BAD_TIME;
        }
        timeMillis = millis == 0 ? recordMillis : millis;
        SkipReason scaled = scale(bwnetflow, from);
        if (scaled != SkipReason.NONE) {
            return scaled;
        }
        if (from.source.family == 4) {
            into.source4((int) from.source.low);
            into.destination4((int) from.destination.low);
        } else {
            into.source6(from.source.high, from.source.low);
            into.destination6(from.destination.high, from.destination.low);
        }
        if (from.sampler.family == 6) {
            into.exporter6(from.sampler.high, from.sampler.low);
        } else {
            into.exporter4(from.sampler.family == 4 ? (int) from.sampler.low : 0);
        }
        into.time(timeMillis);
        into.packets(from.packets);
        into.bytes(from.bytes);
        boolean fragment =
                from.fragmentOffset != 0 || (!bwnetflow && (from.field38 & MORE_FRAGMENTS) != 0);
        into.number(FlowColumn.FRAGMENT, fragment ? 1 : 0);
        // Without the field proto3's default holds where the schema has it: 0, ingress.
        into.number(
                FlowColumn.DIRECTION,
                bwnetflow || from.has(FlowFields.DIRECTION) ? from.direction : -1);
        numbers(from, into);
        if (from.inputTo > from.inputFrom) {
            into.text(FlowColumn.INPUT_DESCRIPTION, record, from.inputFrom, from.inputTo);
        }
        if (from.outputTo > from.outputFrom) {
            into.text(FlowColumn.OUTPUT_DESCRIPTION, record, from.outputFrom, from.outputTo);
        }
        into.endFlow();
        return SkipReason.NONE;
    }

    private static SkipReason reason(FlowFields from) {
        if (from.source.family <= 0 || from.source.family != from.destination.family) {
            if (from.etype != 0 && from.etype != IPV4 && from.etype != IPV6) {
                return SkipReason.NOT_IP;
            }
            return from.source.family == AddressField.NONE
                            || from.destination.family == AddressField.NONE
                    ? SkipReason.NO_ADDRESS
                    : SkipReason.BAD_ADDRESS;
        }
        if (from.has(FlowFields.BAD_NUMBER)) {
            return SkipReason.BAD_NUMBER;
        }
        if (Math.max(from.inputTo - from.inputFrom, from.outputTo - from.outputFrom)
                > LONGEST_DESCRIPTION) {
            return SkipReason.TOO_LONG;
        }
        return from.has(FlowFields.BAD_TIME) ? SkipReason.BAD_TIME : SkipReason.NONE;
    }

    /** Milliseconds; 0 when there is none, negative when there is one that is none. */
    private long ofSeconds(FlowFields from) {
        long seconds = from.receivedSeconds;
        if (format.startTime()) {
            seconds =
                    from.field38 != 0
                            ? from.field38
                            : from.endSeconds != 0 ? from.endSeconds : seconds;
        }
        return seconds < 0 || seconds > LAST_SECOND ? -1 : seconds * 1000;
    }

    private long ofNanos(FlowFields from) {
        long nanos = from.receivedNanos;
        if (format.startTime() && from.startNanos != 0) {
            nanos = from.startNanos;
        }
        return nanos < 0 ? -1 : nanos / NANOS;
    }

    /** Sets the sampling rate; what is then too large to be counted is none. */
    private SkipReason scale(boolean bwnetflow, FlowFields from) {
        Sampling rule =
                format.sampling().of(from.sampler.family, from.sampler.high, from.sampler.low);
        long rate = rule.rate();
        if (rule.mode() == Sampling.Mode.OFF || !isUnscaled(bwnetflow, from, rule)) {
            rate = 1;
        } else if (rate == 0) {
            rate = declared(rule, from.samplingRate);
        }
        if (rate > MAX_RATE
                || rate < 0
                || isTooMuch(from.bytes, rate)
                || isTooMuch(from.packets, rate)) {
            return SkipReason.IMPLAUSIBLE;
        }
        applied = rate;
        flows.number(FlowColumn.SAMPLING_RATE, rate);
        return SkipReason.NONE;
    }

    /** Goflow2 scales nothing; behind bwNetFlow's enricher most is scaled. */
    private boolean isUnscaled(boolean bwnetflow, FlowFields from, Sampling rule) {
        if (!bwnetflow) {
            return true;
        }
        return from.has(FlowFields.NORMALIZED)
                ? from.normalized == 0
                : format.sampling().always() || rule.rate() != 0;
    }

    private long declared(Sampling rule, long rate) {
        if (rate == 0) {
            flows.skip(SkipReason.RATE_MISSING);
            return rule.fallback();
        }
        if (rule.cap() != 0 && Long.compareUnsigned(rate, rule.cap()) > 0) {
            flows.skip(SkipReason.RATE_CAPPED);
            return rule.cap();
        }
        return rate;
    }

    private static boolean isTooMuch(long number, long rate) {
        return number < 0 || Math.multiplyHigh(number, rate) != 0 || number * rate < 0;
    }

    private static void numbers(FlowFields from, FlowBatchBuilder into) {
        into.number(FlowColumn.PROTOCOL, from.protocol & UNSIGNED);
        into.number(FlowColumn.SOURCE_PORT, from.sourcePort & UNSIGNED);
        into.number(FlowColumn.DESTINATION_PORT, from.destinationPort & UNSIGNED);
        into.number(FlowColumn.TCP_FLAGS, from.tcpFlags & 0xff);
        into.number(FlowColumn.TTL, from.ttl & UNSIGNED);
        into.number(FlowColumn.DSCP, from.tos >>> 2 & 0x3f);
        into.number(FlowColumn.ECN, from.tos & 3);
        into.number(FlowColumn.INPUT_INTERFACE, from.inputInterface & UNSIGNED);
        into.number(FlowColumn.OUTPUT_INTERFACE, from.outputInterface & UNSIGNED);
        into.number(FlowColumn.EXPORTER_SOURCE_AS, from.sourceAs & UNSIGNED);
        into.number(FlowColumn.EXPORTER_DESTINATION_AS, from.destinationAs & UNSIGNED);
        into.number(FlowColumn.NEXT_HOP_AS, from.nextHopAs & UNSIGNED);
        into.number(FlowColumn.CUSTOMER, from.customer);
    }
}
