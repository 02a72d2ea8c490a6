package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asntally.job.TestTable;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenTablesTest {

    @TempDir private Path folder;

    private final RibTimeline timeline = new RibTimeline();
    private final List<String> refused = new ArrayList<>();
    private final OpenTables tables =
            new OpenTables(
                    timeline, TableBytes.NONE, (version, reason) -> refused.add(version.id()));

    private Rib add(int seed, long validFrom) throws Exception {
        Rib rib = TestTable.random(seed, 20, 0).rib();
        Path file = folder.resolve(seed + ".rib");
        RibFile.write(rib, file);
        timeline.add(RibMessage.version(new RibVersion(rib.id(), validFrom, file.toString())));
        return rib;
    }

    private void damage(int seed) throws Exception {
        Path file = folder.resolve(seed + ".rib");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void opensATableWhenItIsNeededAndNotBefore() throws Exception {
        Rib first = add(201, 0);
        add(202, 1);
        damage(202);
        assertThat(tables.at(0).id()).isEqualTo(first.id());
        assertThat(refused).isEmpty();
    }

    @Test
    void theOneBeforeServesForADamagedOneWhichIsToldOnce() throws Exception {
        add(203, 0);
        Rib before = add(204, 1);
        Rib damaged = add(205, 2);
        damage(205);
        assertThat(tables.at(2).id()).isEqualTo(before.id());
        assertThat(tables.at(2).id()).isEqualTo(before.id());
        assertThat(refused).containsExactly(damaged.id());
    }

    @Test
    void aTableThatOthersHaveFollowedForLongIsClosedAndOpenedAgainWhenItIsNeeded()
            throws Exception {
        Rib first = add(211, 0);
        Rib second = add(212, 10);
        Rib third = add(213, 20);
        for (int place = 0; place < 3; place++) {
            tables.at(place);
        }
        tables.followedBefore(15);
        damage(211);
        damage(212);
        damage(213);
        // Those that flows of 15 and later may need are still open; the other one is damaged now.
        assertThat(tables.at(1)).isSameAs(tables.at(1));
        assertThat(tables.at(1).id()).isEqualTo(second.id());
        assertThat(tables.at(2).id()).isEqualTo(third.id());
        assertThat(refused).isEmpty();
        assertThat(first.id()).isNotEqualTo(second.id());
    }

    @Test
    void aTableThatIsGoneIsToldFromADamagedOne() throws Exception {
        add(214, 0);
        Rib gone = add(215, 1);
        Rib damaged = add(216, 2);
        Files.delete(folder.resolve("215.rib"));
        damage(216);
        tables.at(1);
        tables.at(2);
        assertThat(tables.isGone(gone.id())).isTrue();
        assertThat(tables.isGone(damaged.id())).isFalse();
        assertThat(refused).containsExactly(gone.id(), damaged.id());
        tables.came(gone.id());
        assertThat(tables.isGone(gone.id())).isFalse();
    }

    @Test
    void theOneAfterServesWhereThereIsNoneBefore() throws Exception {
        add(206, 0);
        damage(206);
        Rib after = add(207, 1);
        assertThat(tables.at(0).id()).isEqualTo(after.id());
    }

    @Test
    void withoutAnyTableThatCanBeReadItSaysSo() throws Exception {
        add(208, 0);
        damage(208);
        assertThatThrownBy(() -> tables.at(0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no routing table can be read");
    }

    @Test
    void aLongTimelineDoesNotStayOpen() throws Exception {
        for (int i = 0; i < 30; i++) {
            add(300 + i, i);
        }
        for (int i = 0; i < 30; i++) {
            assertThat(tables.at(i).id()).isEqualTo(timeline.versions().get(i).id());
        }
        for (int i = 29; i >= 0; i--) {
            assertThat(tables.at(i).id()).isEqualTo(timeline.versions().get(i).id());
        }
        assertThat(refused).isEmpty();
    }
}
