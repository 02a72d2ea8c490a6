package org.asntally.sinks.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.asntally.sinks.TallyRows;

/** Values as text, the way CPython prints them: asncounter's readers expect its digits. */
final class Numbers {

    private static final double WHOLE = 1e15;

    private Numbers() {}

    /** A value rounded half to even, as whole number. */
    static String rounded(TallyRows rows, int row, int measure) {
        if (rows.exact(row, measure) == null) {
            return Long.toString(rows.sum(row, measure));
        }
        double value = Math.rint(rows.value(row, measure));
        return Math.abs(value) < WHOLE
                ? Long.toString((long) value)
                : new BigDecimal(value).toBigInteger().toString();
    }

    /** A value in full: {@code 3}, {@code 5.9}. */
    static String exact(TallyRows rows, int row, int measure) {
        if (rows.exact(row, measure) == null) {
            return Long.toString(rows.sum(row, measure));
        }
        double value = rows.value(row, measure);
        return value == Math.rint(value) && Math.abs(value) < WHOLE
                ? Long.toString((long) value)
                : python(value);
    }

    /** Two values in per cent: two decimals, half to even, none of them padding. */
    static String percent(double count, double total) {
        double percent = total == 0 ? 0 : count / total * 100;
        if (!(Math.abs(percent) < WHOLE)) {
            return Double.isFinite(percent) ? python(percent) : "0.0";
        }
        BigDecimal rounded = new BigDecimal(percent).setScale(2, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0) {
            return percent < 0 ? "-0.0" : "0.0";
        }
        String text = rounded.toPlainString();
        return text.charAt(text.length() - 1) == '0' ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * The shortest text that reads back as this double: {@code 3.0}, {@code 5.9}, {@code 1e+16}.
     */
    static String python(double value) {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
            String sign = value == 0 && 1 / value < 0 ? "-" : "";
            return sign.concat(Long.toString((long) value)).concat(".0");
        }
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        // Up to 15 digits survive the way through a double, so a shorter text shows as zeros.
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = Math.abs(value) < 1e-290 ? 1 : 15; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        StringBuilder text = new StringBuilder(26);
        if (value < 0) {
            text.append('-');
        }
        if (exponent >= 16 || exponent < -4) {
            text.append(digits, 0, 1);
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            text.append('e').append(exponent < 0 ? '-' : '+');
            int power = Math.abs(exponent);
            return text.append(power < 10 ? "0" : "").append(power).toString();
        }
        if (exponent < 0) {
            text.append("0.");
            for (int zero = -1; zero > exponent; zero--) {
                text.append('0');
            }
            return text.append(digits).toString();
        }
        int whole = exponent + 1;
        for (int i = 0; i < Math.max(whole, digits.length()); i++) {
            if (i == whole) {
                text.append('.');
            }
            text.append(i < digits.length() ? digits.charAt(i) : '0');
        }
        return digits.length() <= whole ? text.append(".0").toString() : text.toString();
    }
}
