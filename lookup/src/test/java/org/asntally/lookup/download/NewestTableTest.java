package org.asntally.lookup.download;

import static org.asntally.lookup.download.AnyServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listings as RouteViews and RIS have them, and as nobody should. */
class NewestTableTest {

    private AnyServer server;
    private NewestTable newest;

    @BeforeEach
    void start() throws IOException {
        server = new AnyServer();
        newest =
                new NewestTable(
                        new Downloader(
                                DownloadLimits.DEFAULT.retries(0),
                                null,
                                name -> null,
                                "asntally test",
                                Downloader.Watcher.NONE));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void routeViewsKeepsMonthsWithRibsInThem() throws IOException {
        server.folder("/route-views4/", "bgpdata/");
        server.folder("/route-views4/bgpdata/", "2026.09/", "2026.11/", "2026.10/", "1999.13/");
        server.folder("/route-views4/bgpdata/2026.11/", "RIBS/", "UPDATES/");
        server.folder(
                "/route-views4/bgpdata/2026.11/RIBS/",
                "rib.20261124.2200.bz2",
                "rib.20261125.0000.bz2",
                "rib.20261124.0000.bz2",
                "rib.20261125.0200.bz2.tmp",
                "updates.20261125.0215.bz2",
                "md5.txt");
        assertThat(newest.below(server.at("/route-views4/")))
                .isEqualTo(server.at("/route-views4/bgpdata/2026.11/RIBS/rib.20261125.0000.bz2"));
    }

    @Test
    void risKeepsDumpsBesideUpdates() throws IOException {
        server.folder("/rrc00/", "1999.10/", "2026.10/", "2026.11/", "latest-bview.gz");
        server.folder(
                "/rrc00/2026.11/",
                "bview.20261124.1600.gz",
                "bview.20261125.0000.gz",
                "updates.20261125.0105.gz");
        assertThat(newest.below(server.at("/rrc00/")))
                .isEqualTo(server.at("/rrc00/2026.11/bview.20261125.0000.gz"));
    }

    @Test
    void anEmptyNewMonthLeavesTheOneBefore() throws IOException {
        server.folder("/rrc00/", "2026.10/", "2026.11/");
        server.folder("/rrc00/2026.11/");
        server.folder("/rrc00/2026.10/", "bview.20261031.1600.gz");
        assertThat(newest.below(server.at("/rrc00/")))
                .isEqualTo(server.at("/rrc00/2026.10/bview.20261031.1600.gz"));
    }

    @Test
    void tablesOfOtherNamesWithADayAreFoundToo() throws IOException {
        server.folder("/pyasn/", "ipasn_20260101.dat.gz", "ipasn_20261124.1600.dat.gz", "a.html");
        assertThat(newest.below(server.at("/pyasn/")))
                .isEqualTo(server.at("/pyasn/ipasn_20261124.1600.dat.gz"));
    }

    @Test
    void linksToElsewhereAreNoTables() throws IOException {
        byte[] page =
                ("<a href='../rib.20270101.0000.bz2'>x</a>"
                                + "<a href=\"http://evil.example/rib.20270101.0000.bz2\">x</a>"
                                + "<a href=\"/rib.20270101.0000.bz2\">x</a>"
                                + "<a href=\"javascript:rib.20270101.0000.bz2\">x</a>"
                                + "<a href=\"%2e%2e%2frib.20270101.0000.bz2\">x</a>"
                                + "<a href=\"%zz\">x</a>"
                                + "<a href=\"rib.20270101.0000.bz2?x=1\">x</a>"
                                + "<a href=\"rib.20270101.0000.bz2\0\">x</a>"
                                + "<A class=x HREF = './rib.20261101.0000.bz2'>x</A>")
                        .getBytes(StandardCharsets.UTF_8);
        server.answer(
                "/x/",
                (request, out) -> {
                    out.write(head(200, "Content-Length: " + page.length));
                    out.write(page);
                });
        assertThat(newest.below(server.at("/x/"))).isEqualTo(server.at("/x/rib.20261101.0000.bz2"));
    }

    @Test
    void aFolderThatHoldsItselfEnds() {
        for (String path = "/bgpdata/"; path.length() < 200; path += "bgpdata/") {
            server.folder(path, "bgpdata/");
        }
        assertThatThrownBy(() -> newest.below(server.at("/bgpdata/")))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("shows no table");
        assertThat(server.paths()).hasSizeLessThan(10);
    }

    @Test
    void aListingWithoutATableSaysSo() {
        server.folder("/empty/");
        assertThatThrownBy(() -> newest.below(server.at("/empty/")))
                .hasMessageContaining("shows no table");
        server.answer(
                "/endless/",
                (request, out) -> {
                    out.write(head(200, "Content-Type: text/html"));
                    byte[] more =
                            "<a href=\"x\">x</a>\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
                    while (true) {
                        out.write(more);
                    }
                });
        assertThatThrownBy(() -> newest.below(server.at("/endless/")))
                .hasMessageContaining("larger than");
    }

    @Test
    void theListOfSourcesIsOfFoldersAndFiles() {
        assertThat(TableSource.of("routeviews")).isEqualTo(TableSource.ROUTEVIEWS);
        assertThat(TableSource.of("ROUTEVIEWS")).isNull();
        for (TableSource source : TableSource.values()) {
            assertThat(TableSource.of(source.word())).isEqualTo(source);
            assertThat(source.address().getScheme()).isEqualTo("https");
            assertThat(source.address().getPath().endsWith("/"))
                    .isEqualTo(source != TableSource.IPTOASN);
        }
    }
}
