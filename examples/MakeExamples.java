import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes the inputs of this folder: {@code java examples/MakeExamples.java [FOLDER]}. Seeded, so everybody makes the
 * same bytes. The addresses are those of public services (resolvers, crawlers, registries) and, as the unrouted
 * part, those reserved for documentation (RFC 5737, RFC 3849); who asked for what is invented.
 */
public final class MakeExamples {

    /** Networks by their share of the traffic: a template in which %d is the host, and how many hosts. */
    private static final Object[][] NETWORKS = {
        {"66.249.66.%d", 40, 19}, // a crawler
        {"8.8.8.%d", 8, 13},
        {"1.1.1.%d", 6, 11},
        {"2001:4860:4860::%x", 30, 10},
        {"208.80.154.%d", 60, 8},
        {"9.9.9.%d", 12, 7},
        {"2606:4700:4700::%x", 20, 7},
        {"208.67.222.%d", 9, 5},
        {"193.0.6.%d", 30, 4},
        {"2001:67c:2e8:22::%x", 25, 4},
        {"77.88.8.%d", 8, 3},
        {"2001:470:20::%x", 5, 2},
        {"203.0.113.%d", 90, 3}, // unrouted
        {"198.51.100.%d", 20, 1},
        {"2001:db8:17::%x", 50, 3},
    };

