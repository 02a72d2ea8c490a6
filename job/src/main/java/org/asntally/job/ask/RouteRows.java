package org.asntally.job.ask;

import java.io.IOException;
import java.util.Arrays;
import org.asntally.lookup.rib.Rib;

/**
 * Rows whose part behind the question depends on the route alone. That part is kept for some
 * thousand routes, since input comes back to the same networks.
 */
abstract class RouteRows implements RowWriter {

    /** A power of two: a route's place is its lowest bits. */
    private static final int KEPT = 1 << 12;

    /** Longer ones are written anew each time. */
    private static final int LONGEST = 160;

    protected final Rib rib;
    protected final RouteText text;
    private final byte[] kept = new byte[KEPT * LONGEST];
    private final int[] routes = new int[KEPT];
    private final int[] lengths = new int[KEPT];

    RouteRows(Rib rib) {
        this.rib = rib;
        this.text = new RouteText(rib);
        Arrays.fill(routes, Rib.UNROUTED);
    }

    /** Writes what stands before the route's part. */
    abstract void question(RowBuffer out, byte[] text, int from, int to);

    /** Writes the route's part, with the end of the line. */
    abstract void answer(RowBuffer out, int route);

    /** Writes the part of an unrouted question. */
    abstract void unrouted(RowBuffer out);

    @Override
    public void begin(RowBuffer out) {}

    @Override
    public final void network(RowBuffer out, byte[] asked, int from, int to, int route)
            throws IOException {
        question(out, asked, from, to);
        if (route == Rib.UNROUTED) {
            unrouted(out);
        } else {
            route(out, route);
        }
        out.endRow();
    }

    private void route(RowBuffer out, int route) {
        int place = route & (KEPT - 1);
        if (routes[place] == route) {
            out.add(kept, place * LONGEST, place * LONGEST + lengths[place]);
            return;
        }
        int start = out.at;
        answer(out, route);
        int length = out.at - start;
        if (length <= LONGEST) {
            System.arraycopy(out.bytes, start, kept, place * LONGEST, length);
            lengths[place] = length;
            routes[place] = route;
        }
    }

    @Override
    public void none(RowBuffer out, byte[] asked, int from, int to) throws IOException {}

    @Override
    public void pause(RowBuffer out) throws IOException {}
}
