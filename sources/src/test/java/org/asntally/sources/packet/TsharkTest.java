package org.asntally.sources.packet;

import static org.asntally.sources.packet.Frames.hex;
import static org.asntally.sources.packet.Frames.ipv4;
import static org.asntally.sources.packet.Frames.ipv6;
import static org.asntally.sources.packet.Frames.join;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.asntally.sources.live.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tshark sees the same source of each packet; skipped where it is not installed. */
class TsharkTest {

    @TempDir private Path folder;

    @Test
    void seesTheSameSources() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        Captures pcap = Captures.pcap();
        Captures ng = Captures.pcapng(ByteOrder.BIG_ENDIAN).section().on(1, 0);
        for (int i = 0; i < 3_000; i++) {
            byte[] frame = frame(random);
            pcap.packet(frame);
            ng.enhanced(0, 1_772_366_400_000_000L + i, frame, frame.length);
        }
        same(pcap.bytes(), "sources.pcap");
        same(ng.bytes(), "sources.pcapng");
    }

    private void same(byte[] capture, String name) throws IOException {
        Path file = Files.write(folder.resolve(name), capture);
        List<String> seen = new ArrayList<>();
        for (String line :
                Tool.lines(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-T",
                        "fields",
                        "-e",
                        "ip.src",
                        "-e",
                        "ipv6.src")) {
            // Of tunnels all sources, the outer one first.
            seen.add(line.strip().split("[,\t]", 2)[0]);
        }
        List<String> read = new ArrayList<>();
        for (String packet : ReadCapture.of(capture, 1 << 18).packets) {
            int arrow = packet.indexOf(" > ");
            read.add(arrow < 0 ? "" : packet.substring(0, arrow));
        }
        assertThat(read).isEqualTo(seen);
        assertThat(read).contains("").hasSize(3_000);
    }

    private static byte[] frame(SplittableRandom random) {
        byte[] source = ByteBuffer.allocate(4).putInt(random.nextInt()).array();
        byte[] v4 =
                switch (random.nextInt(3)) {
                    case 0 -> ipv4(source, 0, 4, ipv4());
                    case 1 -> ipv4(source, 0x2000, 17, hex("0035 9c40 0008 0000"));
                    default -> ipv4(source, 0, 6, Frames.tcp());
                };
        return switch (random.nextInt(7)) {
            case 0 -> Frames.ethernet(0x86dd, ipv6());
            case 1 -> Frames.ethernet(0x8100, join(hex("0064 0800"), v4));
            case 2 -> Frames.ethernet(0x88a8, join(hex("0064 8100 0065 86dd"), ipv6()));
            case 3 -> Frames.ethernet(0x8847, join(hex("00064011 00065111"), v4));
            case 4 -> Frames.ethernet(0x0806, join(hex("0001 0800 0604 0001"), new byte[20]));
            case 5 -> Frames.ethernet(0x8864, join(hex("1100 0001 0062 0021"), v4));
            default -> Frames.ethernet(0x0800, v4);
        };
    }
}
