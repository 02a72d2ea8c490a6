package org.asntally.sources.sflow;

import static org.asntally.sources.sflow.Datagrams.AGENT;
import static org.asntally.sources.sflow.Datagrams.datagram;
import static org.asntally.sources.sflow.Datagrams.expanded;
import static org.asntally.sources.sflow.Datagrams.frame;
import static org.asntally.sources.sflow.Datagrams.join;
import static org.asntally.sources.sflow.Datagrams.raw;
import static org.asntally.sources.sflow.Datagrams.sample;
import static org.asntally.sources.sflow.Datagrams.typed;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.ExporterId;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a datagram becomes a flow, and what of it is counted instead. */
class SflowDecoderTest {

    private static final byte[] HEADER = frame(1000, Frames.ethernet(0x0800, Frames.ipv4()));

    private static long one(ReadDatagrams read, FlowColumn column) {
        assertThat(read.rows()).isEqualTo(1);
        return read.numbers(column).get(0);
    }

    @Test
    void aSampleIsAFlowOfThePacketThatWasSampled() {
        ReadDatagrams read = new ReadDatagrams();

        assertThat(read.read(datagram(AGENT, 1, 1000, sample(1, 512, 512, HEADER))))
                .isEqualTo(SkipReason.NONE);

        assertThat(read.addresses(FlowColumn.SOURCE)).containsExactly("192.0.2.1");
        assertThat(read.addresses(FlowColumn.DESTINATION)).containsExactly("198.51.100.7");
        assertThat(read.addresses(FlowColumn.EXPORTER)).containsExactly("192.0.2.10");
        assertThat(one(read, FlowColumn.TIME)).isEqualTo(read.millis);
        assertThat(one(read, FlowColumn.PACKETS)).isEqualTo(1);
        assertThat(one(read, FlowColumn.BYTES)).isEqualTo(1000);
        assertThat(one(read, FlowColumn.SAMPLING_RATE)).isEqualTo(512);
        assertThat(one(read, FlowColumn.PROTOCOL)).isEqualTo(6);
        assertThat(one(read, FlowColumn.SOURCE_PORT)).isEqualTo(443);
        assertThat(one(read, FlowColumn.DESTINATION_PORT)).isEqualTo(51_234);
        assertThat(one(read, FlowColumn.TCP_FLAGS)).isEqualTo(0x12);
        assertThat(one(read, FlowColumn.TTL)).isEqualTo(57);
        assertThat(one(read, FlowColumn.INPUT_INTERFACE)).isEqualTo(3);
        assertThat(one(read, FlowColumn.OUTPUT_INTERFACE)).isEqualTo(7);
        assertThat(one(read, FlowColumn.DIRECTION)).isZero();
        assertThat(read.scaled(FlowColumn.PACKETS)).isEqualTo(512);
        assertThat(read.scaled(FlowColumn.BYTES)).isEqualTo(512_000);
        assertThat(read.skips).isEmpty();
    }

    @Test
    void expandedSamplesHaveWiderNumbers() {
        ReadDatagrams read = new ReadDatagrams();

        read.read(
                Datagrams.datagram6(
                        Datagrams.AGENT6_HIGH,
                        9,
                        1,
                        1000,
                        expanded(1, 0, 0x7f000001, 16, 16, 0, 0x41000000, 0, 0x7f000001, HEADER)));

        assertThat(read.addresses(FlowColumn.EXPORTER)).containsExactly("2001:db8::9");
        assertThat(one(read, FlowColumn.INPUT_INTERFACE)).isEqualTo(0x41000000);
        assertThat(one(read, FlowColumn.OUTPUT_INTERFACE)).isEqualTo(0x7f000001);
        assertThat(one(read, FlowColumn.DIRECTION)).isEqualTo(1);
        assertThat(one(read, FlowColumn.SAMPLING_RATE)).isEqualTo(16);
    }

    /** Two bits of a number say that it is none: dropped, to several, the exporter itself. */
    @Test
    void whatIsNoIfIndexIsNoInterface() {
        ReadDatagrams read = new ReadDatagrams();

        read.read(
                datagram(
                        AGENT,
                        1,
                        1000,
                        sample(1, 3, 1, 1, 0, 0x3fffffff, 0x40000100, HEADER),
                        sample(2, 3, 1, 2, 0, 3, 0x80000002, HEADER),
                        expanded(1, 1, 3, 1, 1, 0, -1, 1, 5, HEADER)));

        assertThat(read.numbers(FlowColumn.INPUT_INTERFACE)).containsExactly(0L, 3L, 0L);
        assertThat(read.numbers(FlowColumn.OUTPUT_INTERFACE)).containsExactly(0L, 0L, 0L);
        assertThat(read.numbers(FlowColumn.DIRECTION)).containsExactly(-1L, 0L, -1L);
    }

