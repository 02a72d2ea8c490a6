package org.asntally.lookup.rib;

import java.nio.IntBuffer;
import java.util.Arrays;

/** The further origins of routes that have several, while a table is built. */
final class ManyOrigins {

    /** Further origins of one route that are kept; no real prefix has as many. */
    private static final int MOST = 1_000;

    private int[] routes = new int[16];
    private int[] starts = new int[17];
    private int[] origins = new int[16];
    private int count;
    private int used;
    private int shown;

    void begin(int route, int shownOrigin) {
        if (count == routes.length) {
            routes = Arrays.copyOf(routes, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count + 1);
        }
        routes[count] = route;
        shown = shownOrigin;
    }

    void add(int origin) {
        int from = starts[count];
        if (origin == shown || used - from == MOST) {
            return;
        }
        for (int i = from; i < used; i++) {
            if (origins[i] == origin) {
                return;
            }
        }
        if (used == origins.length) {
            origins = Arrays.copyOf(origins, 2 * used);
        }
        origins[used++] = origin;
    }

    /** Keeps the route when there was another origin than the shown one. */
    void end() {
        if (used > starts[count]) {
            starts[++count] = used;
        }
    }

    IntBuffer routes() {
        return IntBuffer.wrap(Arrays.copyOf(routes, count));
    }

    IntBuffer starts() {
        return IntBuffer.wrap(Arrays.copyOf(starts, count + 1));
    }

    IntBuffer origins() {
        return IntBuffer.wrap(Arrays.copyOf(origins, used));
    }
}
