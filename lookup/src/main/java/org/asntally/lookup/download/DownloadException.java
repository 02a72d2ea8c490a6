package org.asntally.lookup.download;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A download failed; the message says why in words, without the address. */
public final class DownloadException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure, and so what may help. */
    public enum Reason {
        /** Nobody answered, or not in time. */
        NO_ANSWER(true),
        /** The body ended early, or nothing came for too long. */
        BROKEN_OFF(true),
        /** The server has a problem that may pass. */
        SERVER_BUSY(true),
        /** The server will not give it: 4xx and other answers. */
        REFUSED(false),
        /** It leads somewhere that is not followed. */
        BAD_REDIRECT(false),
        /** Larger than the limit. */
        TOO_LARGE(false),
        /** Not done within the time for all. */
        TOO_SLOW(false),
        /** The server's certificate is not trusted. */
        NOT_TRUSTED(false),
        /** The address, the proxy or the file of certificates cannot be used. */
        BAD_SETTING(false),
        /** What came cannot be used: a listing without a table. */
        UNUSABLE(false);

        private final boolean passes;

        Reason(boolean passes) {
            this.passes = passes;
        }

        /** Whether another attempt may do better. */
        public boolean mayPass() {
            return passes;
        }
    }

    private final Reason reason;
    private final URI address;

    DownloadException(Reason reason, URI address, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.address = address;
    }

    /** What kind of failure. */
    public Reason reason() {
        return reason;
    }

    /** The address that failed, without a password. */
    public String address() {
        return Addresses.shown(address);
    }
}
