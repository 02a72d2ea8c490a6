package org.asntally.sources.packet;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.asntally.sources.packet.Frames.V4;
import static org.asntally.sources.packet.Frames.V6;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pcap and pcapng in all their shapes. */
class CaptureReaderTest {
    private static final byte[] IPV4 = Frames.ethernet(0x0800, Frames.ipv4());
    private static final byte[] IPV6 = Frames.ethernet(0x86dd, Frames.ipv6());

    /** 2026-03-01T12:00:00Z. */
    private static final long SECONDS = 1_772_366_400L;

    private static final List<ByteOrder> ORDERS = List.of(LITTLE_ENDIAN, BIG_ENDIAN);

    @Test
    void pcapOfEitherByteOrderInMicrosAndNanos() {
        for (ByteOrder order : ORDERS) {
            for (int magic : new int[] {0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34}) {
                int fraction = magic == 0xa1b23c4d ? 999_999_999 : 999_999;
                byte[] file =
                        Captures.pcap(order, magic, 4, 1)
                                .packet(SECONDS, fraction, IPV4, 1_500)
                                .packet(0xffff_ffffL, 0, IPV6, 0xffff_ffffL)
                                .bytes();
                ReadCapture read = ReadCapture.of(file, 1 << 16);

                assertThat(read.packets).containsExactly(V4, V6);
                assertThat(read.failure).isNull();
                assertThat(read.whole).isTrue();
                assertThat(read.number(0, FlowColumn.TIME)).isEqualTo(1_000 * SECONDS + 999);
                assertThat(read.number(0, FlowColumn.BYTES)).isEqualTo(1_500);
                assertThat(read.number(0, FlowColumn.PACKETS)).isEqualTo(1);
                assertThat(read.number(1, FlowColumn.TIME)).isEqualTo(4_294_967_295_000L);
                assertThat(read.number(1, FlowColumn.BYTES)).isEqualTo(4_294_967_295L);
            }
        }
    }

    @Test
    void theFirstPcapsHadTheirLengthsTheOtherWayRound() {
        for (int minor : new int[] {2, 3}) {
            byte[] file =
                    Captures.pcap(LITTLE_ENDIAN, 0xa1b2c3d4, minor, 1)
                            .packet(SECONDS, 0, IPV4, 1_500)
                            .packet(IPV6)
                            .bytes();

            assertThat(ReadCapture.of(file, 99).packets).containsExactly(V4, V6);
            assertThat(ReadCapture.of(file, 99).number(0, FlowColumn.BYTES)).isEqualTo(1_500);
        }
    }

    @Test
    void whatSomeWritersPutBesideTheLinkLayerIsNoPartOfIt() {
        byte[] file = Captures.pcap(LITTLE_ENDIAN, 0xa1b2c3d4, 4, 0x30000001).packet(IPV4).bytes();

        assertThat(ReadCapture.of(file, 99).packets).containsExactly(V4);
    }

    @Test
    void pcapngWithAllKindsOfPacketsInEitherOrder() {
        for (ByteOrder order : ORDERS) {
            byte[] file =
                    Captures.pcapng(order)
                            .section()
                            .on(1, 60)
                            .on(101, 9, 0)
                            .block(5, new byte[12])
                            .enhanced(0, 1_000_000 * SECONDS + 1_999, IPV4, 1_500)
                            .block(0xbad, new byte[300_000])
                            .enhanced(1, 1_000_000_000 * SECONDS + 2_999_999, Frames.ipv6(), 48)
                            .old(0, 1_000_000 * SECONDS + 3_000, IPV6, 62)
                            .simple(Arrays.copyOf(IPV4, 60), 1_400)
                            .bytes();
            ReadCapture read = ReadCapture.of(file, 1 << 16);

            assertThat(read.failure).isNull();
            assertThat(read.packets).containsExactly(V4, V6, V6, V4);
            for (int i = 0; i < 3; i++) {
                assertThat(read.number(i, FlowColumn.TIME)).isEqualTo(1_000 * SECONDS + i + 1);
            }
            assertThat(read.number(0, FlowColumn.BYTES)).isEqualTo(1_500);
            assertThat(read.number(3, FlowColumn.BYTES)).isEqualTo(1_400);
        }
    }

