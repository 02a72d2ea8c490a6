package org.asntally.job.local;

import sun.misc.Signal;

/**
 * What the process does on SIGINT, SIGTERM and SIGHUP while it counts. The JVM runs handlers on
 * threads of their own, one per signal.
 */
final class Signals {

    private static final String[] END = {"INT", "TERM"};

    private Signals() {}

    /** The first SIGINT or SIGTERM runs this; a second one ends the process at once. */
    static void onEnd(Runnable action) {
        java.util.concurrent.atomic.AtomicBoolean asked =
                new java.util.concurrent.atomic.AtomicBoolean();
        for (String name : END) {
            handle(
                    name,
                    number -> {
                        if (asked.getAndSet(true)) {
                            Runtime.getRuntime().halt(128 + number);
                        }
                        action.run();
                    });
        }
    }

    /** Each SIGHUP runs this. */
    static void onHangUp(Runnable action) {
        handle("HUP", number -> action.run());
    }

    private static void handle(String name, java.util.function.IntConsumer action) {
        try {
            Signal.handle(new Signal(name), signal -> action.accept(signal.getNumber()));
        } catch (IllegalArgumentException e) {
            // The JVM keeps this signal (-Xrs), or the system has none: its own action stays.
        }
    }
}
