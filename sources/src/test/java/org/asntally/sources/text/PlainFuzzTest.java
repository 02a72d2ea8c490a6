package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Addresses, tuples, tcpdump's text and forwarded headers of any bytes: no exception, no endless
 * loop, no more flows than lines. Seeds are generated; as tests the targets run on them alone.
 * {@code ./test.sh long} fuzzes them.
 */
class PlainFuzzTest {

    private static final String MINUTES = "10m";

    private static final String[] ADDRESSES = {
        "192.0.2.1",
        "2001:db8::1",
        "::ffff:192.0.2.1",
        "[2001:db8::2]",
        "fe80::1%eth0",
        "10.0.0.1",
        "1.2.3"
    };

    private static byte[] seed(long seed, String[] shapes) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int line = random.nextInt(1, 6); line > 0; line--) {
            String shape = shapes[random.nextInt(shapes.length)];
            while (shape.contains("@")) {
                shape = shape.replaceFirst("@", ADDRESSES[random.nextInt(ADDRESSES.length)]);
            }
            text.append(shape).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Stream<byte[]> seeds(String... shapes) {
        return LongStream.range(0, 30).mapToObj(seed -> seed(seed, shapes));
    }

    private static long flows(byte[] bytes, LineFormat format, ReaderOptions options) {
        byte[] text = Arrays.copyOf(bytes, bytes.length + 1);
        text[bytes.length] = '\n';
        LineReader reader = format.open(options);
        FlowBatchBuilder flows = new FlowBatchBuilder(EnumSet.allOf(FlowColumn.class));
        long rows = 0;
        long skips = 0;
        for (int at = 0; at < text.length; ) {
            int next = reader.readBlock(text, at, text.length, flows);
            assertThat(next).isGreaterThan(at);
            at = next;
            FlowBatch batch = flows.build();
            rows += batch.rows();
            for (int i = 0; i < batch.skips(); i++) {
                skips += batch.skipCount(i);
            }
        }
        long lines = 0;
        for (byte b : text) {
            lines += b == '\n' ? 1 : 0;
        }
        assertThat(rows + skips).isLessThanOrEqualTo(lines);
        return rows;
    }

    static Stream<byte[]> lineSeeds() {
        return seeds(
                "@", " @ ", "@ trailing", "# @", "", "@\t3", "@ 1e3", "@ -0.5", "@ nan", "@ 0x1p3");
    }

    @MethodSource("lineSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void line(byte @Nullable [] bytes) {
        if (bytes != null) {
            flows(bytes, PlainFormat.LINE, ReadLines.OPTIONS);
            flows(bytes, PlainFormat.TUPLE, ReadLines.OPTIONS);
        }
    }

    static Stream<byte[]> dumpSeeds() {
        return seeds(
                "12:00:00.000001 IP @.443 > @.51234: Flags [S.], seq 1, win 5, length 0",
                "1772366400.5 IP6 @ > @: ICMP6, echo request, seq 1, length 64",
                "2026-03-01 12:00:00.1 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800),"
                        + " length 98: @ > @: ICMP echo reply, id 1, seq 2, length 64",
                "12:00:00.000001 eth0  In  IP (tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto UDP"
                        + " (17), length 60)",
                "    @.53 > @.4000: 1+ A? example.com. (29)",
                "12:00:00.000001 ARP, Request who-has @ tell @, length 28");
    }

    @MethodSource("dumpSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void tcpdump(byte @Nullable [] bytes) {
        if (bytes != null) {
            flows(bytes, TcpdumpFormat.INSTANCE, ReadLines.OPTIONS);
        }
    }

    static Stream<byte[]> forwardedSeeds() {
        return seeds(
                "@, @, @",
                "for=@;proto=https;by=@, for=\"@\"",
                "For=\"@:4711\", for=unknown, for=_hidden",
                "for=\"[2001:db8::1]:80\";host=\"a,b\\\"c\", for=@",
                ", ,;;=,for=,for=\"");
    }

    /** As the list of a peer that is trusted, and of one that is not there. */
    @MethodSource("forwardedSeeds")
    @FuzzTest(maxDuration = MINUTES)
    void forwarded(byte @Nullable [] list) {
        if (list == null) {
            return;
        }
        FlowBatchBuilder flows = new FlowBatchBuilder(EnumSet.of(FlowColumn.SOURCE));
        ForwardedClient client =
                new ForwardedClient(new ClientText(ReadLines.OPTIONS), TrustedProxies.OWN);
        byte[] peer = "10.0.0.1".getBytes(StandardCharsets.US_ASCII);
        client.source(peer, 0, peer.length, list, 0, list.length, flows);
        flows.endFlow();
        client.source(peer, 0, 0, list, 0, list.length, flows);
        flows.endFlow();
        assertThat(flows.build().rows()).isEqualTo(2);
    }
}