    @Test
    void sectionsOfDifferentOrderWithInterfacesOfTheirOwn() {
        byte[] file =
                Frames.join(
                        Captures.pcapng(LITTLE_ENDIAN)
                                .section()
                                .on(101, 0)
                                .enhanced(0, 0, Frames.ipv4(), 40)
                                .bytes(),
                        Captures.pcapng(BIG_ENDIAN)
                                .section()
                                .enhanced(0, 0, IPV4, 54)
                                .on(1, 0)
                                .enhanced(0, 0, IPV4, 54)
                                .enhanced(-1, 0, IPV4, 54)
                                .bytes());

        assertThat(ReadCapture.of(file, 17).packets)
                .containsExactly(V4, "no-interface", V4, "no-interface");
    }

    @Test
    void timesInTheUnitsOfTheirInterface() {
        // Resolution, offset in seconds, units, expected milliseconds.
        long[][] cases = {
            {6, 0, 1_999, 1},
            {0, 0, 7, 7_000},
            {1, 0, 7, 700},
            {3, 0, 7, 7},
            {9, 5, 1_999_999, 5_001},
            {9, -5, 6_000_000_000L, 1_000},
            {9, -5, 4_000_000_000L, -1_000},
            {12, 0, 7_000_000_000L, 7},
            {25, 0, 7, 0},
            {0x80, 0, 3, 3_000},
            {0x80 + 10, 0, 1_536, 1_500},
            {0x80 + 32, 0, (3L << 32) + (1L << 31), 3_500},
            {0x80 + 63, 0, (1L << 63) + (1L << 62), 1_500},
            {0x80 + 64, 0, 5, 0},
        };
        for (long[] of : cases) {
            byte[] file =
                    Captures.pcapng(BIG_ENDIAN)
                            .section()
                            .on(1, (int) of[0], of[1])
                            .enhanced(0, of[2], IPV4, 54)
                            .bytes();
            ReadCapture read = ReadCapture.of(file, 99);

            assertThat(read.packets).as(Arrays.toString(of)).containsExactly(V4);
            assertThat(read.number(0, FlowColumn.TIME)).as(Arrays.toString(of)).isEqualTo(of[3]);
        }
    }

    @Test
    void timesThatNoCalendarHasAreSkipped() {
        long[][] cases = {
            {0, 0, -1},
            {0, 0, 253_402_300_800L},
            {6, Long.MAX_VALUE, 0},
            {6, Long.MIN_VALUE, 0},
            {0x80, 0, -1}
        };
        for (long[] of : cases) {
            byte[] file =
                    Captures.pcapng(BIG_ENDIAN)
                            .section()
                            .on(1, (int) of[0], of[1])
                            .enhanced(0, of[2], IPV4, 54)
                            .bytes();

            assertThat(ReadCapture.of(file, 99).packets)
                    .as(Arrays.toString(of))
                    .containsExactly("bad-time");
        }
    }

    @Test
    void aPacketLongerThanWhatIsKeptIsReadFromItsHead() {
        byte[] large = Arrays.copyOf(IPV4, 250_000);
        for (byte[] file :
                List.of(
                        Captures.pcap().packet(large).packet(IPV6).bytes(),
                        Captures.pcapng(LITTLE_ENDIAN)
                                .section()
                                .on(1, 0)
                                .enhanced(0, 0, large, 250_000)
                                .enhanced(0, 0, IPV6, 62)
                                .bytes())) {
            assertThat(ReadCapture.of(file, 1_000).packets).containsExactly(V4, V6);
            assertThat(ReadCapture.of(file, 1_000).number(0, FlowColumn.BYTES)).isEqualTo(250_000);
        }
    }

    @Test
    void whereverACaptureIsCutOffThePacketsBeforeAreRead() {
        List<String> expected = List.of(V4, V6, V4);
        for (byte[] file :
                List.of(
                        Captures.pcap().packet(IPV4).packet(IPV6).packet(IPV4).bytes(),
                        Captures.pcapng(BIG_ENDIAN)
                                .section()
                                .on(1, 0)
                                .enhanced(0, 0, IPV4, 54)
                                .enhanced(0, 0, IPV6, 62)
                                .simple(IPV4, 54)
                                .bytes())) {
            int wholes = 0;
            for (int length = 0; length <= file.length; length++) {
                ReadCapture read = ReadCapture.of(Arrays.copyOf(file, length), 1 << 16);
                assertThat(read.failure).isNull();
                assertThat(read.packets).isEqualTo(expected.subList(0, read.packets.size()));
                wholes += read.whole ? 1 : 0;
            }
            // Behind the head and behind each record.
            assertThat(wholes).isBetween(4, 5);
            assertThat(ReadCapture.of(file, 5).packets).isEqualTo(expected);
        }
    }

