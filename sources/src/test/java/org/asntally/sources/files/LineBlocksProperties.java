package org.asntally.sources.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However an input is cut and however its bytes come, each line comes once. */
class LineBlocksProperties {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void partsGiveEachLineOnce(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] text = text(random, seed % 30 == 0 ? LineBlocks.LONGEST_LINE : 40);
        List<String> expected = new ArrayList<>();
        int expectedLong = split(text, expected);

        List<String> lines = new ArrayList<>();
        int[] tooLong = {0};
        int start = 0;
        while (start < text.length) {
            boolean last = random.nextInt(4) == 0;
            int end = last ? text.length - 1 : start + 1 + random.nextInt(text.length - start);
            if (end >= text.length - 1) {
                end = text.length - 1;
                last = true;
            }
            read(text, start, end, random, lines, tooLong);
            if (last) {
                break;
            }
            start = end;
        }

        assertThat(lines).as("seed %d", seed).isEqualTo(expected);
        assertThat(tooLong[0]).as("seed %d", seed).isEqualTo(expectedLong);
    }

    /** Reads a part, leaving it at random and going on from where it says. */
    private static void read(
            byte[] text,
            int start,
            int lastStart,
            SplittableRandom random,
            List<String> lines,
            int[] tooLong)
            throws Exception {
        long at = start;
        boolean inLine = start > 0;
        for (int leave = 8; ; leave--) {
            LineBlocks blocks =
                    new LineBlocks(
                            new Crumbs(text, (int) at, random.split()),
                            at,
                            inLine,
                            lastStart,
                            (reason, bytes, from, to) -> tooLong[0]++);
            int steps = leave > 0 ? 1 + random.nextInt(50) : Integer.MAX_VALUE;
            while (steps-- > 0) {
                if (blocks.next() == Blocks.Next.END) {
                    return;
                }
                if (random.nextInt(5) > 0) {
                    take(blocks, text, lines);
                }
            }
            at = blocks.position();
            inLine = blocks.isInLine();
        }
    }

    private static void take(LineBlocks blocks, byte[] text, List<String> lines) {
        byte[] block = blocks.bytes();
        int from = blocks.from();
        for (int i = from; i < blocks.to(); i++) {
            if (block[i] == '\n') {
                long position = blocks.positionOf(from);
                assertThat(text[(int) position] == block[from] || i == from).isTrue();
                lines.add(new String(block, from, i - from, StandardCharsets.ISO_8859_1));
                from = i + 1;
            }
        }
        assertThat(from).as("whole lines only").isEqualTo(blocks.to());
        blocks.consume(from);
    }

    private static byte[] text(SplittableRandom random, int longest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextInt(4) == 0) {
            out.writeBytes(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        }
        int lines = 1 + random.nextInt(longest > 1000 ? 4 : 60);
        for (int i = 0; i < lines; i++) {
            byte[] line = new byte[random.nextInt(longest)];
            if (longest > 1000 && random.nextInt(3) == 0) {
                line = new byte[LineBlocks.LONGEST_LINE + random.nextInt(3) - 1];
            }
            Arrays.fill(line, (byte) ('a' + random.nextInt(26)));
            out.writeBytes(line);
            if (i < lines - 1 || random.nextBoolean()) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    /** The lines of the text, and how many are too long. */
    private static int split(byte[] text, List<String> lines) {
        int tooLong = 0;
        int from = text.length >= 3 && text[0] == (byte) 0xef ? 3 : 0;
        for (int i = from; i <= text.length; i++) {
            if (i < text.length ? text[i] == '\n' : from < i) {
                // The mark counts as bytes of its line.
                if (i - (from == 3 && text[0] == (byte) 0xef ? 0 : from)
                        > LineBlocks.LONGEST_LINE) {
                    tooLong++;
                } else {
                    lines.add(new String(text, from, i - from, StandardCharsets.ISO_8859_1));
                }
                from = i + 1;
            }
        }
        return tooLong;
    }

    /** Bytes that come in pieces of any size, with pauses. */
    private static final class Crumbs implements ByteFeed {
        private final byte[] text;
        private final SplittableRandom random;
        private int at;

        Crumbs(byte[] text, int at, SplittableRandom random) {
            this.text = text;
            this.at = at;
            this.random = random;
        }

        @Override
        public int read(byte[] into, int to, int length) {
            if (random.nextInt(8) == 0) {
                return 0;
            }
            if (at == text.length) {
                return END;
            }
            int most = Math.min(length, text.length - at);
            int n = random.nextBoolean() ? most : Math.min(most, 1 + random.nextInt(30));
            n = text.length > 100_000 ? most : n;
            System.arraycopy(text, at, into, to, n);
            at += n;
            return n;
        }

        @Override
        public CompletableFuture<Void> available() {
            return NOW;
        }

        @Override
        public void stop() {
            at = text.length;
        }

        @Override
        public void close() {}
    }
}
