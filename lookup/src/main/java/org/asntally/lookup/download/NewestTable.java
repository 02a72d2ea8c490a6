package org.asntally.lookup.download;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.asntally.lookup.download.DownloadException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest table below a folder on the web: the way down is {@code bgpdata/}, the newest
 * month that holds one, {@code RIBS/}, each where it is there. RouteViews and RIS both lie so.
 */
public final class NewestTable {

    private static final int MOST_BYTES = 8_000_000;
    private static final int DEEPEST = 5;

    /** On the first of a month its folder may be empty still. */
    private static final int MONTHS = 2;

    private final Downloader downloader;

    /** Asks through this. */
    public NewestTable(Downloader downloader) {
        this.downloader = downloader;
    }

    /**
     * The address of the newest table.
     *
     * @throws DownloadException when a listing cannot be got, or there is no table
     */
    public URI below(URI folder) throws IOException {
        URI found = below(folder, 0);
        if (found == null) {
            throw new DownloadException(
                    Reason.UNUSABLE, folder, "the listing there shows no table", null);
        }
        return found;
    }

    private @Nullable URI below(URI folder, int depth) throws IOException {
        if (depth > DEEPEST) {
            return null;
        }
        Downloader.Page page = downloader.page(folder, MOST_BYTES);
        Listing listing = Listing.of(page.text());
        List<String> tables = listing.tables();
        if (!tables.isEmpty()) {
            return page.address().resolve(tables.get(0));
        }
        for (String way : List.of("RIBS/", "bgpdata/")) {
            if (listing.has(way)) {
                return below(page.address().resolve(way), depth + 1);
            }
        }
        List<String> months = listing.months();
        for (String month : months.subList(0, Math.min(MONTHS, months.size()))) {
            URI found = below(page.address().resolve(month), depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
