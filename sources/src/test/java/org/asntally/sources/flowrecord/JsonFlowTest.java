package org.asntally.sources.flowrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects as goflow2 writes them. */
class JsonFlowTest {

    static final String LINE =
            "{\"type\":\"SFLOW_5\",\"time_received_ns\":1700000000123456789,\"sequence_num\":7,"
                    + "\"sampling_rate\":1000,\"sampler_address\":\"192.0.2.254\","
                    + "\"time_flow_start_ns\":1700000000000000000,"
                    + "\"time_flow_end_ns\":1700000001000000000,\"bytes\":1500,\"packets\":1,"
                    + "\"src_addr\":\"2001:db8::1\",\"dst_addr\":\"2001:db8:0:1::2\","
                    + "\"src_net\":\"2001:db8::/32\",\"etype\":\"IPv6\",\"proto\":\"IPv6-ICMP\","
                    + "\"src_port\":443,\"dst_port\":50000,\"in_if\":1,\"out_if\":2,"
                    + "\"src_mac\":\"00:00:5e:00:53:01\",\"tcp_flags\":18,\"ip_tos\":186,"
                    + "\"ip_ttl\":64,\"ip_flags\":1,\"fragment_offset\":0,\"src_as\":4294967295,"
                    + "\"dst_as\":64498,\"next_hop_as\":64499,\"as_path\":[64496,64498],"
                    + "\"mpls_label\":[{\"a\":[1]}],\"nested\":{\"src_addr\":\"192.0.2.9\"},"
                    + "\"other\":null,\"flag\":true}\n";

    private static ReadRecord read(String text) {
        return ReadRecord.of(ReadRecord.auto(), text.getBytes(UTF_8));
    }

    @Test
    void readsWhatIsWanted() {
        assertThat(read(LINE).flow)
                .containsAllEntriesOf(
                        Map.ofEntries(
                                Map.entry(FlowColumn.TIME, "1700000000000"),
                                Map.entry(FlowColumn.SOURCE, "2001:db8::1"),
                                Map.entry(FlowColumn.DESTINATION, "2001:db8:0:1::2"),
                                Map.entry(FlowColumn.BYTES, "1500"),
                                Map.entry(FlowColumn.PACKETS, "1"),
                                Map.entry(FlowColumn.SAMPLING_RATE, "1000"),
                                Map.entry(FlowColumn.EXPORTER, "192.0.2.254"),
                                Map.entry(FlowColumn.PROTOCOL, "58"),
                                Map.entry(FlowColumn.SOURCE_PORT, "443"),
                                Map.entry(FlowColumn.DESTINATION_PORT, "50000"),
                                Map.entry(FlowColumn.INPUT_INTERFACE, "1"),
                                Map.entry(FlowColumn.OUTPUT_INTERFACE, "2"),
                                Map.entry(FlowColumn.TCP_FLAGS, "18"),
                                Map.entry(FlowColumn.DSCP, "46"),
                                Map.entry(FlowColumn.ECN, "2"),
                                Map.entry(FlowColumn.TTL, "64"),
                                Map.entry(FlowColumn.FRAGMENT, "1"),
                                Map.entry(FlowColumn.EXPORTER_SOURCE_AS, "4294967295"),
                                Map.entry(FlowColumn.EXPORTER_DESTINATION_AS, "64498"),
                                Map.entry(FlowColumn.NEXT_HOP_AS, "64499"),
                                Map.entry(FlowColumn.DIRECTION, "-1")));
    }

    /** With the mapping file that goflow2 ships, times are texts. */
    @ParameterizedTest
    @CsvSource({
        "\"2023-11-14T22:13:20.123456789Z\", 1700000000123",
        "\"2023-11-14T23:13:20+01:00\", 1700000000000",
        "1700000000123456789, 1700000000123",
        "\"1700000000123456789\", 1700000000123",
        "0, 1234567",
        "\"\", 1234567"
    })
    void timesAreNumbersOrTexts(String time, String millis) {
        ReadRecord read =
                read(
                        "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\","
                                + "\"time_flow_start_ns\":"
                                + time
                                + "}");

        assertThat(read.flow).containsEntry(FlowColumn.TIME, millis);
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, 6",
        "UDP, 17",
        "udp, 17",
        "ICMP, 1",
        "OSPF, 89",
        "OSPFIGP, 89",
        "SCTP, 132",
        "HOPOPT, 0",
        "IPv6-ICMP, 58",
        "reserved, 255",
        "unassigned, 0",
        "Nonsense, 0",
        "NSH, 145",
        "A/N, 107",
        "PTP, 123",
        "TP++, 39",
        "ENCAP, 98",
        "L2TP, 115",
        "PGM, 113",
        "GMTP, 100"
    })
    void protocolsHaveNames(String name, String number) {
        ReadRecord read =
                read(
                        "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\",\"proto\":\""
                                + name
                                + "\"}");

        assertThat(read.flow).containsEntry(FlowColumn.PROTOCOL, number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{;BAD_SHAPE",
                "{};NO_ADDRESS",
                "{} {};BAD_SHAPE",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\";BAD_SHAPE",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\"}x;BAD_SHAPE",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"2001:db8::1\"};BAD_ADDRESS",
                "{\"src_addr\":\"192.0.2.256\",\"dst_addr\":\"192.0.2.2\"};BAD_ADDRESS",
                "{\"src_addr\":7,\"dst_addr\":\"192.0.2.2\"};BAD_ADDRESS",
                "{\"src_addr\":\"\",\"dst_addr\":\"\",\"etype\":\"ARP\"};NOT_IP",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\",\"bytes\":-1};IMPLAUSIBLE",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\",\"bytes\":1e3};BAD_NUMBER",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\",\"bytes\":99999999999999999999};BAD_NUMBER",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\",\"time_flow_start_ns\":\"soon\"};BAD_TIME",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\",\"bytes\":9000000000000000000,\"sampling_rate\":2};IMPLAUSIBLE",
                "{\"src_addr\":\"192.0.2.1\",\"dst_addr\":\"192.0.2.2\"};NONE"
            })
    void whatIsWrongHasAReason(String text, SkipReason reason) {
        assertThat(read(text).reason).isEqualTo(reason);
    }

    /** One parser reads all: what a bad record leaves in it is not seen by the next. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{\"a\":\"b", "{\"a\":{", "}", "nonsense", "{\"a\":1}{"})
    void aBadRecordDoesNotSpoilTheNext(String bad) {
        FlowFields fields = new FlowFields();
        JsonFlow json = new JsonFlow(fields);
        byte[] wrong = bad.getBytes(UTF_8);
        byte[] right = "{\"bytes\":5}".getBytes(UTF_8);
        for (int i = 0; i < 3; i++) {
            assertThat(json.read(wrong, 0, wrong.length)).isFalse();
            assertThat(json.read(right, 0, right.length)).isTrue();
            assertThat(fields.bytes).isEqualTo(5);
            assertThat(json.read(right, 0, right.length)).isTrue();
            assertThat(fields.bytes).isEqualTo(5);
        }
    }
}
