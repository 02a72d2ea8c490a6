package org.asntally.sources.text;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;

/**
 * Reads the kernel's lines about packets: words with a sign of equality, some without, one packet a
 * line. What ICMP brings of another packet, in brackets, is passed over.
 *
 * <pre>
 * Nov 28 13:00:00 gw kernel: [42.1] DROP IN=eth0 OUT= MAC=... SRC=192.0.2.1 DST=198.51.100.7 LEN=60
 *     TOS=0x00 PREC=0x00 TTL=52 ID=1 DF PROTO=TCP SPT=50123 DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0
 * </pre>
 *
 * <p>The time is that of what stands before the line; without one, the moment of reading.
 *
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/net/netfilter/nf_log_syslog.c">nf_log_syslog.c</a>
 */
final class NetfilterLines implements LineReader {
    /** Names that the kernel has for protocols. */
    private static final long[] PROTOCOLS =
            Stream.of("TCP", "UDP", "ICMP", "ICMPv6", "UDPLITE", "SCTP", "ESP", "AH")
                    .mapToLong(Word::pack)
                    .toArray();

    private static final int[] NUMBERS = {6, 17, 1, 58, 136, 132, 50, 51};

    private static final byte[] NOTHING = {};

    private final AddressText addresses;
    private final LinePrefix prefix;
    private final SyslogTime time;

    private boolean source;
    private boolean v6;
    private boolean destination;
    private boolean length;
    private int dscp;
    private int flags;

