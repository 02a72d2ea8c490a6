package org.asntally.sources.live;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Waiting for a file descriptor, as poll(2) describes it. */
final class Posix {
    static final int POLLIN = 1;

    private Posix() {}

    static {
        Native.register(Posix.class, "c");
    }

    static native int poll(Pointer descriptors, long count, int millis);
}
