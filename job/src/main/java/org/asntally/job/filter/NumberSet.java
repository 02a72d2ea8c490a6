package org.asntally.job.filter;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** A set of whole numbers as ranges that do not touch. Immutable; any number of threads. */
final class NumberSet implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int BITMAP = 1 << 16;

    private final long[] firsts;
    private final long[] lasts;
    // Of sets of several ranges within 16 bits: a bit for each number.
    private final long[] bits;

    private NumberSet(long[] firsts, long[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
        boolean small = firsts.length > 1 && firsts[0] >= 0 && lasts[lasts.length - 1] < BITMAP;
        this.bits = small ? new long[BITMAP / 64] : new long[0];
        for (int i = 0; small && i < firsts.length; i++) {
            for (long number = firsts[i]; number <= lasts[i]; number++) {
                bits[(int) (number >>> 6)] |= 1L << number;
            }
        }
    }

    /** The numbers of these ranges, each a first and a last one. */
    static NumberSet of(List<long[]> ranges) {
        long[][] sorted = ranges.toArray(new long[0][]);
        Arrays.sort(sorted, (a, b) -> Long.compare(a[0], b[0]));
        long[] firsts = new long[sorted.length];
        long[] lasts = new long[sorted.length];
        int count = 0;
        for (long[] range : sorted) {
            if (count > 0
                    && (lasts[count - 1] == Long.MAX_VALUE || range[0] <= lasts[count - 1] + 1)) {
                lasts[count - 1] = Math.max(lasts[count - 1], range[1]);
            } else {
                firsts[count] = range[0];
                lasts[count++] = range[1];
            }
        }
        return new NumberSet(Arrays.copyOf(firsts, count), Arrays.copyOf(lasts, count));
    }

    boolean contains(long number) {
        if (bits.length > 0) {
            return number >= 0 && number < BITMAP && (bits[(int) number >>> 6] >>> number & 1) != 0;
        }
        int low = 0;
        int high = firsts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (number < firsts[middle]) {
                high = middle - 1;
            } else if (number > lasts[middle]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Sets the bit of each row whose number is in the set. */
    void find(long[] numbers, int rows, long[] into) {
        if (firsts.length == 1) {
            findOne(numbers, rows, into);
            return;
        }
        for (int word = 0; word < (rows + 63) >>> 6; word++) {
            int end = Math.min(rows, (word + 1) << 6);
            long found = 0;
            for (int row = word << 6; row < end; row++) {
                found |= (contains(numbers[row]) ? 1L : 0L) << row;
            }
            into[word] = found;
        }
    }

    private void findOne(long[] numbers, int rows, long[] into) {
        long first = firsts[0];
        long last = lasts[0];
        for (int word = 0; word < (rows + 63) >>> 6; word++) {
            int end = Math.min(rows, (word + 1) << 6);
            long found = 0;
            for (int row = word << 6; row < end; row++) {
                // Below the first it wraps to a large number: one comparison for both ends.
                boolean in = Long.compareUnsigned(numbers[row] - first, last - first) <= 0;
                found |= (in ? 1L : 0L) << row;
            }
            into[word] = found;
        }
    }
}
