package org.asntally.lookup.rib;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.asntally.lookup.lpm.Ipv4Table;
import org.asntally.lookup.lpm.Ipv6Table;

/**
 * The columns of a table, over heap arrays or over a mapped file. Routes are sorted by family,
 * unsigned address and length.
 *
 * @param address4 network addresses of the IPv4 routes
 * @param high6 upper halves of the IPv6 routes' network addresses
 * @param low6 lower halves
 * @param lengths of all routes
 * @param origins of all routes, the one that is shown
 * @param lines of all routes
 * @param files of all routes, as unsigned index into the names; empty when there is one file
 * @param countries of all routes; empty when the table has none
 * @param manyRoutes the routes with further origins, ascending
 * @param manyStarts where their further origins begin in the next; one more at the end
 * @param manyOrigins further origins, in the order in which they were read
 * @param asSets the routes of which an origin is one of an AS_SET, ascending
 * @param namedAsns ASes with a name, ascending unsigned
 * @param nameStarts where their names begin; one more at the end
 * @param nameText UTF-8
 */
record RibParts(
        IntBuffer address4,
        LongBuffer high6,
        LongBuffer low6,
        ByteBuffer lengths,
        IntBuffer origins,
        IntBuffer lines,
        ShortBuffer files,
        ShortBuffer countries,
        IntBuffer manyRoutes,
        IntBuffer manyStarts,
        IntBuffer manyOrigins,
        IntBuffer asSets,
        IntBuffer namedAsns,
        IntBuffer nameStarts,
        ByteBuffer nameText,
        Ipv4Table table4,
        Ipv6Table table6) {

    int v4Routes() {
        return address4.limit();
    }

    int routes() {
        return origins.limit();
    }
}
