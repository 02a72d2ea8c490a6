package org.asntally.sources.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes: no reader throws, and none is moved by what stands around its line. {@code
 * -Dasntally.mutations=N} sets how many lines each reader meets; {@code -Dasntally.long=true} makes
 * that five million.
 */
class ReaderProperties {
    private static final int MUTATIONS =
            Integer.getInteger(
                    "asntally.mutations",
                    Boolean.getBoolean("asntally.long") ? 5_000_000 : 200_000);

    private static final String LOG =
            "192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 1234 \"-\" \"curl\"";

    private static final byte[][] PIECES =
            bytes(
                    "",
                    " ",
                    ".",
                    ":",
                    "::",
                    "[",
                    "]",
                    "\"",
                    "\\",
                    "\\\"",
                    "%",
                    "#",
                    "-",
                    ",",
                    "/",
                    " > ",
                    ": ",
                    "IP ",
                    "IP6 ",
                    "(tos 0x0",
                    "length ",
                    "255.255.255.255",
                    "0",
                    "00",
                    "9999999999",
                    "1e308",
                    "\r",
                    "\u00a0",
                    "\u0661",
                    "\ufeff",
                    "::ffff:1.2.3.4",
                    "2001:db8::1",
                    "25:61:61.1",
                    "    ",
                    "\t");

    static Stream<Arguments> readers() {
        return Stream.of(
                Arguments.of(PlainFormat.LINE, List.of("192.0.2.1", "2001:db8::1 # x", " 1.2.3.4")),
                Arguments.of(
                        PlainFormat.TUPLE, List.of("192.0.2.1 1.5", "2001:db8::1 1_000e-3 # x")),
                Arguments.of(
                        TcpdumpFormat.INSTANCE,
                        List.of(
                                "12:00:00.1 IP 192.0.2.1.4 > 198.51.100.7.5: Flags [.], length 0",
                                " 00:00:00.1 IP6 2001:db8::1.4 > 2001:db8::2.5: UDP, length 7",
                                "2026-03-01 12:00:00.1 IP (tos 0x0, ttl 1, id 1, length 60)",
                                "    192.0.2.1.443 > 198.51.100.7.5123: tcp 0",
                                "caplen 9 len 9 1772366400.1 ARP, Request who-has 192.0.2.1")),
                Arguments.of(LogFormat.COMBINED, List.of(LOG, LOG.replace("192", "::ffff:192"))),
                Arguments.of(LogFormat.VHOST_COMBINED, List.of("w.example.com:80 " + LOG)),
                Arguments.of(
                        LogFormat.of("%{%e %b %y %I:%M:%S %p %Z}t.%{usec_frac}t %h %b %D"),
                        List.of(" 1 Mar 26 12:00:00 PM UTC.123456 192.0.2.1 5 1000")),
                Arguments.of(
                        new JsonFormat(JsonFields.CADDY),
                        List.of(JsonLinesTest.CADDY, JsonLinesTest.OLD_CADDY)),
                Arguments.of(
                        new JsonFormat(JsonFields.NGINX),
                        List.of(JsonLinesTest.NGINX, "<190>Mar  1 1:0:0 w x: {}")),
                Arguments.of(
                        NetfilterFormat.INSTANCE,
                        List.of(
                                "Mar  1 12:00:00 gw kernel: [1.5] IN=eth0 SRC=192.0.2.1"
                                        + " DST=192.0.2.2 LEN=60 TOS=0x08 TTL=5 PROTO=TCP SPT=1 DPT=2"
                                        + " SYN",
                                "2026-03-01T12:00:00+01:00 gw kernel: SRC=2001:db8::1 DST=::1 LEN=9"
                                        + " PROTO=ICMPv6 [SRC=::1]")),
                Arguments.of(
                        LogFormat.COMBINED,
                        List.of(
                                "<190>Mar  1 13:00:00 w nginx[1]: " + LOG,
                                "<190>1 2026-03-01T12:00:00Z w n 1 - [a b=\"c\"] " + LOG)),
                Arguments.of(
                        LogFormat.of("$msec $http_x_forwarded_for \"$request\" $request_time"),
                        List.of("1772366400.123 192.0.2.1, 192.0.2.2 \"GET /\" 0.1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void neitherThrowsNorLooksOutsideOfItsLine(LineFormat format, List<String> seeds) {
        long seed = 20260301;
        SplittableRandom random = new SplittableRandom(seed);
        FlowBatchBuilder alone = new FlowBatchBuilder(EnumSet.allOf(FlowColumn.class));
        FlowBatchBuilder amid = new FlowBatchBuilder(EnumSet.allOf(FlowColumn.class));
        LineReader reader = format.open(ReadLines.OPTIONS);
        LineReader other = format.open(ReadLines.OPTIONS);
        byte[] around = new byte[4096];
        Map<SkipReason, Integer> seen = new TreeMap<>();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] line = mutate(seeds.get(random.nextInt(seeds.size())), random);
            int from = 16 + random.nextInt(64);
            Arrays.fill(
                    around,
                    from - 16,
                    from + line.length + 32,
                    (byte) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt()));
            System.arraycopy(line, 0, around, from, line.length);
            SkipReason reason;
            SkipReason amidReason;
            try {
                reason = reader.read(line, 0, line.length, alone);
                amidReason = other.read(around, from, from + line.length, amid);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", " + i + ": " + text(line), e);
            }
            if (reason != amidReason) {
                throw new AssertionError(
                        "seed "
                                + seed
                                + ", "
                                + i
                                + ": "
                                + reason
                                + " alone, "
                                + amidReason
                                + " amid others: "
                                + text(line));
            }
            seen.merge(reason, 1, Integer::sum);
            if (alone.isFull() || i == MUTATIONS - 1) {
                assertSame(alone, amid, seed);
            }
        }
        assertThat(seen).as("the mutations are of all sorts").hasSizeGreaterThan(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void aBlockIsReadAsItsLinesAre(LineFormat format, List<String> seeds) {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (Set<FlowColumn> columns : wishes(format)) {
            FlowBatchBuilder byLine = new FlowBatchBuilder(columns);
            FlowBatchBuilder byBlock = new FlowBatchBuilder(columns);
            LineReader lineReader = format.open(ReadLines.OPTIONS);
            LineReader blockReader = format.open(ReadLines.OPTIONS);
            for (int block = 0; block < 100; block++) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                for (int i = 0; i < 50; i++) {
                    byte[] line = mutate(seeds.get(random.nextInt(seeds.size())), random);
                    for (int b = 0; b < line.length; b++) {
                        line[b] = line[b] == '\n' ? (byte) ' ' : line[b];
                    }
                    SkipReason reason = lineReader.read(line, 0, line.length, byLine);
                    if (reason != SkipReason.NONE) {
                        byLine.skip(reason);
                    }
                    text.writeBytes(line);
                    text.write('\n');
                }
                int stop = blockReader.readBlock(text.toByteArray(), 0, text.size(), byBlock);

                assertThat(stop).isEqualTo(text.size());
                assertThat(byBlock.build().bytes())
                        .as(() -> "seed " + seed + ", block:\n" + text(text.toByteArray()))
                        .isEqualTo(byLine.build().bytes());
            }
        }
    }

