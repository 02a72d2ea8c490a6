package org.asntally.sources.text;

/**
 * Reads durations as Go prints them, and others do: {@code 1.5s}, {@code 12ms}, {@code 1m2.5s}. One
 * per thread.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 */
final class GoDuration {
    private final PythonFloat number = new PythonFloat();
    private double seconds;

    /** What was read last. */
    double seconds() {
        return seconds;
    }

    /** Reads all of {@code text[from, to)}; false when that is none. */
    boolean parse(byte[] text, int from, int to) {
        double sum = 0;
        int at = from;
        while (at < to) {
            int start = at;
            while (at < to && (text[at] == '.' || (text[at] >= '0' && text[at] <= '9'))) {
                at++;
            }
            int unit = at;
            while (at < to && text[at] != '.' && (text[at] < '0' || text[at] > '9')) {
                at++;
            }
            double scale = scale(text, unit, at);
            if (scale == 0 || !number.parse(text, start, unit)) {
                return false;
            }
            sum += number.value() * scale;
        }
        seconds = sum;
        return to > from && sum <= PythonFloat.LIMIT;
    }

    private static double scale(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 1) {
            return switch (text[from]) {
                case 's' -> 1;
                case 'm' -> 60;
                case 'h' -> 3600;
                default -> 0;
            };
        }
        if (length < 2 || length > 3 || text[to - 1] != 's') {
            return 0;
        }
        return switch (text[from]) {
            case 'm' -> length == 2 ? 1e-3 : 0;
            case 'u' -> length == 2 ? 1e-6 : 0;
            case 'n' -> length == 2 ? 1e-9 : 0;
            // Either of the two letters mu, in UTF-8.
            case (byte) 0xc2 -> length == 3 && text[from + 1] == (byte) 0xb5 ? 1e-6 : 0;
            case (byte) 0xce -> length == 3 && text[from + 1] == (byte) 0xbc ? 1e-6 : 0;
            default -> 0;
        };
    }
}