    @Test
    void lengthsThatLieEndACaptureWithAReason() {
        byte[] pcap = Captures.pcap().packet(IPV4).bytes();
        pcap[24 + 8 + 2] = 5;
        byte[] order = Captures.pcapng(BIG_ENDIAN).section().bytes();
        order[8] = 0;
        byte[] version = Captures.pcapng(BIG_ENDIAN).section().bytes();
        version[13] = 2;
        byte[] odd = Captures.pcapng(BIG_ENDIAN).section().on(1, 0).bytes();
        odd[28 + 7] = 21;
        byte[] end = Captures.pcapng(BIG_ENDIAN).section().on(1, 0).bytes();
        end[28 + 19] = 24;
        byte[] small = Captures.pcapng(BIG_ENDIAN).section().block(6, new byte[8]).bytes();
        String block = "the block at byte 28 ";

        assertThat(failures(pcap, order, version, odd, end, small, new byte[40]))
                .containsExactly(
                        "the packet at byte 24 claims to be longer than a capture can hold",
                        "the section at byte 0 has no byte order",
                        "the section at byte 0 is of the unknown version 2",
                        block + "claims a length of 21",
                        block + "does not end as it begins",
                        block + "claims a length of 20",
                        "it is no capture: neither pcap nor pcapng begins like this");
    }

    private static List<String> failures(byte[]... files) {
        List<String> failures = new ArrayList<>();
        for (byte[] file : files) {
            failures.add(String.valueOf(ReadCapture.of(file, 1 << 16).failure));
        }
        return failures;
    }

    @Test
    void aPacketThatClaimsMoreThanItsBlockHasIsSkippedAlone() {
        byte[] file =
                Captures.pcapng(BIG_ENDIAN)
                        .section()
                        .on(1, 0)
                        .enhanced(0, 0, IPV4, 54)
                        .enhanced(0, 0, IPV4, 54)
                        .bytes();
        file[28 + 20 + 23] = 77;

        assertThat(ReadCapture.of(file, 1 << 16).packets).containsExactly("bad-shape", V4);
    }

    @Test
    void millionsOfInterfacesTakeNoMemory() {
        Captures file = Captures.pcapng(LITTLE_ENDIAN).section();
        for (int i = 0; i < 70_000; i++) {
            file.on(1, 0);
        }
        file.enhanced(65_535, 0, IPV4, 54).enhanced(65_536, 0, IPV4, 54);

        assertThat(ReadCapture.of(file.bytes(), 1 << 16).packets)
                .containsExactly(V4, "no-interface");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 33})
    void asncounterTakesIpv4ThatIsNotPrivate(int last) {
        byte[] nobody = Frames.ethernet(0x0800, Frames.ipv4(new byte[4], 0, 6, Frames.tcp()));
        byte[] home =
                Frames.ethernet(
                        0x0800,
                        Frames.ipv4(
                                new byte[] {(byte) 192, (byte) 168, 0, (byte) last},
                                0,
                                6,
                                Frames.tcp()));
        byte[] other =
                Frames.ethernet(
                        0x0800,
                        Frames.ipv4(
                                new byte[] {(byte) 192, (byte) 168, 1, (byte) last},
                                0,
                                6,
                                Frames.tcp()));
        byte[] tagged =
                Frames.ethernet(0x8100, Frames.join(Frames.hex("0001 0800"), Frames.ipv4()));
        byte[] arp = Frames.ethernet(0x0806, new byte[28]);
        byte[] file =
                Captures.pcap()
                        .packet(IPV4)
                        .packet(IPV6)
                        .packet(nobody)
                        .packet(home)
                        .packet(other)
                        .packet(tagged)
                        .packet(arp)
                        .bytes();

        assertThat(ReadCapture.of(file, 1 << 16, PacketFilter.ASNCOUNTER).packets)
                .containsExactly(
                        V4,
                        "filtered",
                        "filtered",
                        "filtered",
                        "192.168.1." + last + " > 198.51.100.7",
                        "filtered",
                        "filtered");
    }
}
