package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenTableTest {

    @TempDir private Path folder;

    @Test
    void answersUntilItIsClosed() throws Exception {
        Path file = folder.resolve("table.dat");
        Files.writeString(file, "192.0.2.0/24\t4200000000\nrubbish\n2001:db8::/32\t64496\n");
        OpenTable table = OpenTable.of(file);

        assertThat(table.network("192.0.2.7"))
                .isEqualTo(new Network("192.0.2.0/24", 4_200_000_000L, null, null));
        assertThat(table.network("::ffff:192.0.2.7")).isEqualTo(table.network("192.0.2.7"));
        assertThat(table.network("2001:db8::1")).extracting(Network::asn).isEqualTo(64496L);
        assertThat(table.network("198.51.100.1")).isNull();
        assertThat(table.rib().info().skippedLines()).isEqualTo(1);
        assertThatThrownBy(() -> table.network("192.0.2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no IP address: '192.0.2'");
        Rib kept = table.rib();

        table.close();
        table.close();

        assertThatThrownBy(() -> table.network("192.0.2.7"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(kept.route4(0xc0000207)).isZero();
    }
}
