package org.asntally.lookup.download;

/** What the commoner statuses of HTTP mean (RFC 9110, section 15). */
final class Statuses {

    private Statuses() {}

    /** In words with a bracket before, or nothing. */
    static String words(int status) {
        return switch (status) {
            case 401 -> " (it wants a password)";
            case 403 -> " (forbidden)";
            case 404 -> " (not found)";
            case 407 -> " (the proxy wants a password)";
            case 410 -> " (gone)";
            case 429 -> " (too many requests)";
            case 500, 502, 503, 504 -> " (it has a problem of its own)";
            default -> "";
        };
    }
}