    NetfilterLines(ReaderOptions options) {
        addresses = new AddressText(options);
        prefix = new LinePrefix(options.with(LogReading.USUAL));
        time = new SyslogTime(options);
    }

    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        int at = prefix.pass(text, from, end);
        flows.timeOfReading();
        if (at > from && time.read(text, prefix.stampFrom(), prefix.stampTo())) {
            flows.time(time.millis());
        }
        clear(flows);
        SkipReason reason = SkipReason.NONE;
        while (at < end && reason == SkipReason.NONE) {
            while (at < end && text[at] == ' ') {
                at++;
            }
            int start = at;
            while (at < end && text[at] != ' ') {
                at++;
            }
            if (start < end && source && text[start] == '[') {
                break;
            }
            reason = start == at ? SkipReason.NONE : word(text, start, at, flows);
        }
        if (reason != SkipReason.NONE) {
            return reason;
        }
        if (!source || !destination) {
            return Blanks.skip(text, from, end) == end ? SkipReason.BLANK : SkipReason.NO_ADDRESS;
        }
        flows.endFlow();
        return SkipReason.NONE;
    }

    private void clear(FlowBatchBuilder flows) {
        source = false;
        destination = false;
        length = false;
        flows.packets(1);
        flows.bytes(0);
        flows.number(FlowColumn.PROTOCOL, 0);
        flows.number(FlowColumn.SOURCE_PORT, 0);
        flows.number(FlowColumn.DESTINATION_PORT, 0);
        flows.number(FlowColumn.TTL, 0);
        flows.number(FlowColumn.FRAGMENT, 0);
        dscp = 0;
        flags = 0;
        flows.number(FlowColumn.DSCP, 0);
        flows.number(FlowColumn.TCP_FLAGS, 0);
        flows.text(FlowColumn.INPUT_DESCRIPTION, NOTHING, 0, 0);
        flows.text(FlowColumn.OUTPUT_DESCRIPTION, NOTHING, 0, 0);
    }

    private SkipReason word(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int equals = from;
        while (equals < to && text[equals] != '=' && text[equals] != ':') {
            equals++;
        }
        Word word = Word.of(text, from, equals);
        int value = Math.min(equals + 1, to);
        switch (word) {
            case IN -> flows.text(FlowColumn.INPUT_DESCRIPTION, text, value, to);
            case OUT -> flows.text(FlowColumn.OUTPUT_DESCRIPTION, text, value, to);
            case SRC -> {
                source = addresses.source(text, value, to, flows);
                v6 = addresses.isV6();
                return source ? SkipReason.NONE : AddressText.whyNot(text, value, to);
            }
            case DST -> {
                destination = addresses.destination(text, value, to, flows);
                if (destination && (!source || addresses.isV6() != v6)) {
                    return SkipReason.BAD_ADDRESS;
                }
                return destination ? SkipReason.NONE : AddressText.whyNot(text, value, to);
            }
            case LEN, TTL, HOPLIMIT, SPT, DPT, TC -> {
                return number(word, text, value, to, flows);
            }
            case TOS, PREC -> {
                dscp |= hex(text, value, to) >>> 2;
                flows.number(FlowColumn.DSCP, dscp);
            }
            case PROTO -> flows.number(FlowColumn.PROTOCOL, protocol(text, value, to));
            case MF, FRAG -> flows.number(FlowColumn.FRAGMENT, 1);
            case FIN, SYN, RST, PSH, ACK, URG, ECE, CWR -> {
                // The number of an acknowledgement has a sign of equality.
                flags |= equals == to ? 1 << (word.ordinal() - Word.FIN.ordinal()) : 0;
                flows.number(FlowColumn.TCP_FLAGS, flags);
            }
            case OTHER -> {}
        }
        return SkipReason.NONE;
    }

    private SkipReason number(Word word, byte[] text, int from, int to, FlowBatchBuilder flows) {
        long number = LogText.wholeNumber(text, from, to);
        if (number < 0) {
            return SkipReason.BAD_NUMBER;
        }
        switch (word) {
            case LEN -> {
                // UDP's own length comes second.
                if (!length) {
                    flows.bytes(number);
                }
                length = true;
            }
            case SPT -> flows.number(FlowColumn.SOURCE_PORT, number);
            case DPT -> flows.number(FlowColumn.DESTINATION_PORT, number);
            case TC -> flows.number(FlowColumn.DSCP, number >>> 2 & 63);
            default -> flows.number(FlowColumn.TTL, number);
        }
        return SkipReason.NONE;
    }

    /** {@code 0x28}. */
    private static int hex(byte[] text, int from, int to) {
        int number = 0;
        for (int at = from + 2; at < to && at < from + 4; at++) {
            number = number << 4 | Math.max(0, text[at] < 0 ? 0 : Character.digit(text[at], 16));
        }
        return number;
    }

    /** The number of a protocol by the name that the kernel writes, or as a number. */
    private static long protocol(byte[] text, int from, int to) {
        long number = LogText.wholeNumber(text, from, to);
        if (number >= 0) {
            return number & 0xff;
        }
        long name = to - from > 8 ? 0 : Word.pack(text, from, to);
        for (int i = 0; i < PROTOCOLS.length; i++) {
            if (PROTOCOLS[i] == name) {
                return NUMBERS[i];
            }
        }
        return 0;
    }

    /** The words that matter; the flags in the order of their bits. */
    private enum Word {
        SRC,
        DST,
        LEN,
        SPT,
        DPT,
        PROTO,
        TTL,
        HOPLIMIT,
        TOS,
        PREC,
        TC,
        IN,
        OUT,
        MF,
        FRAG,
        FIN,
        SYN,
        RST,
        PSH,
        ACK,
        URG,
        ECE,
        CWR,
        OTHER;

        private static final Word[] ALL = values();

        private final long packed = pack(name());

        static Word of(byte[] text, int from, int to) {
            if (to - from > 8) {
                return OTHER;
            }
            long wanted = pack(text, from, to);
            for (Word word : ALL) {
                if (word.packed == wanted) {
                    return word;
                }
            }
            return OTHER;
        }

        private static long pack(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            return pack(bytes, 0, bytes.length);
        }

        private static long pack(byte[] text, int from, int to) {
            long packed = 0;
            for (int at = from; at < to; at++) {
                packed = packed << 8 | (text[at] & 0xff);
            }
            return packed;
        }
    }
}
