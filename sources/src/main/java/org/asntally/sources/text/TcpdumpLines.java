package org.asntally.sources.text;

import java.nio.charset.StandardCharsets;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads tcpdump's text into flows, one per packet.
 *
 * <pre>
 * 12:00:01.000000 IP 192.0.2.1.443 > 198.51.100.7.51234: tcp 1448
 *                    source   port   destination  port       length
 * </pre>
 *
 * <p>Shapes: what tcpdump 4.99 prints with {@code -n}, with any stamp, with {@code -e}, {@code -i
 * any}, {@code -#}, {@code --lengths} and {@code -v}, where the addresses of an IPv4 packet stand
 * on a line of their own. Of packets in packets the outer one counts. The addresses are the first
 * two words on either side of a {@code >} that read as addresses: so every link layer that tcpdump
 * prints before them is passed over. Bytes are the first length that is printed: of the frame with
 * {@code -e}, of the packet with {@code -v}, else of what it carries.
 */
final class TcpdumpLines implements LineReader {
    private static final byte[] IPV4_DETAILS = ascii("(tos 0x");
    private static final byte[] MPLS = ascii("MPLS (");
    private static final byte[] IP = ascii("IP ");
    private static final byte[] IP6 = ascii("IP6 ");
    private static final byte[] ETHERTYPE = ascii("ethertype ");
    private static final byte[][] OTHERS = {
        ascii("ARP,"), ascii("RARP,"), ascii("STP "), ascii("LLDP,")
    };
    private static final byte[][] BANNERS = {
        ascii("tcpdump: "),
        ascii("listening on "),
        ascii("reading from file "),
        ascii("dropped privs to "),
        ascii("Warning: ")
    };
    private static final byte[][] TOTALS = {
        ascii(" captured"),
        ascii(" received by filter"),
        ascii(" dropped by kernel"),
        ascii(" dropped by interface")
    };

    private final AddressText addresses;
    private final TcpdumpStamp stamp;

    /** A packet whose addresses are still to come. */
    private boolean pending;

    private long pendingMillis;
    private long pendingBytes;
    private boolean pendingStamped;
    private boolean pendingIsIp;

    private @Nullable FlowBatchBuilder asked;
    private boolean wantsTime;
    private boolean wantsSource;
    private boolean wantsDestination;
    private boolean wantsBytes;

    TcpdumpLines(ReaderOptions options) {
        addresses = new AddressText(options);
        stamp = new TcpdumpStamp(options);
    }

    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        if (flows != asked) {
            ask(flows);
        }
        int start = Comments.startsWithMark(text, from, to) ? from + Comments.MARK : from;
        int end = Blanks.trim(text, start, to);
        if (start == end || text[start] == '#') {
            return SkipReason.BLANK;
        }
        boolean indented = text[start] == ' ' || text[start] == '\t';
        if (indented && !TcpdumpStamp.beginsPacket(text, start, end)) {
            return pending ? readRest(text, start, end, flows) : SkipReason.NONE;
        }
        if (isBanner(text, start, end)) {
            return SkipReason.BLANK;
        }
        return readPacket(text, start, end, flows);
    }

    private SkipReason readPacket(byte[] text, int start, int end, FlowBatchBuilder flows) {
        int body = stamp.skip(text, start, end);
        while (body < end && text[body] == ' ') {
            body++;
        }
        boolean pendingBefore = pending;
        if (pendingBefore && !stamp.found() && isPair(text, body, end)) {
            // Something took the blanks away before the line came here.
            return readRest(text, body, end, flows);
        }
        if (pendingBefore) {
            pending = false;
            flows.skip(pendingIsIp ? SkipReason.BAD_SHAPE : SkipReason.NOT_IP);
        }
        if (wantsTime && stamp.found() && !stamp.readable()) {
            return SkipReason.BAD_TIME;
        }
        SkipReason reason = findPair(text, body, end, flows);
        if (reason == SkipReason.NONE) {
            long bytes = wantsBytes ? lengthOf(text, body, end) : 0;
            end(stamp.found(), stamp.millis(), bytes, flows);
            return SkipReason.NONE;
        }
        if (reason == SkipReason.HOST_NAME) {
            return reason;
        }
        boolean details = LogText.find(text, body, end, IPV4_DETAILS) >= 0;
        if (details || LogText.standsAt(text, body, end, MPLS)) {
            pending = true;
            pendingIsIp = details;
            pendingStamped = stamp.found();
            pendingMillis = stamp.millis();
            pendingBytes = wantsBytes ? lengthOf(text, body, end) : 0;
            return SkipReason.NONE;
        }
        if (LogText.standsAt(text, body, end, IP) || LogText.standsAt(text, body, end, IP6)) {
            return SkipReason.NO_ADDRESS;
        }
        return stamp.found() || isOther(text, body, end) ? SkipReason.NOT_IP : SkipReason.BAD_SHAPE;
    }

    /** A further line of a packet that has shown no addresses yet. */
    private SkipReason readRest(byte[] text, int start, int end, FlowBatchBuilder flows) {
        SkipReason reason = findPair(text, start, end, flows);
        if (reason == SkipReason.NO_ADDRESS) {
            return SkipReason.NONE;
        }
        pending = false;
        if (reason == SkipReason.NONE) {
            long bytes = pendingBytes > 0 || !wantsBytes ? pendingBytes : length(text, start, end);
            end(pendingStamped, pendingMillis, Math.max(0, bytes), flows);
        }
        return reason;
    }

    private void end(boolean stamped, long millis, long bytes, FlowBatchBuilder flows) {
        if (wantsTime) {
            if (stamped) {
                flows.time(millis);
            } else {
                flows.timeOfReading();
            }
        }
        flows.packets(1);
        flows.bytes(bytes);
        flows.endFlow();
    }

    private boolean isPair(byte[] text, int start, int end) {
        int arrow = arrow(text, start, end);
        return arrow > 0 && wordStart(text, start, arrow) == start;
    }

    /** Sets the first two addresses: NONE, HOST_NAME, or NO_ADDRESS when there are none. */
    private SkipReason findPair(byte[] text, int from, int to, FlowBatchBuilder flows) {
        boolean names = false;
        for (int arrow = arrow(text, from, to); arrow > 0; arrow = arrow(text, arrow + 1, to)) {
            int left = wordStart(text, from, arrow);
            int right = arrow + 2;
            int rightEnd = right;
            while (rightEnd < to && text[rightEnd] != ' ') {
                rightEnd++;
            }
            if (rightEnd - right < 2 || text[rightEnd - 1] != ':') {
                continue;
            }
            boolean source = endpoint(text, left, arrow - 1, flows, true);
            boolean destination =
                    (!source || wantsDestination)
                            && endpoint(text, right, rightEnd - 1, flows, false);
            if (source || destination) {
                boolean complete = (source || !wantsSource) && (destination || !wantsDestination);
                return complete ? SkipReason.NONE : SkipReason.HOST_NAME;
            }
            names |=
                    AddressText.whyNot(text, left, arrow - 1) == SkipReason.HOST_NAME
                            && AddressText.whyNot(text, right, rightEnd - 1)
                                    == SkipReason.HOST_NAME;
        }
        boolean ip =
                LogText.standsAt(text, from, to, IP)
                        || LogText.standsAt(text, from, to, IP6)
                        || pending;
        return names && ip ? SkipReason.HOST_NAME : SkipReason.NO_ADDRESS;
    }

    /** The next {@code >} between blanks, or -1. */
    private static int arrow(byte[] text, int from, int to) {
        for (int at = from + 1; at < to - 1; at++) {
            if (text[at] == '>' && text[at - 1] == ' ' && text[at + 1] == ' ') {
                return at;
            }
        }
        return -1;
    }

    private static int wordStart(byte[] text, int from, int arrow) {
        int at = arrow - 1;
        while (at > from && text[at - 1] != ' ' && text[at - 1] != '\t') {
            at--;
        }
        return at;
    }

    /** An address with or without a port: its last dot, or its fifth part. */
    private boolean endpoint(
            byte[] text, int from, int to, FlowBatchBuilder flows, boolean source) {
        int dots = 0;
        int lastDot = -1;
        int fourthDot = to;
        boolean colon = false;
        for (int i = from; i < to; i++) {
            if (text[i] == '.') {
                dots++;
                lastDot = i;
                fourthDot = dots == 4 ? i : fourthDot;
            } else {
                colon |= text[i] == ':';
            }
        }
        if (!colon) {
            return dots >= 3 && address(text, from, fourthDot, flows, source);
        }
        return address(text, from, to, flows, source)
                || (lastDot > from && address(text, from, lastDot, flows, source));
    }

    private boolean address(byte[] text, int from, int to, FlowBatchBuilder flows, boolean source) {
        return source
                ? addresses.source(text, from, to, flows)
                : addresses.destination(text, from, to, flows);
    }

    private long lengthOf(byte[] text, int from, int to) {
        return stamp.wireLength() >= 0 ? stamp.wireLength() : Math.max(0, length(text, from, to));
    }

    /** The first length on the line outside of brackets, or -1. */
    private static long length(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            byte c = text[at];
            if (c == '[') {
                while (at < to && text[at] != ']') {
                    at++;
                }
            } else if (c == 'l' && at > from && LogText.standsAt(text, at, to, LENGTH)) {
                int number = at + LENGTH.length;
                number += number < to && text[number] == ':' ? 1 : 0;
                number += number < to && text[number] == ' ' ? 1 : 0;
                long length = number(text, number, to);
                if (length >= 0) {
                    boolean payload = at - from > 8 && LogText.standsAt(text, at - 8, to, PAYLOAD);
                    // IPv6 prints what follows its fixed header of 40 bytes.
                    return payload ? length + 40 : length;
                }
            } else if (c == 't' && at > from && LogText.standsAt(text, at - 1, to, QUIET_TCP)) {
                long length = number(text, at + 4, to);
                if (length >= 0) {
                    return length;
                }
            }
            at++;
        }
        return -1;
    }

    private static long number(byte[] text, int from, int to) {
        int at = from;
        while (at < to && at - from < 10 && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return LogText.wholeNumber(text, from, at);
    }

    private static final byte[] LENGTH = ascii("length");
    private static final byte[] PAYLOAD = ascii("payload ");
    private static final byte[] QUIET_TCP = ascii(" tcp ");

    private static boolean isOther(byte[] text, int from, int to) {
        for (byte[] other : OTHERS) {
            if (LogText.standsAt(text, from, to, other)) {
                return true;
            }
        }
        return LogText.find(text, from, to, ETHERTYPE) >= 0;
    }

    private static boolean isBanner(byte[] text, int from, int to) {
        for (byte[] banner : BANNERS) {
            if (LogText.standsAt(text, from, to, banner)) {
                return true;
            }
        }
        if (text[from] < '0' || text[from] > '9') {
            return text[from] == '^' && to - from == 2;
        }
        for (byte[] total : TOTALS) {
            if (to - total.length > from && LogText.standsAt(text, to - total.length, to, total)) {
                return LogText.find(text, from, to, PACKET) > 0;
            }
        }
        return false;
    }

    private static final byte[] PACKET = ascii(" packet");

    private void ask(FlowBatchBuilder flows) {
        asked = flows;
        wantsTime = flows.wants(FlowColumn.TIME);
        wantsSource = flows.wants(FlowColumn.SOURCE);
        wantsDestination = flows.wants(FlowColumn.DESTINATION);
        wantsBytes = flows.wants(FlowColumn.BYTES);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
