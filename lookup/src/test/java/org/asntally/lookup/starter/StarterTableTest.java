package org.asntally.lookup.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.asntally.lookup.rib.CountryRule;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table that ships with the program. */
class StarterTableTest {

    @Test
    void knowsWellKnownAddresses() throws IOException {
        Rib rib = StarterTable.open();
        int route = rib.route4(0x08080808);
        assertThat(rib.origin(route)).isEqualTo(15169);
        assertThat(rib.prefix(route)).isEqualTo("8.8.8.0/24");
        assertThat(rib.country(route)).isEqualTo("US");
        assertThat(rib.name(15169)).contains("Google");
        assertThat(rib.origin(rib.route6(0x2001_4860_4860_0000L, 0x8888))).isEqualTo(15169);
        assertThat(rib.route4(0xc0000201)).as("192.0.2.1").isEqualTo(Rib.UNROUTED);
    }

    @Test
    void saysWhatItIs() throws IOException {
        Rib rib = StarterTable.open();
        assertThat(rib.info().kind()).isEqualTo(RibKind.RANGES);
        assertThat(rib.info().countryRule()).isEqualTo(CountryRule.RANGE);
        assertThat(rib.info().licence()).isEqualTo("CC BY 4.0");
        assertThat(rib.info().attribution())
                .contains("routeviews.org", "db-ip.com", "nro.net", "Modified");
        assertThat(rib.info().validFrom()).isNotNull();
        assertThat(rib.info().skippedLines()).isZero();
    }

    @Test
    void theNarrowerOfItsTwoOverlappingRangesWins() throws IOException {
        Rib rib = StarterTable.open();
        // 214.95.0.0-215.0.255.255 and 215.0.0.0-215.1.3.255.
        int route = rib.route4(0xd7000001);
        assertThat(rib.prefix(route)).isEqualTo("215.0.0.0/16");
        assertThat(rib.origin(route)).isEqualTo(721);
    }

    @Test
    void isAWholeFileAndFoundInTheDistributionFirst(@TempDir Path home) throws IOException {
        Path file = Objects.requireNonNull(StarterTable.file());
        assertThat(RibFile.open(file).routes()).isGreaterThan(700_000);
        Path shipped = home.resolve("lib").resolve(StarterTable.NAME);
        Files.createDirectories(shipped.getParent());
        Files.copy(file, shipped);
        String before = System.getProperty(StarterTable.HOME);
        System.setProperty(StarterTable.HOME, home.toString());
        try {
            assertThat(StarterTable.file()).isEqualTo(shipped);
            assertThat(StarterTable.open().id()).isEqualTo(RibFile.open(file).id());
        } finally {
            if (before == null) {
                System.clearProperty(StarterTable.HOME);
            } else {
                System.setProperty(StarterTable.HOME, before);
            }
        }
    }
}