    private static final String[] PATHS = {
        "/", "/index.html", "/about", "/feed.xml", "/img/logo.svg", "/search?q=bgp", "/robots.txt", "/wp-login.php"
    };
    private static final int[] STATUSES = {200, 200, 200, 200, 304, 301, 404, 404};
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "curl/7.88.1",
        "-"
    };

    private final SplittableRandom random;

    private MakeExamples(long seed) {
        random = new SplittableRandom(seed);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "examples");
        write(folder, "access.log", new MakeExamples(1).accessLog(4000));
        write(folder, "tuples.txt", new MakeExamples(2).tuples(600));
        write(folder, "tcpdump.txt", new MakeExamples(3).tcpdump(600));
        Files.write(folder.resolve("traffic.pcap"), new MakeExamples(4).pcap(300));
        Files.write(folder.resolve("sflow.pcap"), new MakeExamples(5).sflow(120));
    }

    private static void write(Path folder, String name, String text) throws IOException {
        try (Writer out = Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8)) {
            out.write(text);
        }
    }

    /** Combined log format, one day in order of time, with a few lines as they really come. */
    private String accessLog(int lines) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
        Instant day = Instant.parse("2026-11-23T00:00:00Z");
        Map<Long, String> byTime = new TreeMap<>();
        for (int i = 0; i < lines; i++) {
            long second = random.nextLong(86_400);
            String when = format.format(day.plusSeconds(second));
            int page = random.nextInt(PATHS.length);
            String line =
                    switch (i) {
                        case 100 -> "- - - [" + when + "] \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"";
                        case 200 -> "crawler.example.net - - [" + when + "] \"GET / HTTP/1.1\" 200 12 \"-\" \"-\"";
                        case 300 -> "a line that was cut";
                        default ->
                                "%s - - [%s] \"GET %s HTTP/1.1\" %d %d \"-\" \"%s\""
                                        .formatted(
                                                address(),
                                                when,
                                                PATHS[page],
                                                STATUSES[page],
                                                random.nextInt(200, 40_000),
                                                AGENTS[random.nextInt(AGENTS.length)]);
                    };
            byTime.put(second * lines + i, line);
        }
        return String.join("\n", byTime.values()) + "\n";
    }

    /** An address and a number a line: bytes as they were counted elsewhere. */
    private String tuples(int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(address()).append(' ').append(random.nextInt(40, 1_500_000)).append('\n');
        }
        return text.toString();
    }

    /** What "tcpdump -n" prints. */
    private String tcpdump(int lines) {
        StringBuilder text = new StringBuilder();
        long micros = 36_000_000_000L;
        for (int i = 0; i < lines; i++) {
            micros += random.nextLong(1, 40_000);
            String from = address();
            boolean v6 = from.indexOf(':') >= 0;
            String to = v6 ? "2001:db8::80" : "192.0.2.80";
            text.append(
                    "%02d:%02d:%02d.%06d %s "
                            .formatted(
                                    micros / 3_600_000_000L,
                                    micros / 60_000_000 % 60,
                                    micros / 1_000_000 % 60,
                                    micros % 1_000_000,
                                    v6 ? "IP6" : "IP"));
            int length = random.nextInt(0, 1449);
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "%s.%d > %s.8443: UDP, length %d".formatted(from, port(), to, length);
                        case 1 ->
                                v6
                                        ? "%s > %s: ICMP6, echo request, id 1, seq %d, length 64".formatted(from, to, i)
                                        : "%s > %s: ICMP echo request, id 1, seq %d, length 64".formatted(from, to, i);
                        default ->
                                "%s.%d > %s.443: Flags [P.], seq 1:%d, ack 1, win 502, length %d"
                                        .formatted(from, port(), to, length + 1, length);
                    });
            text.append('\n');
        }
        return text.toString();
    }

    /** What "tcpdump -s 96 -w" writes: Ethernet, both directions, each sixtieth packet ARP. */
    private byte[] pcap(int packets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xa1b2c3d4);
        out.writeInt(0x00020004);
        out.writeLong(0);
        out.writeInt(96);
        out.writeInt(1);
        long micros = 1_795_860_000_000_000L;
        for (int i = 0; i < packets; i++) {
            micros += random.nextLong(1, 200_000);
            int length = random.nextInt(0, 1449);
            byte[] frame = i % 60 == 59 ? arp() : packet(i, random.nextInt(3) > 0, length);
            out.writeInt((int) (micros / 1_000_000));
            out.writeInt((int) (micros % 1_000_000));
            out.writeInt(frame.length);
            out.writeInt(i % 60 == 59 ? 60 : frame.length + length);
            out.write(frame);
        }
        return bytes.toByteArray();
    }

    private static byte[] arp() {
        return HexFormat.of()
                .parseHex("ffffffffffff02000000000208060001080006040001020000000002c0000250000000000000c0000201");
    }

    /** The headers of a packet from or to somebody; what it carries is cut off. */
    private byte[] packet(int number, boolean comes, int length) throws IOException {
        byte[] other = InetAddress.getByName(address()).getAddress();
        boolean v6 = other.length == 16;
        byte[] here = InetAddress.getByName(v6 ? "2001:db8::80" : "192.0.2.80").getAddress();
        boolean udp = random.nextInt(4) == 0;
        int header = udp ? 8 : 20;
        ByteBuffer frame = ByteBuffer.allocate(14 + (v6 ? 40 : 20) + header);
        frame.putShort((short) 0x0200).putInt(comes ? 2 : 1).putShort((short) 0x0200).putInt(comes ? 1 : 2);
        if (v6) {
            frame.putShort((short) 0x86dd).putInt(0x60000000).putShort((short) (header + length));
            frame.put((byte) (udp ? 17 : 6)).put((byte) 57);
        } else {
            frame.putShort((short) 0x0800).putShort((short) 0x4500).putShort((short) (20 + header + length));
            frame.putShort((short) number).putShort((short) 0x4000).put((byte) 57).put((byte) (udp ? 17 : 6));
            frame.putShort((short) 0);
        }
        frame.put(comes ? other : here).put(comes ? here : other);
        int there = udp ? 53 : 443;
        int port = port();
        frame.putShort((short) (comes ? there : port)).putShort((short) (comes ? port : there));
        if (udp) {
            frame.putShort((short) (header + length)).putShort((short) 0);
        } else {
            frame.putInt(number).putInt(1).putShort((short) 0x5018).putShort((short) 502).putInt(0);
        }
        return frame.array();
    }

    /** What "tcpdump -w sflow.pcap udp port 6343" writes: two exporters, of one of which two datagrams were lost. */
    private byte[] sflow(int datagrams) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xa1b2c3d4);
        out.writeInt(0x00020004);
        out.writeLong(0);
        out.writeInt(262_144);
        out.writeInt(1);
        int[] sequence = new int[2];
        // Each interface at which packets are sampled numbers its own.
        int[] samples = new int[4];
        for (int i = 0; i < datagrams; i++) {
            int exporter = i % 3 == 0 ? 1 : 0;
            byte[] payload = datagram(exporter, ++sequence[exporter], i, samples);
            if (i == 60 || i == 66) {
                continue;
            }
            byte[] frame = udp(exporter, i, payload);
            long micros = 1_795_860_000_000_000L + 500_000L * i;
            out.writeInt((int) (micros / 1_000_000));
            out.writeInt((int) (micros % 1_000_000));
            out.writeInt(frame.length);
            out.writeInt(frame.length);
            out.write(frame);
        }
        return bytes.toByteArray();
    }

    /** Flow samples of 1 packet in 256 or 512, each tenth datagram also one of counters. */
    private byte[] datagram(int exporter, int sequence, int i, int[] samples) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int rate = 256 << exporter;
        int count = random.nextInt(1, 5);
        boolean counters = i % 10 == 9;
        for (int word : new int[] {5, 1, 0xc000020a + exporter, 0, sequence, 500 * i, count + (counters ? 1 : 0)}) {
            out.writeInt(word);
        }
        for (int s = 0; s < count; s++) {
            int length = random.nextInt(0, 1449);
            boolean comes = random.nextInt(3) > 0;
            byte[] header = packet(i, comes, length);
            int padding = (4 - header.length % 4) % 4;
            int number = ++samples[2 * exporter + (comes ? 1 : 0)];
            int in = comes ? 1 + exporter : 8;
            int record = 16 + header.length + padding;
            int[] words = {
                1, 32 + 8 + record, number, in, rate, rate * number, 0, in, comes ? 8 : 1 + exporter, 1,
                1, record, 1, header.length + length + 4, 4, header.length
            };
            for (int word : words) {
                out.writeInt(word);
            }
            out.write(header);
            out.write(new byte[padding]);
        }
        if (counters) {
            for (int word : new int[] {2, 12 + 8 + 88, i / 10, 8, 1, 1, 88}) {
                out.writeInt(word);
            }
            out.write(new byte[88]);
        }
        return bytes.toByteArray();
    }

    private static byte[] udp(int exporter, int number, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + payload.length);
        frame.putShort((short) 0x0200).putInt(1).putShort((short) 0x0200).putInt(2).putShort((short) 0x0800);
        frame.putShort((short) 0x4500).putShort((short) (20 + 8 + payload.length)).putShort((short) number);
        frame.putShort((short) 0x4000).put((byte) 64).put((byte) 17).putShort((short) 0);
        frame.putInt(0xc000020a + exporter).putInt(0xc0000201);
        frame.putShort((short) 50_000).putShort((short) 6343).putShort((short) (8 + payload.length));
        frame.putShort((short) 0).put(payload);
        return frame.array();
    }

    private int port() {
        return random.nextInt(1024, 65_536);
    }

    private String address() {
        int at = random.nextInt(100);
        for (Object[] network : NETWORKS) {
            at -= (int) network[2];
            if (at < 0) {
                return ((String) network[0]).formatted(1 + random.nextInt((int) network[1]));
            }
        }
        throw new AssertionError("the shares make a hundred");
    }
}
