package org.asntally.sources.text;

import org.asntally.lookup.Address;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** Reads addresses, and puts them into flows. One per reader. */
final class AddressText {
    private final Address address = new Address();
    private final boolean mapV4;
    private boolean v6;

    AddressText(ReaderOptions options) {
        mapV4 = options.mapV4();
    }

    /** Reads all of {@code text[from, to)}; false when that is no address. */
    boolean parse(byte[] text, int from, int to) {
        int family = address.parse(text, from, to);
        v6 = family == 6 && !(mapV4 && address.isMapped());
        return family != 0;
    }

    /** Whether the address that was read last is an IPv6 one. */
    boolean isV6() {
        return v6;
    }

    /** Whether the address that was read last is in a set. */
    boolean isIn(PrefixSet set) {
        return v6
                ? set.contains(true, address.high(), address.low())
                : set.contains(false, 0, address.v4() & 0xffffffffL);
    }

    /** Makes the address that was read last the source. */
    void setSource(FlowBatchBuilder flows) {
        if (v6) {
            flows.source6(address.high(), address.low());
        } else {
            flows.source4(address.v4());
        }
    }

    /** Sets the source from all of {@code text[from, to)}; false when that is no address. */
    boolean source(byte[] text, int from, int to, FlowBatchBuilder flows) {
        if (!parse(text, from, to)) {
            return false;
        }
        setSource(flows);
        return true;
    }

    /** Sets the destination from all of {@code text[from, to)}; false when that is no address. */
    boolean destination(byte[] text, int from, int to, FlowBatchBuilder flows) {
        if (!parse(text, from, to)) {
            return false;
        }
        if (v6) {
            flows.destination6(address.high(), address.low());
        } else {
            flows.destination4(address.v4());
        }
        return true;
    }

    /** Why a text that is no address is none. */
    static SkipReason whyNot(byte[] text, int from, int to) {
        if (from >= to || (to - from == 1 && text[from] == '-')) {
            return SkipReason.NO_ADDRESS;
        }
        boolean letters = false;
        boolean others = false;
        for (int i = from; i < to; i++) {
            int c = text[i];
            if (c == ':') {
                return SkipReason.BAD_ADDRESS;
            }
            int lower = c | 0x20;
            if ((lower >= 'a' && lower <= 'z') || c == '_') {
                letters = true;
            } else if (!((c >= '0' && c <= '9') || c == '.' || c == '-')) {
                others = true;
            }
        }
        return letters && !others ? SkipReason.HOST_NAME : SkipReason.BAD_ADDRESS;
    }
}
