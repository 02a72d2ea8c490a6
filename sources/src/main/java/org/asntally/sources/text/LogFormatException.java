package org.asntally.sources.text;

/** A log format that the user gave cannot be used; the message says why, for the user to read. */
public final class LogFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    LogFormatException(String message) {
        super(message);
    }
}
