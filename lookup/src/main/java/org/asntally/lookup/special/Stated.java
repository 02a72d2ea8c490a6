package org.asntally.lookup.special;

/** What a registry's column says: true, false, or nothing (terminated rows, "N/A"). */
public enum Stated {
    YES("yes"),
    NO("no"),
    NOT_STATED("not stated");

    private final String words;

    Stated(String words) {
        this.words = words;
    }

    static Stated of(char letter) {
        return switch (letter) {
            case 'y' -> YES;
            case 'n' -> NO;
            default -> NOT_STATED;
        };
    }

    /** {@code yes}, {@code no} or {@code not stated}. */
    public String words() {
        return words;
    }
}
