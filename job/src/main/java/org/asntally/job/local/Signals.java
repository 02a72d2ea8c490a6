package org.asntally.job.local;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * What the process does on SIGINT, SIGTERM and SIGHUP while it counts. The JVM runs handlers on
 * threads of their own, one per signal.
 *
 * <p>{@code sun.misc.Signal} is the only way; by reflection, since the compiler warns of it in a
 * way that cannot be silenced. A JVM without it keeps its own handlers.
 */
public final class Signals {

    private static final int KILLED_BY = 128;

    private Signals() {}

    /** The first SIGINT or SIGTERM runs this; a second one ends the process at once. */
    public static void onEnd(Runnable action) {
        AtomicBoolean asked = new AtomicBoolean();
        IntConsumer handler =
                number -> {
                    if (asked.getAndSet(true)) {
                        Runtime.getRuntime().halt(KILLED_BY + number);
                    }
                    action.run();
                };
        handle("INT", handler);
        handle("TERM", handler);
    }

    /** Each SIGHUP runs this. */
    static void onHangUp(Runnable action) {
        handle("HUP", number -> action.run());
    }

    private static void handle(String name, IntConsumer action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    action.accept(
                                            (int)
                                                    signal.getMethod("getNumber")
                                                            .invoke(arguments[0]));
                                }
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            // The JVM keeps this signal (-Xrs), or the system has none.
        }
    }
}