    /** The source alone, with each other column that the format has, and with all. */
    private static List<Set<FlowColumn>> wishes(LineFormat format) {
        List<Set<FlowColumn>> wishes = new ArrayList<>();
        wishes.add(Set.of(FlowColumn.SOURCE));
        Set<FlowColumn> all = EnumSet.of(FlowColumn.SOURCE);
        for (FlowColumn column : FlowColumn.values()) {
            // Without a time of their own flows have the moment of reading.
            if (column != FlowColumn.SOURCE
                    && format.provides(column)
                    && format != TcpdumpFormat.INSTANCE) {
                wishes.add(EnumSet.of(FlowColumn.SOURCE, column));
                all.add(column);
            }
        }
        wishes.add(all);
        return wishes;
    }

    private static void assertSame(FlowBatchBuilder alone, FlowBatchBuilder amid, long seed) {
        var one = alone.build();
        var two = amid.build();
        for (FlowColumn column : FlowColumn.values()) {
            if (column != FlowColumn.TIME) {
                assertThat(values(two, column))
                        .as("%s, seed %s", column, seed)
                        .isEqualTo(values(one, column));
            }
        }
    }

    /** All values of a column as numbers. */
    private static long[] values(FlowBatch batch, FlowColumn column) {
        int rows = batch.rows();
        long[] values = new long[4 * rows + 64];
        if (column.isText()) {
            int[] texts = new int[rows];
            batch.textOfRows(column, texts);
            for (int i = 0; i < rows; i++) {
                values[i] =
                        Arrays.hashCode(
                                Arrays.copyOfRange(
                                        batch.bytes(),
                                        batch.textStart(column, texts[i]),
                                        batch.textEnd(column, texts[i])));
            }
            return values;
        }
        switch (column) {
            case SOURCE, DESTINATION, EXPORTER -> {
                int v4Count = batch.v4Count(column);
                int[] v4 = new int[v4Count];
                long[] high = new long[rows - v4Count];
                long[] low = new long[rows - v4Count];
                batch.families(column, values);
                batch.v4(column, v4, v4Count);
                batch.v6(column, v4Count, high, low);
                int at = rows;
                for (int address : v4) {
                    values[at++] = address;
                }
                System.arraycopy(high, 0, values, 2 * rows, high.length);
                System.arraycopy(low, 0, values, 3 * rows, low.length);
            }
            default -> {
                if (batch.isFractional(column)) {
                    double[] doubles = new double[rows];
                    batch.doubles(column, doubles);
                    for (int i = 0; i < rows; i++) {
                        values[i] = Double.doubleToLongBits(doubles[i]);
                    }
                } else {
                    batch.longs(column, values);
                }
            }
        }
        return values;
    }

    private static byte[] mutate(String line, SplittableRandom random) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length + 1);
            int until =
                    at + (int) (random.nextDouble() * random.nextDouble() * (bytes.length - at));
            byte[] piece =
                    random.nextInt(3) == 0
                            ? new byte[] {(byte) random.nextInt()}
                            : PIECES[random.nextInt(PIECES.length)];
            byte[] changed = new byte[at + piece.length + bytes.length - until];
            System.arraycopy(bytes, 0, changed, 0, at);
            System.arraycopy(piece, 0, changed, at, piece.length);
            System.arraycopy(bytes, until, changed, at + piece.length, bytes.length - until);
            bytes = changed;
        }
        return bytes;
    }

    private static byte[][] bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static String text(byte[] line) {
        return Arrays.toString(line) + " = " + new String(line, StandardCharsets.ISO_8859_1);
    }
}
