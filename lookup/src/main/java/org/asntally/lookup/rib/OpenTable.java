package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.asntally.lookup.Address;
import org.asntally.lookup.read.TableFaults;
import org.jspecify.annotations.Nullable;

/**
 * A table in the hands of a program that opens it, looks up, and closes it.
 *
 * <p>Closing lets go of the table; a mapped file is unmapped when nobody holds its {@link Rib} any
 * more, so that no lookup of another thread can run into what is no longer there. Any number of
 * threads.
 */
public final class OpenTable implements AutoCloseable {

    private static final TableFaults NOT_TOLD = (file, line, fault, excerpt) -> {};

    private volatile @Nullable Rib rib;

    private OpenTable(Rib rib) {
        this.rib = rib;
    }

    /**
     * Opens a RIB file, or any other table that asntally reads, by its content. Lines that cannot
     * be used are counted in {@link RibInfo#skippedLines}.
     *
     * @throws RibFormatException when it is no table or a damaged one
     * @throws IOException when it cannot be read
     */
    public static OpenTable of(Path file) throws IOException {
        return of(file, NOT_TOLD);
    }

    /**
     * The same.
     *
     * @param faults is told of each line that cannot be used
     */
    public static OpenTable of(Path file, TableFaults faults) throws IOException {
        return new OpenTable(new RibLoader(faults).load(file));
    }

    /**
     * The table itself.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public Rib rib() {
        Rib open = rib;
        if (open == null) {
            throw new IllegalStateException("the table is closed");
        }
        return open;
    }

    /**
     * The network of an address, IPv4 or IPv6, or null when no route holds it. A v4-mapped address
     * is looked up as the IPv4 address that it carries.
     *
     * @throws IllegalArgumentException when the text is no address
     * @throws IllegalStateException after {@link #close}
     */
    public @Nullable Network network(String address) {
        Rib open = rib();
        byte[] text = address.getBytes(StandardCharsets.UTF_8);
        Address parsed = new Address();
        int family = parsed.parse(text, 0, text.length);
        if (family == 0) {
            throw new IllegalArgumentException("no IP address: '" + address + "'");
        }
        int route =
                family == 4 || parsed.isMapped()
                        ? open.route4(parsed.v4())
                        : open.route6(parsed.high(), parsed.low());
        if (route == Rib.UNROUTED) {
            return null;
        }
        int asn = open.origin(route);
        return new Network(
                open.prefix(route), asn & 0xffffffffL, open.name(asn), open.country(route));
    }

    /** Lets go of the table. Closing again does nothing. */
    @Override
    public void close() {
        rib = null;
    }
}
