package org.asntally.job.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.asntally.job.TestTable;
import org.asntally.lookup.Address;
import org.asntally.lookup.rib.Rib;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of random lines are those that a scan over all routes gives, however the lines are cut. */
class QuestionsProperties {

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rowsAreWhatAScanGives(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        TestTable table = TestTable.random(seed, 200, 0);
        StringBuilder lines = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        int unreadable = 0;
        for (int i = 0; i < 3_000; i++) {
            TestTable.Route near = table.routes().get(random.nextInt(table.routes().size()));
            boolean v6 = near.v6();
            long high = near.high();
            long low = near.low();
            if (v6) {
                high ^= random.nextInt(4) == 0 ? 1L << random.nextInt(64) : 0;
                low ^= random.nextLong() >>> random.nextInt(64);
            } else {
                low = (low ^ random.nextInt() >>> random.nextInt(32)) & 0xffffffffL;
            }
            String text = v6 ? Address.text6(high, low) : Address.text4((int) low);
            switch (random.nextInt(12)) {
                case 0 -> {
                    unreadable++;
                    lines.append(text).append('x').append('\n');
                    expected.append(text).append("x\tNone\tNone\t\t\n");
                }
                case 1 -> {
                    lines.append("  ").append('\n');
                    expected.append("\tNone\tNone\t\t\n");
                }
                default -> {
                    boolean blank = random.nextInt(4) == 0;
                    lines.append(blank ? " " : "").append(text).append(blank ? "\t\r\n" : "\n");
                    expected.append(text).append(row(table, v6, high, low));
                }
            }
        }
        byte[] input = lines.toString().getBytes(StandardCharsets.US_ASCII);
        Ran ran = new Ran(table.rib());
        int at = 0;
        while (at < input.length) {
            // Whole lines, as many as there happen to be.
            int end = Math.min(input.length, at + 1 + random.nextInt(9_000));
            while (input[end - 1] != '\n') {
                end++;
            }
            ran.questions.answer(input, at, end);
            at = end;
        }
        assertThat(ran.text()).as("seed %d", seed).isEqualTo(expected.toString());
        assertThat(ran.questions.unreadable()).isEqualTo(unreadable);
    }

    private static String row(TestTable table, boolean v6, long high, long low) {
        long asn = table.asn(v6, high, low);
        if (asn == 0) {
            return "\tNone\tNone\t\t\n";
        }
        int route = v6 ? table.rib().route6(high, low) : table.rib().route4((int) low);
        // The prefix as the scan has it is checked by its owner's test; here the text counts.
        return "\t" + table.rib().prefix(route) + "\t" + asn + "\t" + name(asn) + "\t\n";
    }

    @Test
    void nothingIsAllocatedPerLine() throws Exception {
        TestTable table = TestTable.random(1, 2_000, 0);
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            TestTable.Route near = table.routes().get(random.nextInt(table.routes().size()));
            lines.append(
                            near.v6()
                                    ? Address.text6(near.high(), near.low() + i)
                                    : Address.text4((int) near.low() + i))
                    .append('\n');
        }
        byte[] input = lines.toString().getBytes(StandardCharsets.US_ASCII);
        Ran ran = new Ran(table.rib(), OutputStream.nullOutputStream());
        ran.questions.answer(input, 0, input.length);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ran.questions.answer(input, 0, input.length);

        // What batches of IPv6 lookups take for all of their addresses, not for each.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(input.length / 4L);
    }

    private static final class Ran {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final RowBuffer out;
        final Questions questions;

        Ran(Rib rib) {
            this.out = new RowBuffer(bytes);
            this.questions =
                    new Questions(rib, new TsvRows(rib), out, true, (number, text, from, to) -> {});
        }

        Ran(Rib rib, OutputStream stream) {
            this.out = new RowBuffer(stream);
            this.questions =
                    new Questions(rib, new TsvRows(rib), out, true, (number, text, from, to) -> {});
        }

        String text() throws IOException {
            out.flush();
            return bytes.toString(StandardCharsets.US_ASCII);
        }
    }

    /**
     * The table names one AS; RFC 6996 names the last that it draws, and RFC 7300 the very last.
     */
    private static String name(long asn) {
        if (asn == 4294967295L) {
            return "reserved (RFC 7300)";
        }
        if (asn >= 4200000000L) {
            return "private use (RFC 6996)";
        }
        return asn == 64496 ? "Example 64496" : "";
    }
}
