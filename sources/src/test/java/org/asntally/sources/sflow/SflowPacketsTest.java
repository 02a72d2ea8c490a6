package org.asntally.sources.sflow;

import static org.asntally.sources.sflow.Datagrams.AGENT;
import static org.asntally.sources.sflow.Datagrams.datagram;
import static org.asntally.sources.sflow.Datagrams.sample;
import static org.asntally.sources.sflow.Datagrams.udp;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.BadPackets;
import org.asntally.sources.packet.CaptureReader;
import org.asntally.sources.packet.Captures;
import org.asntally.sources.packet.Frames;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.packet.PacketMatch;
import org.asntally.sources.text.Shared;
import org.junit.jupiter.api.Test;

/** sFlow in captures. */
class SflowPacketsTest {

    private static final String FLOW = " 192.0.2.10 0.0.0.7 > 198.51.100.7 512 x 100";

    private static byte[] numbered(int sequence) {
        return datagram(
                AGENT,
                sequence,
                sequence,
                sample(sequence, 512, 512 * sequence, Datagrams.from(7, 100)));
    }

    private static SflowFormat format(SflowOptions options) {
        return new SflowFormat(options, PacketFilter.ALL);
    }

    @Test
    void theTimeOfAFlowIsThatOfTheDatagramsPacket() {
        byte[] packet = udp(6343, numbered(1));
        byte[] pcap = Captures.pcap().packet(1_772_366_400L, 250_000, packet, 2000).bytes();
        byte[] pcapng =
                Captures.pcapng(ByteOrder.BIG_ENDIAN)
                        .section()
                        .on(1, 0)
                        .enhanced(0, 1_772_366_400_250_000L, packet, 2000)
                        .bytes();

        assertThat(SflowCapture.of(pcap).flows).containsExactly("1772366400250" + FLOW);
        assertThat(SflowCapture.of(pcapng).flows).containsExactly("1772366400250" + FLOW);
    }

    @Test
    void whatLooksLikeSflowIsReadOnAnyPort() {
        SflowCapture read =
                SflowCapture.of(
                        Captures.pcap()
                                .packet(udp(9995, numbered(1)))
                                .packet(udp(9995, new byte[100]))
                                .packet(udp(6343, new byte[100]))
                                .packet(Frames.ethernet(0x0800, Frames.ipv4()))
                                .packet(Frames.ethernet(0x0806, new byte[46]))
                                .bytes());

        assertThat(read.flows).hasSize(1);
        assertThat(read.skips).isEqualTo(Map.of(SkipReason.NOT_SFLOW, 3L, SkipReason.NOT_IP, 1L));
    }

    @Test
    void ofADatagramThatWasCutOffTheWholeSamplesCount() {
        byte[] packet =
                udp(
                        6343,
                        datagram(
                                AGENT,
                                1,
                                1,
                                sample(1, 512, 512, Datagrams.from(7, 100)),
                                sample(2, 512, 1024, Datagrams.from(7, 100))));

        SflowCapture read =
                SflowCapture.of(
                        Captures.pcap()
                                .packet(1, 0, Arrays.copyOf(packet, packet.length - 20), 2000)
                                .packet(1, 0, Arrays.copyOf(packet, 40), 2000)
                                .packet(1, 0, new byte[0], 2000)
                                .bytes());

        assertThat(read.flows).hasSize(1);
        assertThat(read.badPackets)
                .containsExactly(SkipReason.CUT_SHORT, SkipReason.CUT_SHORT, SkipReason.CUT_SHORT);
    }

    @Test
    void laterFragmentsAreNoDatagrams() {
        byte[] udp = Arrays.copyOfRange(udp(6343, numbered(1)), 34, 34 + 8 + 150);
        byte[] source = {(byte) 192, 0, 2, 10};
        SflowCapture read =
                SflowCapture.of(
                        Captures.pcap()
                                .packet(
                                        Frames.ethernet(
                                                0x0800, Frames.ipv4(source, 0x00b9, 17, udp)))
                                .packet(
                                        Frames.ethernet(
                                                0x0800, Frames.ipv4(source, 0x2000, 17, udp)))
                                .bytes());

        assertThat(read.flows).hasSize(1);
        assertThat(read.skips).isEqualTo(Map.of(SkipReason.NOT_SFLOW, 1L));
    }

