package org.asntally.sources.text;

import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.SkipReason;

/** Puts addresses into flows. One per reader. */
final class AddressText {
    private final Address address = new Address();
    private final boolean mapV4;

    AddressText(ReaderOptions options) {
        mapV4 = options.mapV4();
    }

    /** Sets the source from all of {@code text[from, to)}; false when that is no address. */
    boolean source(byte[] text, int from, int to, FlowBatchBuilder flows) {
        switch (address.parse(text, from, to)) {
            case 4 -> flows.source4(address.v4());
            case 6 -> {
                if (mapV4 && address.isMapped()) {
                    flows.source4(address.v4());
                } else {
                    flows.source6(address.high(), address.low());
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Sets the destination from all of {@code text[from, to)}; false when that is no address. */
    boolean destination(byte[] text, int from, int to, FlowBatchBuilder flows) {
        switch (address.parse(text, from, to)) {
            case 4 -> flows.destination4(address.v4());
            case 6 -> {
                if (mapV4 && address.isMapped()) {
                    flows.destination4(address.v4());
                } else {
                    flows.destination6(address.high(), address.low());
                }
            }
            default -> {
                return false;
            }
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
