package org.asntally.sources.flowrecord;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import org.asntally.lookup.Address;
import org.asntally.sources.text.AnyTime;

/**
 * Reads one JSON object of goflow2 into {@link FlowFields}: names in snake case, addresses and
 * names of protocols as texts, times as nanoseconds or, with goflow2's own mapping file, as RFC
 * 3339.
 *
 * <p>One parser reads all records, so a record costs no object; after a bad one there is a new
 * parser. Never throws; one per thread.
 */
final class JsonFlow {

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int ARP = 0x0806;

    /** Longer than any address, time or name of a protocol. */
    private static final int LONGEST_TEXT = 64;

    private final FlowFields fields;
    private final Address address = new Address();
    private final AnyTime time = new AnyTime(ZoneOffset.UTC);
    private final byte[] text = new byte[LONGEST_TEXT];
    private JsonParser parser = parser();

    JsonFlow(FlowFields fields) {
        this.fields = fields;
    }

    private static JsonParser parser() {
        try {
            return JSON.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an object with nothing but blanks around it; false when there is none. */
    boolean read(byte[] record, int from, int to) {
        fields.clear();
        boolean whole = false;
        try {
            ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(record, from, to);
            whole = object();
        } catch (IOException e) {
            // The parser stands within a record that is no object: the next one needs another.
        }
        if (!whole) {
            parser = parser();
        }
        return whole;
    }

    private boolean object() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        for (JsonToken name = parser.nextToken();
                name == JsonToken.FIELD_NAME;
                name = parser.nextToken()) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                if (!pass()) {
                    return false;
                }
            } else if (value == JsonToken.NOT_AVAILABLE) {
                return false;
            } else {
                field(field, value);
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT
                && parser.nextToken() == JsonToken.NOT_AVAILABLE;
    }

    /** Passes by an array or object; false when the record ends within it. */
    private boolean pass() throws IOException {
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.NOT_AVAILABLE) {
                return false;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return true;
    }

    private void field(String name, JsonToken value) throws IOException {
        FlowFields into = fields;
        switch (name) {
            case "sampling_rate" -> into.samplingRate = number(value);
            case "src_addr" -> address(into.source, value);
            case "dst_addr" -> address(into.destination, value);
            case "bytes" -> into.bytes = number(value);
            case "packets" -> into.packets = number(value);
            case "sampler_address" -> address(into.sampler, value);
            case "next_hop_as" -> into.nextHopAs = (int) number(value);
            case "src_as" -> into.sourceAs = (int) number(value);
            case "dst_as" -> into.destinationAs = (int) number(value);
            case "in_if" -> into.inputInterface = (int) number(value);
            case "out_if" -> into.outputInterface = (int) number(value);
            case "proto" -> into.protocol = protocol(value);
            case "src_port" -> into.sourcePort = (int) number(value);
            case "dst_port" -> into.destinationPort = (int) number(value);
            case "ip_tos", "tos" -> into.tos = (int) number(value);
            case "ip_ttl", "ttl" -> into.ttl = (int) number(value);
            case "tcp_flags" -> into.tcpFlags = (int) number(value);
            case "etype" -> into.etype = etype(value);
            case "fragment_offset" -> into.fragmentOffset = (int) number(value);
            case "ip_flags" -> into.field38 = number(value);
            case "flow_direction" -> {
                into.direction = (int) number(value);
                into.mark(FlowFields.DIRECTION);
            }
            case "time_received_ns" -> into.receivedNanos = nanos(value);
            case "time_flow_start_ns" -> into.startNanos = nanos(value);
            case "time_flow_end_ns" -> into.endNanos = nanos(value);
            default -> {
                // Nothing that is wanted of a flow.
            }
        }
    }

    /** A number, also in quotes as other JSON writers have those of 64 bits. */
    private long number(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        int length = value == JsonToken.VALUE_STRING ? text() : 0;
        if (value == JsonToken.VALUE_NULL || (value == JsonToken.VALUE_STRING && length == 0)) {
            return 0;
        }
        long number = digits(length);
        if (number < 0) {
            fields.mark(FlowFields.BAD_NUMBER);
        }
        return Math.max(0, number);
    }

    /** The text as a number of at most 18 digits; -1 when it is none. */
    private long digits(int length) {
        if (length < 1 || length > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** Takes a string that may be wanted; its length, -1 when it is longer than any of those. */
    private int text() throws IOException {
        int length = parser.getTextLength();
        if (length > LONGEST_TEXT) {
            return -1;
        }
        char[] from = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        for (int i = 0; i < length; i++) {
            char c = from[offset + i];
            text[i] = c < 0x80 ? (byte) c : 0;
        }
        return length;
    }

    private void address(AddressField field, JsonToken value) throws IOException {
        int length = value == JsonToken.VALUE_STRING ? text() : -1;
        if (length == 0 || value == JsonToken.VALUE_NULL) {
            field.clear();
            return;
        }
        switch (length < 0 ? 0 : address.parse(text, 0, length)) {
            case 4 -> {
                field.family = 4;
                field.high = 0;
                field.low = address.v4() & 0xffffffffL;
            }
            case 6 -> field.set6(address.high(), address.low());
            default -> field.family = AddressField.BAD;
        }
    }

    private long nanos(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            return number(value);
        }
        int length = text();
        if (length == 0) {
            return 0;
        }
        if (length > 0 && time.read(text, 0, length)) {
            return time.millis() * 1_000_000;
        }
        fields.mark(FlowFields.BAD_TIME);
        return 0;
    }

    private int protocol(JsonToken value) throws IOException {
        return value == JsonToken.VALUE_STRING
                ? ProtocolNames.numberOf(text, text())
                : (int) number(value);
    }

    private int etype(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            return (int) number(value);
        }
        int length = text();
        if (length == 4 && text[0] == 'I' && text[1] == 'P' && text[2] == 'v') {
            return text[3] == '4' ? IPV4 : text[3] == '6' ? IPV6 : 0;
        }
        return length == 3 && text[0] == 'A' && text[1] == 'R' && text[2] == 'P' ? ARP : 0;
    }
}