    /** More than a batch holds, in datagrams as large as they get. */
    @Test
    void batchesHaveRoomForWholeDatagrams() {
        byte[][] samples = new byte[600][];
        Captures file = Captures.pcap();
        for (int d = 1; d <= 20; d++) {
            for (int i = 0; i < samples.length; i++) {
                int number = (d - 1) * samples.length + i + 1;
                samples[i] =
                        sample(number, 2, 2 * number, Datagrams.ipv4(60, 6, 443, 50_000, 0, 0));
            }
            file.packet(udp(6343, datagram(AGENT, d, d, samples)));
        }

        SflowCapture read = SflowCapture.of(file.bytes());

        assertThat(read.flows).hasSize(12_000);
        assertThat(read.packets).isEqualTo(24_000);
        assertThat(read.bytes).isEqualTo(24_000 * 60);
        assertThat(read.skips).isEmpty();
    }

    @Test
    void aFilterIsAboutThePacketsThatCarryTheDatagrams() {
        PacketFilter none =
                new PacketFilter() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String text() {
                        return "udp dst port 1";
                    }

                    @Override
                    public PacketMatch open(int link) {
                        return (bytes, from, to, wireLength) -> bytes[from + 37] == 1;
                    }
                };
        byte[] file =
                Captures.pcap().packet(udp(6343, numbered(1))).packet(udp(1, numbered(2))).bytes();

        SflowCapture read = SflowCapture.of(file, 1 << 16, new SflowFormat(SflowOptions.ALL, none));

