package org.asntally.sources;

/**
 * Why a line, packet or record gave no flow. The code is written into batches, so it never changes
 * its meaning.
 */
public enum SkipReason {
    /** It did give a flow. */
    NONE(0, "none"),
    /** Nothing on the line, or a comment. */
    BLANK(1, "blank"),
    /** No address where the format has one, or a dash. */
    NO_ADDRESS(2, "no-address"),
    /** Something that is no IP address: octets above 255, leading zeros, too many groups. */
    BAD_ADDRESS(3, "bad-address"),
    /** A host name where an address is needed: the server resolved it before it logged it. */
    HOST_NAME(4, "host-name"),
    /** A number that cannot be read, is infinite or not a number. */
    BAD_NUMBER(5, "bad-number"),
    /** A time that cannot be read. */
    BAD_TIME(6, "bad-time"),
    /** A packet of another protocol, such as ARP. */
    NOT_IP(7, "not-ip"),
    /** The line does not have the shape of its format. */
    BAD_SHAPE(8, "bad-shape"),
    /** Longer than the limit: of a line 1 MB, of an interface's description in a record 1 KB. */
    TOO_LONG(9, "too-long"),
    /** Compressed input that cannot be unpacked further. */
    BROKEN_INPUT(10, "broken-input"),
    /** A packet of which too little was captured to have its addresses. */
    CUT_SHORT(11, "cut-short"),
    /** An IP header that cannot be one: version, length. */
    BAD_HEADER(12, "bad-header"),
    /** A packet of a link layer that is not read. */
    UNKNOWN_LINK(13, "unknown-link-layer"),
    /** A packet of an interface that its capture does not describe. */
    NO_INTERFACE(14, "no-interface"),
    /** A packet that the user's capture filter does not take: rejected, not skipped. */
    FILTERED(15, "filtered"),
    /** Bytes, not lines, that were seen in a file and are gone: lost, not skipped. */
    LOST_BYTES(16, "lost-bytes"),
    /** A packet that the kernel had no room for: dropped, not skipped. */
    KERNEL_BUFFER(17, "kernel-buffer"),
    /** A packet that the interface or its driver dropped: dropped, not skipped. */
    INTERFACE(18, "interface"),
    /** A packet that carries no sFlow datagram, or one of another version than 5. */
    NOT_SFLOW(19, "not-sflow"),
    /** A datagram that lies about its lengths; what stood before the lie counts. */
    BAD_DATAGRAM(20, "bad-datagram"),
    /** A flow sample that lies about its lengths. */
    BAD_SAMPLE(21, "bad-sample"),
    /** A sample of an interface's counters, which is about no flow. */
    COUNTER_SAMPLE(22, "counter-sample"),
    /** A sample of a kind that is not known. */
    UNKNOWN_SAMPLE(23, "unknown-sample"),
    /** A datagram of an agent that is on no list: rejected. */
    AGENT(24, "agent"),
    /** A datagram of a sender that is on no list: rejected. */
    SENDER(25, "sender"),
    /** A datagram that came before: rejected. */
    DUPLICATE(26, "duplicate"),
    /** Sampling rate and length whose product is beyond all numbers: rejected. */
    IMPLAUSIBLE(27, "implausible"),
    /** Datagrams whose numbers never came: lost, not skipped. */
    LOST_DATAGRAMS(28, "datagrams"),
    /** Samples whose numbers never came: lost, not skipped. */
    LOST_SAMPLES(29, "samples"),
    /** Samples that the exporter had no room for: lost, not skipped. */
    EXPORTER(30, "exporter"),
    /** A datagram that came behind a later one, and counts: noted. */
    REORDERED(31, "reordered"),
    /** An exporter that began to count its datagrams anew: noted. */
    RESET(32, "reset"),
    /** A sample without sampling rate, counted by the one that is usual: noted. */
    RATE_MISSING(33, "no-sampling-rate"),
    /** A sample whose sampling rate was above what is believed: noted. */
    RATE_CAPPED(34, "capped-sampling-rate"),
    /** A datagram or sample of more exporters than can be followed, which counts: noted. */
    UNTRACKED(35, "untracked-exporter"),
    /** A flow record of which nothing tells which schema or framing it has. */
    UNDECIDED(36, "undecided-schema"),
    /** Records that were deleted before they were read: lost, not skipped. */
    LOST_RECORDS(37, "records"),
    /** A datagram that we did not take in time, for which there was no room: dropped. */
    RING_BUFFER(38, "ring-buffer");

    private static final SkipReason[] BY_CODE = values();

    private final int code;
    private final String label;

    SkipReason(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** The number under which it is written; equal to the ordinal, which a test holds. */
    public int code() {
        return code;
    }

    /** The word that reports and metrics show. */
    public String label() {
        return label;
    }

    /** The reason of a code; of an unknown one, written by a newer version, {@link #BAD_SHAPE}. */
    public static SkipReason ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : BAD_SHAPE;
    }
}
