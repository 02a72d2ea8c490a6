package org.asntally.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes into a batch comes out of it, and what a reader does not know is no trouble. */
class FlowBatchProperties {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesBackWhatWasPutIn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EnumSet<FlowColumn> columns = EnumSet.noneOf(FlowColumn.class);
        for (FlowColumn column : FlowColumn.values()) {
            if (random.nextInt(3) > 0) {
                columns.add(column);
            }
        }
        FlowBatchBuilder builder = new FlowBatchBuilder(columns);
        for (int round = 0; round < 3; round++) {
            RandomFlows flows = new RandomFlows(random);
            flows.fill(builder);
            FlowBatch batch = builder.build();

            flows.check(batch, columns, seed);
            flows.check(withUnknownColumn(batch, random), columns, seed);
            assertThat(builder.isEmpty()).isTrue();
        }
    }

    /** The same batch as a newer release may write it: a column 63 among the others. */
    private static FlowBatch withUnknownColumn(FlowBatch batch, SplittableRandom random) {
        byte[] old = batch.bytes();
        int skips = (int) FlowBatch.INT.get(old, 16);
        int columns = (short) FlowBatch.SHORT.get(old, 2);
        int directory = FlowBatch.HEADER + FlowBatch.ENTRY * skips;
        int place = directory + FlowBatch.ENTRY * random.nextInt(columns + 1);
        byte[] bytes = new byte[old.length + FlowBatch.ENTRY + 5];
        System.arraycopy(old, 0, bytes, 0, place);
        System.arraycopy(old, place, bytes, place + FlowBatch.ENTRY, old.length - place);
        FlowBatch.SHORT.set(bytes, 2, (short) (columns + 1));
        FlowBatch.SHORT.set(bytes, place, (short) 63);
        FlowBatch.SHORT.set(bytes, place + 2, (short) 99);
        FlowBatch.INT.set(bytes, place + 4, bytes.length - 5);
        FlowBatch.INT.set(bytes, place + 8, 5);
        for (int c = 0; c <= columns; c++) {
            int entry = directory + FlowBatch.ENTRY * c;
            if (entry != place) {
                int at = (int) FlowBatch.INT.get(bytes, entry + 4);
                FlowBatch.INT.set(bytes, entry + 4, at + FlowBatch.ENTRY);
            }
        }
        return FlowBatch.of(bytes);
    }

    /** Flows in plain arrays. */
    private static final class RandomFlows {
        private final SplittableRandom random;
        private final int rows;
        private final long position;
        private final Map<FlowColumn, long[]> numbers = new EnumMap<>(FlowColumn.class);
        private final Map<FlowColumn, byte[][]> texts = new EnumMap<>(FlowColumn.class);
        private final double[] weights;
        private final boolean[] v6;
        private final long[][] high = new long[3][];
        private final long[][] low = new long[3][];
        private final long[] skips = new long[SkipReason.values().length];

        RandomFlows(SplittableRandom random) {
            this.random = random;
            int[] sizes = {0, 1, 63, 64, 65, random.nextInt(500), FlowBatchBuilder.CAPACITY};
            rows = sizes[random.nextInt(sizes.length)];
            position = FlowBatch.position(random.nextInt(1 << 19), random.nextLong(1L << 44));
            for (FlowColumn column : FlowColumn.values()) {
                if (column.isText()) {
                    texts.put(column, texts(random.nextInt(4)));
                } else if (!column.isAddress() && column != FlowColumn.WEIGHT) {
                    numbers.put(column, numbers(random.nextInt(4)));
                }
            }
            boolean whole = random.nextBoolean();
            weights = new double[rows];
            Arrays.setAll(weights, i -> whole ? random.nextInt() : random.nextDouble() * 1e20);
            int families = random.nextInt(3);
            v6 = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                v6[i] = families == 0 ? random.nextBoolean() : families == 1;
            }
            for (int side = 0; side < 3; side++) {
                high[side] = LongStream.generate(random::nextLong).limit(rows).toArray();
                low[side] = LongStream.generate(random::nextLong).limit(rows).toArray();
            }
            for (int i = 1; i < skips.length; i++) {
                skips[i] = random.nextInt(4) == 0 ? random.nextInt(9) : 0;
            }
        }

        private long[] numbers(int shape) {
            long[] values = new long[rows];
            long first = random.nextLong();
            for (int i = 0; i < rows; i++) {
                values[i] =
                        switch (shape) {
                            case 0 -> first;
                            case 1 -> random.nextInt();
                            case 2 -> random.nextLong();
                            default -> i == rows - 1 ? Long.MIN_VALUE : 1;
                        };
            }
            return values;
        }

        private byte[][] texts(int shape) {
            int different = shape == 0 ? 1 : shape == 1 ? 250 : shape == 2 ? 260 : 1 << 20;
            byte[][] values = new byte[rows][];
            for (int i = 0; i < rows; i++) {
                int which = random.nextInt(different);
                values[i] = (which == 7 ? "" : "/text/" + which).getBytes(StandardCharsets.UTF_8);
            }
            return values;
        }

        void fill(FlowBatchBuilder builder) {
            builder.startsAt(position);
            for (int reason = 0; reason < skips.length; reason++) {
                for (long n = 0; n < skips[reason]; n++) {
                    builder.skip(SkipReason.ofCode(reason));
                }
            }
            for (int i = 0; i < rows; i++) {
                builder.time(at(FlowColumn.TIME, i));
                int row = i;
                numbers.forEach((column, values) -> builder.number(column, values[row]));
                texts.forEach((column, values) -> text(builder, column, values[row]));
                builder.weight(weights[i]);
                if (v6[i]) {
                    builder.source6(high[0][i], low[0][i]);
                    builder.destination6(high[1][i], low[1][i]);
                    builder.exporter6(high[2][i], low[2][i]);
                } else {
                    builder.source4((int) low[0][i]);
                    builder.destination4((int) low[1][i]);
                    builder.exporter4((int) low[2][i]);
                }
                assertThat(builder.isFull()).isFalse();
                builder.endFlow();
            }
            assertThat(builder.isFull()).isEqualTo(rows == FlowBatchBuilder.CAPACITY);
        }

        /** An empty one is not told. */
        private static void text(FlowBatchBuilder builder, FlowColumn column, byte[] text) {
            if (text.length > 0) {
                builder.text(column, text, 0, text.length);
            }
        }

        private long at(FlowColumn column, int row) {
            long[] values = numbers.get(column);
            return values == null ? 0 : values[row];
        }

        void check(FlowBatch batch, EnumSet<FlowColumn> columns, long seed) {
            assertThat(batch.rows()).as("seed %d", seed).isEqualTo(rows);
            assertThat(batch.firstPosition()).isEqualTo(position);
            long[] told = new long[skips.length];
            for (int i = 0; i < batch.skips(); i++) {
                told[batch.skipReason(i).code()] += batch.skipCount(i);
            }
            assertThat(told).isEqualTo(skips);
            for (FlowColumn column : FlowColumn.values()) {
                assertThat(batch.has(column)).isEqualTo(columns.contains(column));
            }
            for (FlowColumn column : columns) {
                switch (column) {
                    case SOURCE -> checkAddresses(batch, column, 0, seed);
                    case DESTINATION -> checkAddresses(batch, column, 1, seed);
                    case EXPORTER -> checkAddresses(batch, column, 2, seed);
                    case WEIGHT -> checkWeights(batch, seed);
                    default -> {
                        if (column.isText()) {
                            checkTexts(batch, column, seed);
                        } else {
                            checkNumbers(batch, column, seed);
                        }
                    }
                }
            }
        }

        private void checkTexts(FlowBatch batch, FlowColumn column, long seed) {
            int[] which = new int[rows];
            batch.textOfRows(column, which);
            byte[][] values = texts.get(column);
            for (int i = 0; values != null && i < rows; i++) {
                assertThat(
                                Arrays.copyOfRange(
                                        batch.bytes(),
                                        batch.textStart(column, which[i]),
                                        batch.textEnd(column, which[i])))
                        .as("seed %d, %s", seed, column)
                        .isEqualTo(values[i]);
            }
        }

        private void checkNumbers(FlowBatch batch, FlowColumn column, long seed) {
            long[] values = new long[rows];
            batch.longs(column, values);
            assertThat(values).as("seed %d, %s", seed, column).isEqualTo(numbers.get(column));
            if (rows > 0 && batch.isConstant(column)) {
                assertThat(batch.constant(column)).isEqualTo(values[0]);
            }
            assertThat(batch.isFractional(column)).isFalse();
        }

        private void checkWeights(FlowBatch batch, long seed) {
            double[] values = new double[rows];
            if (batch.isFractional(FlowColumn.WEIGHT)) {
                batch.doubles(FlowColumn.WEIGHT, values);
            } else {
                long[] whole = new long[rows];
                batch.longs(FlowColumn.WEIGHT, whole);
                Arrays.setAll(values, i -> whole[i]);
            }
            assertThat(values).as("seed %d", seed).isEqualTo(weights);
        }

        private void checkAddresses(FlowBatch batch, FlowColumn column, int side, long seed) {
            int count = batch.v4Count(column);
            int[] v4 = new int[count];
            long[] highs = new long[rows - count];
            long[] lows = new long[rows - count];
            long[] families = new long[(rows + 63) / 64];
            batch.v4(column, v4, count);
            batch.v6(column, count, highs, lows);
            batch.families(column, families);
            int next4 = 0;
            int next6 = 0;
            for (int i = 0; i < rows; i++) {
                assertThat((families[i >> 6] >>> i & 1) == 1).as("seed %d", seed).isEqualTo(v6[i]);
                if (v6[i]) {
                    assertThat(highs[next6]).isEqualTo(high[side][i]);
                    assertThat(lows[next6++]).isEqualTo(low[side][i]);
                } else {
                    assertThat(v4[next4++]).isEqualTo((int) low[side][i]);
                }
            }
        }
    }
}