        assertThat(read.flows).hasSize(1);
        assertThat(read.skips).isEqualTo(Map.of(SkipReason.FILTERED, 1L));
    }

    @Test
    void whatIsMissingAtTheEndOfTheCaptureIsLost() {
        byte[] file =
                Captures.pcap()
                        .packet(udp(6343, numbered(1)))
                        .packet(udp(6343, numbered(4)))
                        .packet(udp(6343, numbered(4)))
                        .bytes();

        SflowCapture read = SflowCapture.of(file);

        assertThat(read.skips)
                .isEqualTo(
                        Map.of(
                                SkipReason.LOST_DATAGRAMS, 2L,
                                SkipReason.LOST_SAMPLES, 2L,
                                SkipReason.DUPLICATE, 1L));
    }

    @Test
    void rulesHoldInCapturesToo() {
        byte[] file = Captures.pcap().packet(udp(6343, numbered(1))).bytes();
        SflowOptions others =
                new SflowOptions(
                        List.of("198.51.100.0/24"), List.of(), Sampling.DECLARED, Map.of());
        SflowOptions senders =
                new SflowOptions(List.of(), List.of("192.0.2.11"), Sampling.DECLARED, Map.of());

        assertThat(SflowCapture.of(file, 1 << 16, format(others)).skips)
                .isEqualTo(Map.of(SkipReason.AGENT, 1L));
        assertThat(SflowCapture.of(file, 1 << 16, format(senders)).skips)
                .isEqualTo(Map.of(SkipReason.SENDER, 1L));
        assertThat(
                        SflowCapture.of(
                                        file,
                                        1 << 16,
                                        format(SflowOptions.of(Sampling.of(Sampling.Mode.OFF))))
                                .packets)
                .isEqualTo(1);
    }

    @Test
    void aCaptureOfNothingElseIsTold() {
        byte[] first = udp(6343, numbered(1));
        byte[] only = Captures.pcap().packet(first).packet(udp(6343, numbered(2))).bytes();
        byte[] mixed =
                Captures.pcap()
                        .packet(first)
                        .packet(Frames.ethernet(0x0800, Frames.ipv4()))
                        .bytes();
        byte[] otherPort = Captures.pcap().packet(udp(9995, numbered(1))).bytes();
        byte[] cut = Captures.pcap().packet(1, 0, Arrays.copyOf(first, 100), 200).bytes();

        assertThat(SflowFormat.isSflow(only, only.length)).isTrue();
        assertThat(SflowFormat.isSflow(only, only.length - 10)).isTrue();
        assertThat(SflowFormat.isSflow(only, 24)).isFalse();
        assertThat(SflowFormat.isSflow(mixed, mixed.length)).isFalse();
        assertThat(SflowFormat.isSflow(otherPort, otherPort.length)).isFalse();
        assertThat(SflowFormat.isSflow(cut, cut.length)).isFalse();
    }

    @Test
    void aRealDatagramIsReadAsTsharkReadsIt() throws IOException {
        byte[] file = Files.readAllBytes(Shared.file("data/sflow/sflow_expanded.pcap"));
        int udp = 24 + 16 + 14 + 20 + 8;
        ReadDatagrams read = new ReadDatagrams();

        read.read(Arrays.copyOfRange(file, udp, file.length));

        assertThat(SflowCapture.of(file).flows)
                .singleElement()
                .asString()
                .endsWith(" 49.49.49.49 52.52.52.52 > 53.53.53.53 1000 x 126");
        assertThat(read.rows()).isEqualTo(1);
        Map<FlowColumn, Long> expected =
                Map.of(
                        FlowColumn.PROTOCOL, 6L,
                        FlowColumn.SOURCE_PORT, 22L,
                        FlowColumn.DESTINATION_PORT, 52_237L,
                        FlowColumn.TTL, 61L,
                        FlowColumn.INPUT_INTERFACE, 29_001L,
                        FlowColumn.OUTPUT_INTERFACE, 1_285_816_721L,
                        FlowColumn.EXPORTER_SOURCE_AS, 203_476L,
                        FlowColumn.EXPORTER_DESTINATION_AS, 203_361L,
                        FlowColumn.NEXT_HOP_AS, 8_218L);
        expected.forEach(
                (column, value) ->
                        assertThat(read.numbers(column)).as("%s", column).containsExactly(value));
    }

    @Test
    void realCountersAreNoFlows() throws IOException {
        SflowCapture read =
                SflowCapture.of(
                        Files.readAllBytes(
                                Shared.file("data/sflow/sflow_multiple_counter_30_pdus.pcap")));

        assertThat(read.flows).isEmpty();
        assertThat(read.failure).isNull();
        // Five packets to the same port are of no version of sFlow.
        assertThat(read.skips.get(SkipReason.NOT_SFLOW)).isEqualTo(5);
        assertThat(read.skips.get(SkipReason.COUNTER_SAMPLE)).isEqualTo(144);
    }

    /** Lost datagrams, and flows, of a part that is read from a place on, as after a restore. */
    private static long[] part(byte[] file, int from, int to) {
        CaptureReader reader = format(SflowOptions.ALL).open();
        FlowBatchBuilder flows = new FlowBatchBuilder(Datagrams.COLUMNS);
        byte[] head = Arrays.copyOf(file, 24);
        int at = (int) (from == 0 ? 0 : reader.goOn(head, head.length, from));
        while (at < to) {
            int next = reader.read(file, at, to, at, flows, BadPackets.UNHEARD);
            assertThat(next).isGreaterThan(at);
            at = next;
        }
        if (to == file.length) {
            reader.end(flows);
        }
        FlowBatch batch = flows.build();
        long lost = 0;
        for (int i = 0; i < batch.skips(); i++) {
            if (batch.skipReason(i) == SkipReason.LOST_DATAGRAMS) {
                lost += batch.skipCount(i);
            }
        }
        return new long[] {lost, batch.rows()};
    }

    @Test
    void whoReadsOnInTheMiddleKnowsWhatNumbersWereReached() {
        Captures pcap = Captures.pcap();
        Captures pcapng = Captures.pcapng(ByteOrder.LITTLE_ENDIAN).section().on(1, 0);
        List<Integer> ends = new ArrayList<>();
        List<Integer> endsNg = new ArrayList<>();
        // Seconds apart, so that what is missing is given up between them.
        int[] numbers = {1, 2, 5, 6, 9, 20};
        for (int i = 0; i < numbers.length; i++) {
            byte[] frame = udp(6343, numbered(numbers[i]));
            pcap.packet(1_772_366_400L + 5L * i, 0, frame, frame.length);
            pcapng.enhanced(0, (1_772_366_400L + 5L * i) * 1_000_000, frame, frame.length);
            ends.add(pcap.bytes().length);
            endsNg.add(pcapng.bytes().length);
        }
        for (int split = 0; split < numbers.length - 1; split++) {
            assertThat(sums(pcap.bytes(), ends.get(split))).containsExactly(14, 6);
            assertThat(sums(pcapng.bytes(), endsNg.get(split))).containsExactly(14, 6);
        }
    }

    private static long[] sums(byte[] file, int at) {
        long[] first = part(file, 0, at);
        long[] rest = part(file, at, file.length);
        return new long[] {first[0] + rest[0], first[1] + rest[1]};
    }
}
