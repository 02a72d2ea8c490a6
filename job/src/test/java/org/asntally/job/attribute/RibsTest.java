package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.asntally.job.TestTable;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RibsTest {

    @TempDir Path folder;

    private Path write(Rib rib) throws IOException {
        Path file = folder.resolve("rib.bin");
        RibFile.write(rib, file);
        return file;
    }

    @Test
    void aTableIsOpenedOnceFromItsPlace() throws Exception {
        Rib rib = TestTable.random(101, 20, 0).rib();
        RibVersion version = new RibVersion(rib.id(), 0, write(rib).toString());
        Rib opened = Ribs.open(version);
        assertThat(opened.id()).isEqualTo(rib.id());
        assertThat(Ribs.open(version)).isSameAs(opened);
        assertThat(opened.version()).isEqualTo(version.version());
    }

    @Test
    void anotherTableInItsPlaceIsRefused() throws Exception {
        Rib rib = TestTable.random(102, 20, 0).rib();
        String wanted = TestTable.random(103, 20, 0).rib().id();
        RibVersion version = new RibVersion(wanted, 0, write(rib).toString());
        assertThatThrownBy(() -> Ribs.open(version))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(rib.id())
                .hasMessageContaining(wanted);
    }

    @Test
    void aTableThatIsNowhereIsSaidToBe() {
        RibVersion version = new RibVersion("ab".repeat(32), 0, "");
        assertThatThrownBy(() -> Ribs.open(version))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not open in this JVM");
    }
}
