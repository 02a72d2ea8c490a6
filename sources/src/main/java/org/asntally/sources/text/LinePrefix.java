package org.asntally.sources.text;

/**
 * Passes what syslog and journald write before a line: RFC 3164 and RFC 5424, with the priority or
 * without, the stamps of rsyslog, {@code journalctl -o short}, {@code short-iso} and their kin, and
 * of containers' logs (CRI).
 *
 * <pre>
 * &lt;190&gt;Nov 28 13:00:00 web nginx: 192.0.2.1 - - ...
 * &lt;190&gt;1 2026-11-28T13:00:00.123Z web nginx 42 - - 192.0.2.1 - - ...
 * 2026-11-28T13:00:00+0100 web nginx[42]: 192.0.2.1 - - ...
 * </pre>
 *
 * <p>Remembers whether lines have one, so that those without cost nothing. Allocates nothing, never
 * throws; one per reader.
 */
final class LinePrefix {

    private final boolean wanted;
    private final AnyTime iso;
    private boolean expected;
    private int stampFrom;
    private int stampTo;

    LinePrefix(ReaderOptions options) {
        wanted = options.logs().prefixes();
        iso = new AnyTime(options.zone());
    }

    /** Whether the last line that was read had one. */
    boolean expected() {
        return expected;
    }

    /** Where the stamp of the prefix that was passed last begins. */
    int stampFrom() {
        return stampFrom;
    }

    /** Where it ends. */
    int stampTo() {
        return stampTo;
    }

    /** Where the line begins that stands behind a prefix; {@code from} when there is none. */
    int pass(byte[] text, int from, int to) {
        int at = wanted ? message(text, from, to) : -1;
        expected = at > from;
        return expected ? at : from;
    }

    private int message(byte[] text, int from, int to) {
        int at = from;
        if (at < to && text[at] == '<') {
            at = priority(text, at, to);
            if (at < 0) {
                return -1;
            }
            if (at + 2 < to && text[at] == '1' && text[at + 1] == ' ') {
                return protocol(text, at + 2, to);
            }
        }
        stampFrom = at;
        int stamp = stamp(text, at, to);
        if (stamp < 0 || stamp >= to || text[stamp] != ' ') {
            return -1;
        }
        stampTo = stamp;
        return behindTag(text, stamp + 1, to);
    }

    /** {@code <190>}. */
    private static int priority(byte[] text, int from, int to) {
        int at = from + 1;
        while (at < to && at < from + 4 && isDigit(text[at])) {
            at++;
        }
        return at > from + 1 && at < to && text[at] == '>' ? at + 1 : -1;
    }

    /** The end of the stamp, or -1. */
    private int stamp(byte[] text, int from, int to) {
        if (to - from < 16) {
            return -1;
        }
        if (isDigit(text[from])) {
            return iso.readIso(text, from, to) ? iso.end() : -1;
        }
        if (text[from + 3] != ' ' || text[from + 6] != ' ' || text[from + 9] != ':') {
            // journalctl -o short-full has the day's name before the date, the zone's behind it.
            return to - from > 28
                            && text[from + 3] == ' '
                            && text[from + 8] == '-'
                            && iso.readIso(text, from + 4, to)
                    ? behindZone(text, iso.end(), to)
                    : -1;
        }
        if (text[from + 12] != ':'
                || TimeReader.month(text, from) < 0
                || !isDigit(text[from + 5])
                || !isDigit(text[from + 14])) {
            return -1;
        }
        int at = from + 15;
        if (text[at] == '.') {
            at++;
            while (at < to && isDigit(text[at])) {
                at++;
            }
        }
        return at;
    }

    private static int behindZone(byte[] text, int from, int to) {
        if (from >= to || text[from] != ' ') {
            return from;
        }
        int at = from + 1;
        while (at < to && text[at] >= 'A' && text[at] <= 'Z') {
            at++;
        }
        return at > from + 1 && at < to && text[at] == ' ' ? at : from;
    }

    /** Behind {@code host tag: }, {@code tag[1]: }, or {@code stdout F }. */
    private static int behindTag(byte[] text, int from, int to) {
        int at = from;
        for (int words = 0; words < 2; words++) {
            int start = at;
            while (at < to && text[at] != ' ') {
                at++;
            }
            if (at >= to || at == start) {
                return -1;
            }
            if (text[at - 1] == ':') {
                return at + 1;
            }
            at++;
            if (words == 0
                    && at + 1 < to
                    && text[at + 1] == ' '
                    && (text[at] == 'F' || text[at] == 'P')
                    && text[start] == 's') {
                return at + 2;
            }
        }
        return -1;
    }

    /** RFC 5424 behind its version: stamp, host, program, process, message id, data. */
    private int protocol(byte[] text, int from, int to) {
        int at = from;
        stampFrom = from;
        for (int words = 0; words < 5; words++) {
            int start = at;
            while (at < to && text[at] != ' ') {
                at++;
            }
            if (at >= to || at == start) {
                return -1;
            }
            stampTo = words == 0 ? at : stampTo;
            at++;
        }
        at = behindData(text, at, to);
        if (at < 0) {
            return -1;
        }
        return Comments.startsWithMark(text, at, to) ? at + Comments.MARK : at;
    }

    private static int behindData(byte[] text, int from, int to) {
        int at = from;
        if (at < to && text[at] == '-') {
            at++;
        } else {
            while (at < to && text[at] == '[') {
                boolean quoted = false;
                while (at < to && (quoted || text[at] != ']')) {
                    if (text[at] == '\\') {
                        at++;
                    } else if (text[at] == '"') {
                        quoted = !quoted;
                    }
                    at++;
                }
                at++;
            }
            if (at == from) {
                return -1;
            }
        }
        return at < to && text[at] == ' ' ? at + 1 : -1;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
