package org.asntally.lookup.download;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.asntally.lookup.download.DownloadException.Reason;
import org.jspecify.annotations.Nullable;

/** Addresses of the web: which are used, and how they are shown. */
public final class Addresses {

    private Addresses() {}

    /** Whether a text is an address of the web, and not the name of a file. */
    public static boolean isOne(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /**
     * Reads an address.
     *
     * @throws DownloadException when it cannot be used
     */
    public static URI parse(String text) throws DownloadException {
        try {
            URI address = new URI(text);
            if (isOne(text) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new DownloadException(
                Reason.BAD_SETTING,
                URI.create("http://invalid/"),
                "it is no http(s) address",
                null);
    }

    /** The address without user and password. */
    public static String shown(URI address) {
        String user = address.getRawUserInfo();
        return user == null ? address.toString() : address.toString().replace(user + "@", "");
    }

    /** The header that says who asks, or null when the address names nobody. */
    static @Nullable String authorization(URI address) {
        String user = address.getUserInfo();
        return user == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /** The last part of its path, or an empty text. */
    public static String fileName(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
