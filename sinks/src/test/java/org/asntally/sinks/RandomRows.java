package org.asntally.sinks;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Rows such as a job could make, and worse ones. */
public final class RandomRows {

    private RandomRows() {}

    /** Up to 600 rows of up to three measures; some columns are constant. */
    public static TallyRows any(SplittableRandom random) {
        TallyRows rows = new TallyRows(random.nextInt(4), random.nextInt(8));
        int size = random.nextInt(600);
        boolean sameRib = random.nextBoolean();
        boolean sameFirst = random.nextBoolean();
        int bits = 1 + random.nextInt(64);
        for (int i = 0; i < size; i++) {
            KeyKind kind = KeyKind.values()[random.nextInt(KeyKind.values().length)];
            Side side = Side.values()[random.nextInt(Side.values().length)];
            int row =
                    rows.append(
                            TallyRows.tag(kind, side, random.nextBoolean(), random.nextInt(256)),
                            sameRib ? -5 : random.nextLong(),
                            random.nextLong() >> (64 - bits),
                            random.nextLong() >>> (64 - bits),
                            random.nextInt(),
                            sameFirst ? Long.MAX_VALUE : random.nextLong());
            for (int m = 0; m < rows.measures(); m++) {
                rows.add(row, m, random.nextLong() >> random.nextInt(64));
                if (random.nextInt(10) == 0) {
                    rows.add(row, m, random.nextLong());
                    ExactSum sum = new ExactSum();
                    sum.add(random.nextDouble() * 1e6);
                    sum.add(random.nextDouble() * 1e-20);
                    rows.add(row, m, sum);
                }
            }
            if (random.nextInt(5) == 0) {
                String name = "A\t\u001b\u20ac\ud83d\ude00".repeat(random.nextInt(4));
                rows.name(row, name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return rows;
    }
}
