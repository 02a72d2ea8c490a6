package org.asntally.lookup.rib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asntally.lookup.rib.RibArchive.Entry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of tables: which one holds when, and which ones go. */
class RibArchiveTest {

    private static final Instant NOW = Instant.parse("2026-11-25T03:00:00.250Z");

    @TempDir private Path folder;

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static Rib table(int asn) {
        RibBuilder builder = new RibBuilder();
        builder.file("t");
        builder.route4(0xc0000200, 24, asn, 1);
        return builder.build();
    }

    private RibArchive archive() {
        return new RibArchive(folder.resolve("archive"));
    }

    private static Entry add(RibArchive archive, int asn, @Nullable String from, String added)
            throws IOException {
        return archive.add(
                table(asn).fetched("test", 0),
                from == null ? null : Instant.parse(from),
                at(Instant.parse(added)));
    }

    @Test
    void aTableHoldsFromTheNextWholeSecondBehindTheLead() throws IOException {
        RibArchive archive = archive();
        Entry entry = archive.add(table(64496), null, at(NOW));
        assertThat(entry.validFrom()).isEqualTo(Instant.parse("2026-11-25T03:01:01Z"));
        assertThat(entry.info().addedAt()).isEqualTo(NOW);
        assertThat(entry.file().getFileName())
                .hasToString("20261125T030101Z-" + entry.id().substring(0, 16) + ".rib");
        assertThat(RibFile.verify(entry.file()).info()).isEqualTo(entry.info());
        assertThat(entry.id()).isEqualTo(table(64496).id());
        assertThat(entry.isBackdated(archive.lead())).isFalse();

        archive.lead(Duration.ofMinutes(10));
        assertThat(archive.add(table(64497), null, at(NOW)).validFrom())
                .isEqualTo(Instant.parse("2026-11-25T03:10:01Z"));
        Entry old = archive.add(table(64498), Instant.parse("2025-01-01T00:00:00Z"), at(NOW));
        assertThat(old.isBackdated(archive.lead())).isTrue();
        assertThat(archive.entries()).extracting(Entry::id).first().isEqualTo(old.id());
    }

    @Test
    void timesFindTheTableInForceAndIdsTheirTables() throws IOException {
        RibArchive archive = archive();
        Entry first = add(archive, 1, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
        Entry second = add(archive, 2, "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z");
        Entry again = add(archive, 1, "2026-03-01T00:00:00Z", "2026-01-01T00:00:00Z");
        assertThat(archive.inForce(Instant.parse("2025-12-31T23:59:59Z"))).isNull();
        assertThat(archive.inForce(first.validFrom())).isEqualTo(first);
        assertThat(archive.inForce(second.validFrom().minusMillis(1))).isEqualTo(first);
        assertThat(archive.inForce(Instant.parse("2030-01-01T00:00:00Z"))).isEqualTo(again);
        assertThat(archive.withId(first.id().substring(0, 8))).containsExactly(first, again);
        assertThat(archive.withId(first.id().substring(0, 3))).as("too short").isEmpty();
        assertThat(archive.withId("../../x")).isEmpty();
    }

    @Test
    void onlyTablesThatNobodyMayStillAskForGo() throws IOException {
        RibArchive archive = archive();
        List<Entry> all = new ArrayList<>();
        for (int day = 1; day <= 6; day++) {
            String time = "2026-01-0" + day + "T00:00:00Z";
            all.add(add(archive, day, time, time));
        }
        Duration week = Duration.ofDays(7);
        Instant tenth = Instant.parse("2026-01-10T00:00:00Z");
        assertThat(archive.prune(6, week, tenth)).isEmpty();
        assertThat(archive.prune(1, week, tenth))
                .as(
                        "the second took the first's place eight days ago, the third the second's seven")
                .containsExactly(all.get(0).file(), all.get(1).file());
        assertThat(archive.prune(0, week, Instant.parse("2027-01-01T00:00:00Z")))
                .as("the last one stays in any case")
                .hasSize(3);
        assertThat(archive.entries()).hasSize(1);
    }

    @Test
    void tablesThatPeopleAddedOrThatCameLatelyStay() throws IOException {
        RibArchive archive = archive();
        archive.add(
                table(1),
                Instant.parse("2020-01-01T00:00:00Z"),
                at(NOW.minus(Duration.ofDays(400))));
        add(archive, 2, "2020-02-01T00:00:00Z", NOW.toString());
        add(archive, 3, "2020-03-01T00:00:00Z", "2020-03-01T00:00:00Z");
        add(archive, 4, "2020-04-01T00:00:00Z", "2020-03-01T00:00:00Z");
        List<Path> gone = archive.prune(1, Duration.ofDays(30), NOW);
        assertThat(gone).hasSize(1).first().asString().contains("20200301");
    }

    @Test
    void whatAKilledWriterLeftGoesAfterAnHour() throws IOException {
        RibArchive archive = archive();
        Files.createDirectories(archive.folder());
        Path fresh = Files.writeString(archive.folder().resolve(".adding.4194305"), "x");
        Path old = Files.writeString(archive.folder().resolve(".adding.4194306"), "x");
        FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(old, before);
        Path mine =
                Files.writeString(
                        archive.folder().resolve(".adding." + ProcessHandle.current().pid() + "0"),
                        "x");
        archive.add(table(1), null, Clock.systemUTC());
        assertThat(fresh).exists();
        assertThat(mine).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void damagedFilesAreToldAndNotListed() throws IOException {
        RibArchive archive = archive();
        Entry whole = archive.add(table(1), null, at(NOW));
        Path bad = Files.write(archive.folder().resolve("20270101T000000Z-x.rib"), new byte[70]);
        List<String> told = new ArrayList<>();
        assertThat(archive.entries((file, e) -> told.add(String.valueOf(e.getMessage()))))
                .containsExactly(whole);
        assertThat(told).containsExactly("'" + bad + "' is no RIB file");
        assertThat(Objects.requireNonNull(archive.newest())).isEqualTo(whole);
    }

    @Test
    void aFileOfOtherContentThanItsIdIsFound() throws IOException {
        Rib rib = table(1);
        Rib lying = new Rib(rib.parts(), rib.info(), table(2).hash());
        Path file = folder.resolve("lying.rib");
        RibFile.write(lying, file);
        assertThat(RibFile.open(file).routes()).isEqualTo(1);
        assertThatThrownBy(() -> RibFile.verify(file))
                .hasMessageContaining("does not hold what its id says");
    }
}
