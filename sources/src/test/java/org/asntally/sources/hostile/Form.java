package org.asntally.sources.hostile;

import java.util.function.IntFunction;

/** A hostile form of the input of a decoder. */
@SuppressWarnings("ImmutableEnumChecker") // What they hold is never changed.
public enum Form {
    PCAP_LENGTHS_LIE(Decoder.PCAP, PacketForms::lengths),
    PCAP_LENGTHS_BEYOND(Decoder.PCAP, PacketForms::tooLong),
    PCAP_EXTENSION_HEADERS(Decoder.PCAP, PacketForms::extensions),
    PCAP_TAGS(Decoder.PCAP, PacketForms::tags),
    PCAP_LABELS(Decoder.PCAP, PacketForms::labels),
    PCAP_SNAPLEN_0(Decoder.PCAP, PacketForms::snapLength0),
    PCAP_TIMES_BACKWARDS(Decoder.PCAP, PacketForms::timesBackwards),
    PCAPNG_LENGTHS_LIE(Decoder.PCAPNG, PacketForms::blocksLie),
    PCAPNG_SNAPLEN_0(Decoder.PCAPNG, PacketForms::emptyPackets),
    PCAPNG_TIMES_BACKWARDS(Decoder.PCAPNG, PacketForms::pcapngTimesBackwards),
    PCAPNG_INTERFACES(Decoder.PCAPNG, PacketForms::interfaces),
    PCAPNG_SECTIONS(Decoder.PCAPNG, PacketForms::sections),
    PCAPNG_UNKNOWN_BLOCKS(Decoder.PCAPNG, PacketForms::unknownBlocks),
    SFLOW_LENGTHS_LIE(Decoder.SFLOW, SflowForms::lengths),
    SFLOW_RECORDS_CLAIMED(Decoder.SFLOW, SflowForms::recordsClaimed),
    SFLOW_EMPTY_RECORDS(Decoder.SFLOW, SflowForms::emptyRecords),
    SFLOW_SAMPLES_CLAIMED(Decoder.SFLOW, SflowForms::samplesClaimed),
    SFLOW_EMPTY_SAMPLES(Decoder.SFLOW, SflowForms::emptySamples),
    SFLOW_SHORT_SAMPLES(Decoder.SFLOW, SflowForms::shortSamples),
    SFLOW_PATH_SEGMENTS(Decoder.SFLOW, SflowForms::pathSegments),
    SFLOW_EXTENSION_HEADERS(Decoder.SFLOW, SflowForms::extensions),
    SFLOW_NUMBERS_BACKWARDS(Decoder.SFLOW, SflowForms::numbersBackwards),
    PROTOBUF_LENGTHS_LIE(Decoder.PROTOBUF, ProtobufForms::lengths),
    PROTOBUF_UNKNOWN_FIELDS(Decoder.PROTOBUF, ProtobufForms::unknownFields),
    PROTOBUF_SHORT_FIELDS(Decoder.PROTOBUF, ProtobufForms::shortFields),
    PROTOBUF_REPEATED_FIELDS(Decoder.PROTOBUF, ProtobufForms::repeatedFields),
    PROTOBUF_OVERSIZED_FIELDS(Decoder.PROTOBUF, ProtobufForms::oversizedFields),
    PROTOBUF_OVERSIZED_TEXTS(Decoder.PROTOBUF, ProtobufForms::oversizedTexts),
    PROTOBUF_BOTH_FRAMINGS(Decoder.PROTOBUF, ProtobufForms::bothFramings),
    PROTOBUF_GROUPS(Decoder.PROTOBUF, ProtobufForms::groups),
    JSON_FLOWS_CUT_OFF(Decoder.JSON_FLOWS, JsonForms::cutOff),
    JSON_FLOWS_NO_JSON(Decoder.JSON_FLOWS, JsonForms::noJson),
    JSON_FLOWS_UNKNOWN_NAMES(Decoder.JSON_FLOWS, JsonForms::unknownNames),
    JSON_FLOWS_REPEATED_NAMES(Decoder.JSON_FLOWS, JsonForms::repeatedNames),
    JSON_FLOWS_DEEP(Decoder.JSON_FLOWS, JsonForms::deep),
    JSON_FLOWS_OVERSIZED(Decoder.JSON_FLOWS, JsonForms::oversized),
    JSON_FLOWS_ESCAPES(Decoder.JSON_FLOWS, JsonForms::escapes),
    JSON_FLOWS_WRONG_VALUES(Decoder.JSON_FLOWS, JsonForms::wrongValues),
    ADDRESSES_NOISE(Decoder.ADDRESSES, LineForms::noise),
    ADDRESSES_LONG_LINES(Decoder.ADDRESSES, LineForms::longLines),
    ADDRESSES_EMPTY_LINES(Decoder.ADDRESSES, LineForms::emptyLines),
    ADDRESSES_BROKEN_LINES(Decoder.ADDRESSES),
    ADDRESSES_SHORT_LINES(Decoder.ADDRESSES, LineForms::shortLines),
    TUPLES_NOISE(Decoder.TUPLES, LineForms::noise),
    TUPLES_LONG_LINES(Decoder.TUPLES, LineForms::longLines),
    TUPLES_EMPTY_LINES(Decoder.TUPLES, LineForms::emptyLines),
    TUPLES_BROKEN_LINES(Decoder.TUPLES),
    TUPLES_SHORT_LINES(Decoder.TUPLES, LineForms::shortLines),
    TUPLES_BAD_NUMBERS(Decoder.TUPLES, LineForms::badNumbers),
    ACCESS_LOG_NOISE(Decoder.ACCESS_LOG, LineForms::noise),
    ACCESS_LOG_LONG_LINES(Decoder.ACCESS_LOG, LineForms::longLines),
    ACCESS_LOG_EMPTY_LINES(Decoder.ACCESS_LOG, LineForms::emptyLines),
    ACCESS_LOG_BROKEN_LINES(Decoder.ACCESS_LOG),
    ACCESS_LOG_SHORT_LINES(Decoder.ACCESS_LOG, LineForms::shortLines),
    ACCESS_LOG_TIMES_BACKWARDS(Decoder.ACCESS_LOG, LineForms::combinedBackwards),
    JSON_LOG_NOISE(Decoder.JSON_LOG, LineForms::noise),
    JSON_LOG_LONG_LINES(Decoder.JSON_LOG, LineForms::longLines),
    JSON_LOG_EMPTY_LINES(Decoder.JSON_LOG, LineForms::emptyLines),
    JSON_LOG_BROKEN_LINES(Decoder.JSON_LOG),
    JSON_LOG_SHORT_LINES(Decoder.JSON_LOG, LineForms::shortLines),
    JSON_LOG_TIMES_BACKWARDS(Decoder.JSON_LOG, LineForms::caddyBackwards),
    TCPDUMP_NOISE(Decoder.TCPDUMP, LineForms::noise),
    TCPDUMP_LONG_LINES(Decoder.TCPDUMP, LineForms::longLines),
    TCPDUMP_EMPTY_LINES(Decoder.TCPDUMP, LineForms::emptyLines),
    TCPDUMP_BROKEN_LINES(Decoder.TCPDUMP),
    TCPDUMP_SHORT_LINES(Decoder.TCPDUMP, LineForms::shortLines),
    TCPDUMP_TIMES_BACKWARDS(Decoder.TCPDUMP, LineForms::tcpdumpBackwards),
    NETFILTER_NOISE(Decoder.NETFILTER, LineForms::noise),
    NETFILTER_LONG_LINES(Decoder.NETFILTER, LineForms::longLines),
    NETFILTER_EMPTY_LINES(Decoder.NETFILTER, LineForms::emptyLines),
    NETFILTER_BROKEN_LINES(Decoder.NETFILTER),
    NETFILTER_SHORT_LINES(Decoder.NETFILTER, LineForms::shortLines),
    NETFILTER_TIMES_BACKWARDS(Decoder.NETFILTER, LineForms::netfilterBackwards);

    private final Decoder decoder;
    private final IntFunction<Piece> pieces;

    Form(Decoder decoder, IntFunction<Piece> pieces) {
        this.decoder = decoder;
        this.pieces = pieces;
    }

    /** Lines that are broken in their middle. */
    Form(Decoder decoder) {
        this(decoder, number -> LineForms.broken(decoder, number));
    }

    Decoder decoder() {
        return decoder;
    }

    /** An input full of it. */
    Input bad() {
        return Input.bad(decoder, pieces);
    }

    /** A good one of the same size. */
    Input good() {
        return Input.good(decoder);
    }
}
