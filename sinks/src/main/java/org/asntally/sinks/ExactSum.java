package org.asntally.sinks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of doubles: independent of their order and of how they were grouped.
 *
 * <p>Keeps the sum as doubles that do not overlap, smallest first (J. R. Shewchuk, "Adaptive
 * Precision Floating-Point Arithmetic", 1997; the way of Python's {@code math.fsum}). Numbers
 * beyond 2^900 are refused, so no intermediate result overflows.
 */
public final class ExactSum {

    /** Larger numbers are refused: no quantity of traffic. */
    public static final double LIMIT = 0x1p900;

    private double[] parts = new double[4];
    private int size;

    /** Adds a finite number of at most {@link #LIMIT}. */
    public void add(double number) {
        double x = number;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double y = parts[i];
            double sum = x + y;
            double low = Math.abs(x) < Math.abs(y) ? x - (sum - y) : y - (sum - x);
            if (low != 0) {
                parts[kept++] = low;
            }
            x = sum;
        }
        if (kept == parts.length) {
            parts = Arrays.copyOf(parts, 2 * kept);
        }
        parts[kept] = x;
        size = kept + 1;
    }

    /** Adds a whole number exactly. */
    public void add(long number) {
        long low = number & 0xffffffffL;
        add((double) (number - low));
        add((double) low);
    }

    /** Adds another sum exactly. */
    public void add(ExactSum other) {
        for (int i = 0; i < other.size; i++) {
            add(other.parts[i]);
        }
    }

    /** The sum, correctly rounded (half to even). */
    public double value() {
        if (size == 0) {
            return 0;
        }
        int i = size - 1;
        double high = parts[i];
        double low = 0;
        while (i > 0) {
            double x = high;
            double y = parts[--i];
            high = x + y;
            low = y - (high - x);
            if (low != 0) {
                break;
            }
        }
        // A tie that the parts below decide.
        if (i > 0 && ((low < 0 && parts[i - 1] < 0) || (low > 0 && parts[i - 1] > 0))) {
            double twice = low * 2;
            double up = high + twice;
            if (twice == up - high) {
                high = up;
            }
        }
        return high;
    }

    /** The correctly rounded value of a whole number and, where there is one, an exact sum. */
    public static double value(long whole, @Nullable ExactSum rest) {
        if (rest == null) {
            return (double) whole;
        }
        if (whole == 0) {
            return rest.value();
        }
        ExactSum sum = rest.copy();
        sum.add(whole);
        return sum.value();
    }

    /** A sum of its own. */
    public ExactSum copy() {
        ExactSum copy = new ExactSum();
        copy.parts = parts.clone();
        copy.size = size;
        return copy;
    }

    /** The same with the other sign. */
    public ExactSum negative() {
        ExactSum negative = copy();
        for (int i = 0; i < size; i++) {
            negative.parts[i] = -parts[i];
        }
        return negative;
    }

    /** The parts to write; {@link #of} reads them. */
    public double[] parts() {
        return Arrays.copyOf(parts, size);
    }

    /** The sum with these parts. */
    public static ExactSum of(double[] parts) {
        ExactSum sum = new ExactSum();
        for (double part : parts) {
            sum.add(part);
        }
        return sum;
    }
}
