package org.asntally.sources.flowrecord;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.asntally.lookup.Address;
import org.asntally.sources.text.AnyTime;
import org.asntally.sources.text.JsonScanner;

/**
 * Reads one JSON object of goflow2 into {@link FlowFields}: names in snake case, addresses and
 * names of protocols as texts, times as nanoseconds or, with goflow2's own mapping file, as RFC
 * 3339.
 *
 * <p>Neither throws nor allocates, whatever the bytes: a parser that throws costs ten times as much
 * for a bad record as for a good one, and one that knows names again keeps each that it met. One
 * per thread.
 */
final class JsonFlow {

    /** What is wanted of an object. */
    private enum Name {
        SAMPLING_RATE,
        SRC_ADDR,
        DST_ADDR,
        BYTES,
        PACKETS,
        SAMPLER_ADDRESS,
        NEXT_HOP_AS,
        SRC_AS,
        DST_AS,
        IN_IF,
        OUT_IF,
        PROTO,
        SRC_PORT,
        DST_PORT,
        IP_TOS,
        TOS,
        IP_TTL,
        TTL,
        TCP_FLAGS,
        ETYPE,
        FRAGMENT_OFFSET,
        IP_FLAGS,
        FLOW_DIRECTION,
        TIME_RECEIVED_NS,
        TIME_FLOW_START_NS,
        TIME_FLOW_END_NS;

        private static final List<String> ALL =
                Arrays.stream(values()).map(name -> name.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int ARP = 0x0806;

    private static final int LONGEST_TIME = 64;

    private final FlowFields fields;
    private final JsonScanner scanner = new JsonScanner(Name.ALL, List.of());
    private final Address address = new Address();
    private final AnyTime time = new AnyTime(ZoneOffset.UTC);

    // The value that is looked at: text[from, to).
    private byte[] text = {};
    private int from;
    private int to;

    JsonFlow(FlowFields fields) {
        this.fields = fields;
    }

    /** Reads an object with nothing but blanks around it; false when there is none. */
    boolean read(byte[] record, int begin, int end) {
        FlowFields into = fields;
        into.clear();
        if (!scanner.scan(record, begin, end)) {
            return false;
        }
        into.samplingRate = number(Name.SAMPLING_RATE, record);
        address(into.source, Name.SRC_ADDR, record);
        address(into.destination, Name.DST_ADDR, record);
        into.bytes = number(Name.BYTES, record);
        into.packets = number(Name.PACKETS, record);
        address(into.sampler, Name.SAMPLER_ADDRESS, record);
        into.nextHopAs = (int) number(Name.NEXT_HOP_AS, record);
        into.sourceAs = (int) number(Name.SRC_AS, record);
        into.destinationAs = (int) number(Name.DST_AS, record);
        into.inputInterface = (int) number(Name.IN_IF, record);
        into.outputInterface = (int) number(Name.OUT_IF, record);
        into.protocol = protocol(record);
        into.sourcePort = (int) number(Name.SRC_PORT, record);
        into.destinationPort = (int) number(Name.DST_PORT, record);
        into.tos = (int) number(has(Name.IP_TOS) ? Name.IP_TOS : Name.TOS, record);
        into.ttl = (int) number(has(Name.IP_TTL) ? Name.IP_TTL : Name.TTL, record);
        into.tcpFlags = (int) number(Name.TCP_FLAGS, record);
        into.etype = etype(record);
        into.fragmentOffset = (int) number(Name.FRAGMENT_OFFSET, record);
        into.field38 = number(Name.IP_FLAGS, record);
        if (has(Name.FLOW_DIRECTION)) {
            into.direction = (int) number(Name.FLOW_DIRECTION, record);
            into.mark(FlowFields.DIRECTION);
        }
        into.receivedNanos = nanos(Name.TIME_RECEIVED_NS, record);
        into.startNanos = nanos(Name.TIME_FLOW_START_NS, record);
        into.endNanos = nanos(Name.TIME_FLOW_END_NS, record);
        return true;
    }

    private boolean has(Name name) {
        return scanner.kind(name.ordinal()) != JsonScanner.Kind.NONE;
    }

    /** Looks at a value; whether it is a string. */
    private boolean isString(Name name, byte[] record) {
        int slot = name.ordinal();
        JsonScanner.Kind kind = scanner.kind(slot);
        text = record;
        from = scanner.start(slot);
        to = scanner.stop(slot);
        if (kind == JsonScanner.Kind.ESCAPED) {
            to = scanner.unescape(record, from, to, 0);
            from = 0;
            text = scanner.scratch();
        }
        return kind != JsonScanner.Kind.SCALAR;
    }

    /** A number, also in quotes as other JSON writers have those of 64 bits. */
    private long number(Name name, byte[] record) {
        if (!has(name)) {
            return 0;
        }
        boolean quoted = isString(name, record);
        if (quoted && from == to) {
            return 0;
        }
        boolean negative = !quoted && text[from] == '-';
        long number = digits(negative ? from + 1 : from);
        if (number < 0) {
            fields.mark(FlowFields.BAD_NUMBER);
            return 0;
        }
        return negative ? -number : number;
    }

    /** The digits from here on as a number of less than 64 bits; -1 when it is none. */
    private long digits(int first) {
        if (first == to || to - first > 19) {
            return -1;
        }
        long number = 0;
        for (int at = first; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        // Nineteen digits are less than twice as much.
        return number < 0 ? -1 : number;
    }

    private void address(AddressField field, Name name, byte[] record) {
        if (!has(name)) {
            return;
        }
        boolean quoted = isString(name, record);
        if (quoted && from == to) {
            return;
        }
        switch (quoted ? address.parse(text, from, to) : 0) {
            case 4 -> {
                field.family = 4;
                field.high = 0;
                field.low = address.v4() & 0xffffffffL;
            }
            case 6 -> field.set6(address.high(), address.low());
            default -> field.family = AddressField.BAD;
        }
    }

    private long nanos(Name name, byte[] record) {
        if (!has(name) || !isString(name, record)) {
            return number(name, record);
        }
        if (from == to) {
            return 0;
        }
        if (to - from <= LONGEST_TIME && time.read(text, from, to)) {
            return time.millis() * 1_000_000;
        }
        fields.mark(FlowFields.BAD_TIME);
        return 0;
    }

    private int protocol(byte[] record) {
        return has(Name.PROTO) && isString(Name.PROTO, record)
                ? ProtocolNames.numberOf(text, from, to - from)
                : (int) number(Name.PROTO, record);
    }

    private int etype(byte[] record) {
        if (!has(Name.ETYPE) || !isString(Name.ETYPE, record)) {
            return (int) number(Name.ETYPE, record);
        }
        int length = to - from;
        if (length == 4 && text[from] == 'I' && text[from + 1] == 'P' && text[from + 2] == 'v') {
            return text[from + 3] == '4' ? IPV4 : text[from + 3] == '6' ? IPV6 : 0;
        }
        return length == 3 && text[from] == 'A' && text[from + 1] == 'R' && text[from + 2] == 'P'
                ? ARP
                : 0;
    }
}