    static Stream<Arguments> headers() {
        byte[] v4 = Frames.ipv4();
        byte[] v6 = Frames.ipv6();
        byte[] tagged = Frames.hex("0064 0800");
        return Stream.of(
                Arguments.of("Ethernet", 1, Frames.ethernet(0x0800, v4)),
                Arguments.of("a tag", 1, Frames.ethernet(0x8100, join(tagged, v4))),
                Arguments.of(
                        "two tags",
                        1,
                        Frames.ethernet(0x88a8, join(Frames.hex("0065 8100"), tagged, v4))),
                Arguments.of(
                        "two labels",
                        1,
                        Frames.ethernet(0x8847, join(Frames.hex("00064040 000c8140"), v4))),
                Arguments.of(
                        "a frame behind labels",
                        1,
                        Frames.ethernet(
                                0x8847, join(Frames.hex("00064140"), Frames.ethernet(0x0800, v4)))),
                Arguments.of(
                        "a frame behind a control word",
                        1,
                        Frames.ethernet(
                                0x8847,
                                join(
                                        Frames.hex("00064140 00000000"),
                                        Frames.ethernet(0x8100, join(tagged, v4))))),
                Arguments.of("PPP", 7, join(Frames.hex("ff03 0021"), v4)),
                Arguments.of("IPv4", 11, v4),
                Arguments.of("IPv6", 12, v6),
                Arguments.of("MPLS", 13, join(Frames.hex("00064140"), v4)),
                Arguments.of("frame relay", 5, join(Frames.hex("1841 03cc"), v4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void headersOfTheseLinkLayersAreRead(String what, int protocol, byte[] header) {
        ReadDatagrams read = new ReadDatagrams();

        read.read(datagram(AGENT, 1, 1, sample(1, 1, 1, raw(protocol, 1500, header))));

        assertThat(read.addresses(FlowColumn.DESTINATION))
                .as(what)
                .containsExactly(protocol == 12 ? "2001:db8::2" : "198.51.100.7");
    }

    @Test
    void exportersMayHaveReadTheHeadersThemselves() {
        ReadDatagrams read = new ReadDatagrams();

        read.read(
                datagram(
                        AGENT,
                        1,
                        1,
                        sample(1, 10, 10, Datagrams.ipv4(60, 6, 443, 50_000, 0x12, 0xb9)),
                        sample(
                                2,
                                10,
                                20,
                                Datagrams.ethernet(118),
                                Datagrams.ipv6(100, 17, 53, 50_001, 0, 0))));

        assertThat(read.addresses(FlowColumn.SOURCE)).containsExactly("192.0.2.1", "2001:db8::1");
        assertThat(read.numbers(FlowColumn.BYTES)).containsExactly(60L, 118L);
        assertThat(read.numbers(FlowColumn.PROTOCOL)).containsExactly(6L, 17L);
        assertThat(read.numbers(FlowColumn.SOURCE_PORT)).containsExactly(443L, 53L);
        assertThat(read.numbers(FlowColumn.DESTINATION_PORT)).containsExactly(50_000L, 50_001L);
        assertThat(read.numbers(FlowColumn.TCP_FLAGS)).containsExactly(0x12L, 0L);
        assertThat(read.numbers(FlowColumn.DSCP)).containsExactly(0x2eL, 0L);
        assertThat(read.numbers(FlowColumn.ECN)).containsExactly(1L, 0L);
    }

    @Test
    void ofSeveralRecordsThePacketItselfTellsMost() {
        ReadDatagrams read = new ReadDatagrams();

        read.read(
                datagram(
                        AGENT,
                        1,
                        1,
                        sample(
                                1,
                                10,
                                10,
                                Datagrams.ipv6(1, 17, 53, 50_001, 0, 0),
                                Datagrams.ethernet(118),
                                HEADER,
                                HEADER)));

        assertThat(read.addresses(FlowColumn.SOURCE)).containsExactly("192.0.2.1");
        assertThat(read.numbers(FlowColumn.BYTES)).containsExactly(1000L);
    }

    @Test
    void theExportersOwnRoutesAreColumns() {
        ReadDatagrams read = new ReadDatagrams();

        read.read(
                datagram(
                        AGENT,
                        1,
                        1,
                        sample(
                                1,
                                1,
                                1,
                                Datagrams.extendedSwitch(),
                                HEADER,
                                Datagrams.router(),
                                Datagrams.gateway(64_496, 64_500, 64_497, 64_498, -2)),
                        sample(2, 1, 2, HEADER, Datagrams.gateway(64_496, 0)),
                        sample(3, 1, 3, HEADER)));

        assertThat(read.numbers(FlowColumn.EXPORTER_SOURCE_AS)).containsExactly(64_500L, 0L, 0L);
        assertThat(read.numbers(FlowColumn.EXPORTER_DESTINATION_AS))
                .containsExactly(4_294_967_294L, 64_496L, 0L);
        assertThat(read.numbers(FlowColumn.NEXT_HOP_AS)).containsExactly(64_497L, 0L, 0L);
    }

    @Test
    void unknownKindsArePassedOverByTheirLength() {
        ReadDatagrams read = new ReadDatagrams();
        int enterprise = 4413 << 12 | 1;

        assertThat(
                        read.read(
                                datagram(
                                        AGENT,
                                        1,
                                        1,
                                        Datagrams.counters(1),
                                        typed(enterprise, new byte[60]),
                                        typed(4, new byte[100]),
                                        sample(1, 1, 1, typed(enterprise, new byte[60]), HEADER),
                                        typed(5, new byte[0]))))
                .isEqualTo(SkipReason.NONE);

        assertThat(read.rows()).isEqualTo(1);
        assertThat(read.skips)
                .isEqualTo(Map.of(SkipReason.COUNTER_SAMPLE, 2L, SkipReason.UNKNOWN_SAMPLE, 2L));
    }

    @Test
    void samplesWithoutAddressesSayWhy() {
        ReadDatagrams read = new ReadDatagrams();

        read.read(
                datagram(
                        AGENT,
                        1,
                        1,
                        sample(1, 1, 1),
                        sample(2, 1, 2, Datagrams.extendedSwitch()),
                        sample(3, 1, 3, frame(60, Frames.ethernet(0x0806, new byte[46]))),
                        sample(4, 1, 4, raw(2, 60, new byte[60])),
                        sample(5, 1, 5, frame(60, new byte[8])),
                        sample(6, 1, 6, raw(11, 60, new byte[60]))));

        assertThat(read.rows()).isZero();
        assertThat(read.skips)
                .isEqualTo(
                        Map.of(
                                SkipReason.NO_ADDRESS, 2L,
                                SkipReason.NOT_IP, 1L,
                                SkipReason.UNKNOWN_LINK, 1L,
                                SkipReason.CUT_SHORT, 1L,
                                SkipReason.BAD_HEADER, 1L));
    }

    /** A lie about a record costs its sample, one about a sample what follows it. */
    @Test
    void lengthsThatLieCostNoMoreThanTheyMust() {
        byte[] good = sample(1, 1, 1, HEADER);
        byte[] longRecord = sample(2, 1, 2, HEADER);
        ByteBuffer.wrap(longRecord).putInt(8 + 32 + 4, longRecord.length);
        byte[] manyRecords = sample(3, 1, 3, HEADER);
        ByteBuffer.wrap(manyRecords).putInt(8 + 28, -1);
        byte[] longHeader = sample(4, 1, 4, HEADER);
        ByteBuffer.wrap(longHeader).putInt(8 + 32 + 8 + 12, Integer.MAX_VALUE);
        byte[] after = sample(5, 1, 5, HEADER);
        byte[] longSample = sample(6, 1, 6, HEADER);
        ByteBuffer.wrap(longSample).putInt(4, -8);
        ReadDatagrams read = new ReadDatagrams();

        assertThat(
                        read.read(
                                datagram(
                                        AGENT,
                                        1,
                                        1,
                                        good,
                                        longRecord,
                                        manyRecords,
                                        longHeader,
                                        typed(1, new byte[28]),
                                        typed(3, new byte[40]),
                                        sample(7, 1, 7, HEADER, typed(1003, new byte[12])),
                                        after,
                                        longSample,
                                        sample(7, 1, 7, HEADER))))
                .isEqualTo(SkipReason.BAD_DATAGRAM);

        assertThat(read.rows()).isEqualTo(2);
        assertThat(read.skips.get(SkipReason.BAD_SAMPLE)).isEqualTo(6);
        assertThat(read.skips.get(SkipReason.BAD_DATAGRAM)).isEqualTo(1);
    }

    @Test
    void datagramsThatAreNoneAreToldApart() {
        byte[] good = datagram(AGENT, 1, 1, sample(1, 1, 1, HEADER));
        byte[] version4 = good.clone();
        version4[3] = 4;
        byte[] noAddress = good.clone();
        noAddress[7] = 3;
        byte[] manySamples = good.clone();
        Arrays.fill(manySamples, 24, 28, (byte) -1);
        ReadDatagrams read = new ReadDatagrams();

        assertThat(read.read(new byte[0])).isEqualTo(SkipReason.BAD_DATAGRAM);
        assertThat(read.read(version4)).isEqualTo(SkipReason.NOT_SFLOW);
        assertThat(read.read(noAddress)).isEqualTo(SkipReason.BAD_DATAGRAM);
        assertThat(read.read(Arrays.copyOf(good, 27))).isEqualTo(SkipReason.BAD_DATAGRAM);
        assertThat(read.read(new byte[SflowDecoder.LONGEST + 1])).isEqualTo(SkipReason.NOT_SFLOW);
        assertThat(read.rows()).isZero();
        assertThat(read.read(manySamples)).isEqualTo(SkipReason.BAD_DATAGRAM);
        assertThat(read.rows()).isEqualTo(1);
    }

    /** The most that fits: a batch must have room for all of them. */
    @Test
    void noDatagramGivesMoreFlowsThanWasSaid() {
        byte[] least = sample(1, 1, 1, Datagrams.ipv4(60, 6, 443, 50_000, 0, 0));
        int most = (SflowDecoder.LONGEST - 28) / least.length;
        byte[][] samples = new byte[most][];
        Arrays.fill(samples, least);
        ReadDatagrams read = new ReadDatagrams();

        assertThat(read.read(datagram(AGENT, 1, 1, samples))).isEqualTo(SkipReason.NONE);
        assertThat(read.rows()).isEqualTo(most).isLessThan(SflowDecoder.MOST_FLOWS);
    }

    static Stream<Arguments> samplings() {
        Sampling off = Sampling.of(Sampling.Mode.OFF);
        return Stream.of(
                Arguments.of("as it is told", Sampling.DECLARED, 1000, 1000, List.of()),
                Arguments.of(
                        "nothing is told",
                        Sampling.DECLARED,
                        0,
                        1,
                        List.of(SkipReason.RATE_MISSING)),
                Arguments.of(
                        "nothing is told, something is usual",
                        new Sampling(Sampling.Mode.DECLARED, 0, 400, 0),
                        0,
                        400,
                        List.of(SkipReason.RATE_MISSING)),
                Arguments.of(
                        "overridden",
                        new Sampling(Sampling.Mode.DECLARED, 128, 400, 0),
                        0,
                        128,
                        List.of()),
                Arguments.of(
                        "capped",
                        new Sampling(Sampling.Mode.DECLARED, 0, 1, 2000),
                        5000,
                        2000,
                        List.of(SkipReason.RATE_CAPPED)),
                Arguments.of(
                        "below the cap",
                        new Sampling(Sampling.Mode.DECLARED, 0, 1, 2000),
                        2000,
                        2000,
                        List.of()),
                Arguments.of("off", off, 5000, 1, List.of()),
                Arguments.of("off, nothing is told", off, 0, 1, List.of()),
                Arguments.of(
                        "the highest of all", Sampling.DECLARED, -1, 4_294_967_295L, List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samplings")
    void samplesAreScaled(
            String what, Sampling sampling, int told, long applied, List<SkipReason> noted) {
        SflowOptions options =
                new SflowOptions(
                        List.of(),
                        List.of(),
                        Sampling.of(Sampling.Mode.OFF),
                        Map.of(ExporterId.of4(AGENT), sampling));
        ReadDatagrams read = new ReadDatagrams(options);

        read.read(datagram(AGENT, 1, 1, sample(1, told, 77, HEADER)));

        assertThat(one(read, FlowColumn.SAMPLING_RATE)).as(what).isEqualTo(applied);
        assertThat(read.scaled(FlowColumn.BYTES)).as(what).isEqualTo(1000 * applied);
        assertThat(List.copyOf(read.skips.keySet())).as(what).isEqualTo(noted);
        assertThat(read.decoder.health().get(0).rate()).as(what).isEqualTo(applied);
    }

    @Test
    void aProductBeyondAllNumbersIsRejected() {
        ReadDatagrams read = new ReadDatagrams();

        read.read(
                datagram(
                        AGENT,
                        1,
                        1,
                        sample(1, -1, 1, raw(11, -1, Frames.ipv4())),
                        sample(2, -1, 2, raw(11, 0x7fffffff, Frames.ipv4()))));

        assertThat(read.rows()).isEqualTo(1);
        assertThat(read.scaled(FlowColumn.BYTES)).isEqualTo(0xffffffffL * 0x7fffffffL);
        assertThat(read.skips).isEqualTo(Map.of(SkipReason.IMPLAUSIBLE, 1L));
    }

    @Test
    void onlyListedAgentsAndSendersAreTaken() {
        SflowOptions options =
                new SflowOptions(
                        List.of("192.0.2.0/28", "2001:db8::/32"),
                        List.of("203.0.113.1-203.0.113.9"),
                        Sampling.DECLARED,
                        Map.of());
        ReadDatagrams read = new ReadDatagrams(options);
        byte[] listed = datagram(AGENT, 1, 1, sample(1, 1, 1, HEADER));
        byte[] other = datagram(AGENT + 16, 1, 1, sample(1, 1, 1, HEADER));

        assertThat(read.read(listed, 0xcb007101L)).isEqualTo(SkipReason.NONE);
        assertThat(read.read(listed, 0xcb00710aL)).isEqualTo(SkipReason.SENDER);
        assertThat(read.read(other, 0xcb007101L)).isEqualTo(SkipReason.AGENT);
        // A socket of both families shows IPv4 within IPv6.
        assertThat(
                        read.decoder.datagram(
                                Datagrams.datagram6(Datagrams.AGENT6_HIGH, 1, 1, 1),
                                0,
                                40,
                                true,
                                0,
                                0xffff_cb007101L,
                                read.millis,
                                read.flows))
                .isEqualTo(SkipReason.NONE);
        assertThat(read.rows()).isEqualTo(1);
        assertThat(read.skips).isEqualTo(Map.of(SkipReason.SENDER, 1L, SkipReason.AGENT, 1L));
        // Of what is refused some are named.
        assertThat(read.decoder.health()).hasSize(4);
    }

    @Test
    void columnsThatNobodyWantsAreNotRead() {
        ReadDatagrams read = new ReadDatagrams();
        var few = new FlowBatchBuilder(Set.of(FlowColumn.SOURCE));
        byte[] datagram = datagram(AGENT, 2, 1, sample(2, 1, 2, Datagrams.from(7, 1)));

        read.decoder.datagram(datagram, 0, datagram.length, false, 0, 1, 1, few);

        var batch = few.build();
        assertThat(batch.rows()).isEqualTo(1);
        assertThat(batch.has(FlowColumn.DESTINATION)).isFalse();
    }

    @Test
    void whatIsRefusedIsToldOfEachExporter() {
        ReadDatagrams read =
                new ReadDatagrams(
                        new SflowOptions(
                                List.of("192.0.2.10"),
                                List.of("203.0.113.0/24"),
                                Sampling.DECLARED,
                                Map.of()));
        byte[] bad = typed(1, Datagrams.words(2, 3, 512, 0));
        read.read(datagram(AGENT, 1, 1000, bad, sample(1, 512, 512, HEADER)));
        byte[] cut = datagram(AGENT, 2, 1000, sample(2, 512, 512, HEADER));
        read.read(java.util.Arrays.copyOf(cut, cut.length - 4));
        read.read(datagram(0xc000020b, 1, 1000));
        read.read(datagram(0xc000020b, 2, 1000));
        read.read(datagram(AGENT, 3, 1000), 0xc6336401L);

        assertThat(
                        read.decoder.health().stream()
                                .map(one -> one.exporter() + " " + new TreeMap<>(one.refused())))
                .containsExactly(
                        "192.0.2.10 {BAD_DATAGRAM=1, BAD_SAMPLE=1}",
                        "192.0.2.11 {AGENT=2}",
                        "198.51.100.1 {SENDER=1}");
        assertThat(read.decoder.health()).allMatch(ExporterHealth::hasLoss);
        assertThat(read.decoder.health().get(1).text())
                .isEqualTo("exporter 192.0.2.11: 0 datagrams came; 0 samples; refused: agent 2");
    }
}
