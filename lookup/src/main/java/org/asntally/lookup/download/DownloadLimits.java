package org.asntally.lookup.download;

import java.time.Duration;

/**
 * What a download may take.
 *
 * @param bytes the largest body
 * @param connect until a connection stands
 * @param stall the longest silence, before the answer and within it
 * @param total from the first attempt to the end of the last one, pauses included
 * @param retries further attempts after one that failed in a way that may pass
 * @param pause before the first further attempt; each later one waits four times as long
 */
public record DownloadLimits(
        long bytes, Duration connect, Duration stall, Duration total, int retries, Duration pause) {

    /** A full table of all peers has some 300 MB; nothing that is ten times as large is one. */
    public static final DownloadLimits DEFAULT =
            new DownloadLimits(
                    2_000_000_000L,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(60),
                    3,
                    Duration.ofSeconds(2));

    /** The same with another largest body. */
    public DownloadLimits bytes(long most) {
        return new DownloadLimits(most, connect, stall, total, retries, pause);
    }

    /** The same with another longest silence, which also bounds connecting. */
    public DownloadLimits stall(Duration longest) {
        Duration shorter = longest.compareTo(connect) < 0 ? longest : connect;
        return new DownloadLimits(bytes, shorter, longest, total, retries, pause);
    }

    /** The same with another time in all. */
    public DownloadLimits total(Duration longest) {
        return new DownloadLimits(bytes, connect, stall, longest, retries, pause);
    }

    /** The same with another number of further attempts. */
    public DownloadLimits retries(int number) {
        return new DownloadLimits(bytes, connect, stall, total, number, pause);
    }

    /** The same with another first pause. */
    public DownloadLimits pause(Duration first) {
        return new DownloadLimits(bytes, connect, stall, total, retries, first);
    }
}
