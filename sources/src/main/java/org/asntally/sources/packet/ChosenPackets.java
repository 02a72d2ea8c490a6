package org.asntally.sources.packet;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.asntally.sources.SkipReason;
import org.jspecify.annotations.Nullable;

/** Asks a filter about packets of any link layer. One thread. */
public final class ChosenPackets {

    private static final int MOST_LINKS = 64;

    private final PacketFilter filter;
    private final boolean all;

    /** By link layer: a capture may have several, and compiling takes time. */
    private final Map<Integer, Optional<PacketMatch>> matches = new HashMap<>();

    private int matchedLink = -1;
    private @Nullable PacketMatch match;

    /** The packets that this filter takes. */
    public ChosenPackets(PacketFilter filter) {
        this.filter = filter;
        this.all = filter.equals(PacketFilter.ALL);
    }

    /** Why a packet is left out, or {@link SkipReason#NONE}. */
    public SkipReason refusal(int link, byte[] bytes, int from, int to, long wireLength) {
        if (all) {
            return SkipReason.NONE;
        }
        if (link != matchedLink) {
            if (matches.size() > MOST_LINKS) {
                matches.clear();
            }
            match =
                    matches.computeIfAbsent(link, of -> Optional.ofNullable(filter.open(of)))
                            .orElse(null);
            matchedLink = link;
        }
        PacketMatch now = match;
        if (now == null) {
            return SkipReason.UNKNOWN_LINK;
        }
        return now.matches(bytes, from, to, wireLength) ? SkipReason.NONE : SkipReason.FILTERED;
    }
}
