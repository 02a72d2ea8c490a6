package org.asntally.sources.live;

import org.jspecify.annotations.Nullable;

/** Why nothing can be captured, or filtered. */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Trouble {
        /** libpcap is not installed. */
        NO_LIBRARY,
        /** The process has no right to capture. */
        NO_RIGHT,
        /** There is no such interface, or none at all. */
        NO_INTERFACE,
        /** The interface cannot be captured from now: it is down. */
        NOT_READY,
        /** The filter is none. */
        BAD_FILTER
    }

    private final Trouble trouble;

    CaptureException(Trouble trouble, String said) {
        this(trouble, said, null);
    }

    CaptureException(Trouble trouble, String said, @Nullable Throwable cause) {
        super(said, cause);
        this.trouble = trouble;
    }

    /** What is wrong. */
    public Trouble trouble() {
        return trouble;
    }

    /** What libpcap said, perhaps empty. */
    public String said() {
        return String.valueOf(getMessage());
    }
}
