package org.asntally.sources.flink;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The wish that reading ends now, as after SIGINT: every reader of this JVM hands over what it has
 * read, leaves the rest, and reports the end of its input within a second, also while a silent
 * standard input or pipe blocks. What stands unread in the middle of a line is not counted.
 *
 * <p>Thread-safe. One request lasts until {@link #reset}.
 */
public final class EndOfInput {
    private static final Set<Runnable> LISTENERS = ConcurrentHashMap.newKeySet();
    private static volatile boolean requested;

    private EndOfInput() {}

    /** Asks all readers to end; any further request changes nothing. */
    public static void request() {
        requested = true;
        LISTENERS.forEach(Runnable::run);
    }

    /** Whether reading is to end. */
    public static boolean requested() {
        return requested;
    }

    /**
     * Has this run, by the requesting thread, at every request until {@link #forget}; at once, by
     * the caller, when there was a request already. It may run more than once and must not block.
     */
    public static void listen(Runnable listener) {
        LISTENERS.add(listener);
        if (requested) {
            listener.run();
        }
    }

    /** Ends {@link #listen}. */
    public static void forget(Runnable listener) {
        LISTENERS.remove(listener);
    }

    /** Takes the request back: for a JVM that counts more than once. */
    public static void reset() {
        requested = false;
    }
}
