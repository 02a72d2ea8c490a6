package org.asntally.job.ask;

import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Addresses in numeric order gathered into asn-lookup's rows: neighbours of one network together,
 * and neighbours without one.
 */
final class Owners implements AddressSet.Taker {

    /** asn-tools never has a shorter prefix. */
    private static final int SHORTEST_4 = 8;

    /**
     * A row.
     *
     * @param network null, as the next three are, when the addresses are in none
     * @param addresses that were asked for
     */
    record Row(
            @Nullable String network,
            @Nullable String country,
            @Nullable String asn,
            @Nullable String owner,
            List<String> addresses) {}

    private final Rib rib;
    private final List<Row> rows = new ArrayList<>();

    // The row at the end, and what it is about.
    private int route = Rib.UNROUTED;
    private int octet = -1;
    private @Nullable Row row;

    Owners(Rib rib) {
        this.rib = rib;
    }

    List<Row> rows() {
        return rows;
    }

    @Override
    public void v4(int address) {
        int found = rib.route4(address);
        boolean cut = found != Rib.UNROUTED && rib.length(found) < SHORTEST_4;
        add(found, cut ? address >>> 24 : -1, Address.text4(address));
    }

    @Override
    public void v6(long high, long low) {
        add(rib.route6(high, low), -1, Address.text6(high, low));
    }

    private void add(int found, int foundOctet, String address) {
        Row current = row;
        if (current == null || found != route || foundOctet != octet) {
            route = found;
            octet = foundOctet;
            current = row(found, foundOctet);
            rows.add(current);
            row = current;
        }
        current.addresses().add(address);
    }

    private Row row(int found, int foundOctet) {
        if (found == Rib.UNROUTED) {
            return new Row(null, null, null, null, new ArrayList<>(1));
        }
        String network =
                foundOctet >= 0
                        ? Prefix.text(false, 0, (long) foundOctet << 24, SHORTEST_4)
                        : rib.prefix(found);
        int asn = rib.origin(found);
        String country = rib.country(found);
        String name = rib.name(asn);
        return new Row(
                network,
                country == null ? "" : country,
                Integer.toUnsignedString(asn),
                name == null ? "" : SafeText.of(name),
                new ArrayList<>(1));
    }
}
