package org.asntally.job.filter;

/** An expression that cannot be used. The message says what is wrong, with the value in quotes. */
public final class FilterException extends Exception {

    private static final long serialVersionUID = 1;

    private final int position;
    private final int length;
    private final String advice;

    FilterException(int position, int length, String message, String advice) {
        super(message);
        this.position = position;
        this.length = length;
        this.advice = advice;
    }

    /** Where the wrong piece begins: characters of the expression, from 0. */
    public int position() {
        return position;
    }

    /** How many characters the wrong piece has; 0 where something is missing. */
    public int length() {
        return length;
    }

    /** What is wrong. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** What would be right. */
    public String advice() {
        return advice;
    }
}
