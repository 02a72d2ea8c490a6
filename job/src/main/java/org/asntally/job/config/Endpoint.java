package org.asntally.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An address or host with a port: {@code 0.0.0.0:6343}, {@code [::]:6343}.
 *
 * @param host without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The endpoint of a text, or null when it is none. */
    public static @Nullable Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return null;
        }
        String host = text.substring(0, colon);
        int port = Integer.parseInt(text.substring(colon + 1));
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String bare = brackets ? host.substring(1, host.length() - 1) : host;
        boolean fits =
                brackets
                        ? Types.isAddress(bare) && bare.contains(":")
                        : bare.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
        return fits && port >= 1 && port <= 65535 ? new Endpoint(bare, port) : null;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
