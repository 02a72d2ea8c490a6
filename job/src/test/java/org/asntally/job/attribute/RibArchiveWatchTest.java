package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.asntally.job.TestTable;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RibArchiveWatchTest {

    private static final Instant NOW = Instant.parse("2026-10-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir private Path folder;

    private final RibArchive archive() {
        return new RibArchive(folder);
    }

    private RibArchive.Entry add(int seed, int routes, Instant validFrom) throws IOException {
        Rib rib = TestTable.random(seed, routes, 0).rib();
        return archive().add(rib, validFrom, CLOCK);
    }

    private RibArchiveWatch watch() {
        return new RibArchiveWatch(folder.toString(), null, null, RibDelivery.byReference(), CLOCK);
    }

    private static List<RibVersion> versions(RibArchiveWatch.Found found) {
        return found.messages().stream()
                .map(RibMessage::version)
                .filter(version -> version != null)
                .toList();
    }

    private static long promised(RibArchiveWatch.Found found) {
        return found.messages().get(found.messages().size() - 1).knownUntil();
    }

    @Test
    void tellsEachVersionOnceAndPromisesTheLeadLessTheSlack() throws Exception {
        archive().lead(Duration.ofSeconds(40));
        add(1, 30, NOW.minusSeconds(3600));
        RibArchiveWatch watch = watch();
        RibArchiveWatch.Found first = watch.look();
        assertThat(versions(first)).hasSize(1);
        assertThat(promised(first)).isEqualTo(NOW.plusSeconds(20).toEpochMilli());

        RibArchive.Entry second = add(2, 30, NOW.plusSeconds(40));
        RibArchiveWatch.Found found = watch.look();
        assertThat(versions(found))
                .containsExactly(
                        new RibVersion(
                                second.id(),
                                NOW.plusSeconds(40).toEpochMilli(),
                                second.file().toAbsolutePath().toString()));
        assertThat(versions(watch.look())).isEmpty();
        assertThat(found.refused()).isEmpty();
    }

    @Test
    void aLeadThatTheJobNamesTakesThePlaceOfTheArchives() throws Exception {
        archive().lead(Duration.ofSeconds(40));
        add(1, 30, NOW.minusSeconds(3600));
        RibDelivery delivery = RibDelivery.byReference();
        Duration lead = Duration.ofMinutes(10);
        RibArchiveWatch halved =
                new RibArchiveWatch(folder.toString(), lead, null, delivery, CLOCK);
        RibArchiveWatch slack =
                new RibArchiveWatch(
                        folder.toString(), lead, Duration.ofSeconds(30), delivery, CLOCK);

        assertThat(promised(halved.look())).isEqualTo(NOW.plusSeconds(300).toEpochMilli());
        assertThat(promised(slack.look())).isEqualTo(NOW.plusSeconds(570).toEpochMilli());
    }

    @Test
    void whereTablesAreSentTheNewestTwoGoInPartsBeforeTheirVersionAndAgainToWhoBegins()
            throws Exception {
        RibArchive.Entry first = add(1, 30, NOW.minusSeconds(3600));
        RibArchive.Entry second = add(2, 30, NOW.minusSeconds(1800));
        RibArchive.Entry third = add(3, 30, NOW.minusSeconds(900));
        RibArchiveWatch watch =
                new RibArchiveWatch(
                        folder.toString(),
                        null,
                        null,
                        RibDelivery.byBroadcast(Set.of(second.id())),
                        CLOCK);

        List<RibMessage> messages = watch.look().messages();

        // The first is too old to be sent, the second came with the job.
        int parts = messages.size() - 3;
        assertThat(parts).isPositive();
        assertThat(messages.get(0).version())
                .isEqualTo(new RibVersion(second.id(), NOW.minusSeconds(1800).toEpochMilli(), ""));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (RibMessage message : messages.subList(1, 1 + parts)) {
            RibChunk part = Objects.requireNonNull(message.chunk());
            assertThat(part.id()).isEqualTo(third.id());
            assertThat(part.count()).isEqualTo(parts);
            sent.writeBytes(part.bytes());
        }
        assertThat(sent.toByteArray()).isEqualTo(Files.readAllBytes(third.file()));
        assertThat(messages.get(1 + parts).version())
                .isEqualTo(new RibVersion(third.id(), NOW.minusSeconds(900).toEpochMilli(), ""));
        assertThat(messages.get(2 + parts).knownUntil()).isGreaterThan(NOW.toEpochMilli());
        assertThat(watch.again().messages()).hasSameSizeAs(messages);
        assertThat(watch.again().refused()).isEmpty();
        assertThat(first.id()).isNotEqualTo(second.id());
    }

    @Test
    void anEmptyArchivePromisesNothing() throws Exception {
        assertThat(watch().look().messages()).isEmpty();
        assertThat(
                        new RibArchiveWatch(
                                        folder + "/none",
                                        null,
                                        null,
                                        RibDelivery.byReference(),
                                        CLOCK)
                                .look()
                                .messages())
                .isEmpty();
    }

    @Test
    void aDamagedVersionIsRefusedOnceAndTheOthersAreTold() throws Exception {
        add(1, 30, NOW.minusSeconds(3600));
        RibArchiveWatch watch = watch();
        watch.look();
        RibArchive.Entry damaged = add(2, 30, NOW.plusSeconds(60));
        try (FileChannel file = FileChannel.open(damaged.file(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), file.size() / 2);
        }
        Path cut = add(3, 30, NOW.plusSeconds(61)).file();
        try (FileChannel file = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            file.truncate(100);
        }
        RibArchive.Entry good = add(4, 30, NOW.plusSeconds(62));

        RibArchiveWatch.Found found = watch.look();

        assertThat(versions(found)).extracting(RibVersion::id).containsExactly(good.id());
        assertThat(found.refused())
                .hasSize(2)
                .anyMatch(reason -> reason.contains(String.valueOf(damaged.file().getFileName())))
                .anyMatch(reason -> reason.contains(String.valueOf(cut.getFileName())));
        assertThat(watch.look().refused()).isEmpty();
    }

    @Test
    void aVersionThatHasLostATenthIsRefusedUnlessItSaysThatItMay() throws Exception {
        add(1, 100, NOW.minusSeconds(3600));
        RibArchiveWatch watch = watch();
        watch.look();
        add(2, 80, NOW.plusSeconds(60));
        Rib allowed = TestTable.random(3, 80, 0).rib().fetched("a test", 100);
        RibArchive.Entry told = archive().add(allowed, NOW.plusSeconds(61), CLOCK);

        RibArchiveWatch.Found found = watch.look();

        assertThat(versions(found)).extracting(RibVersion::id).containsExactly(told.id());
        assertThat(found.refused())
                .singleElement()
                .asString()
                .matches(".* has [0-9]+ routes, the table before it [0-9]+; .* --allow-shrink");
    }

    /** Also behind it: what is refused is not what the next one is compared with. */
    @Test
    void aJobThatBeginsRefusesWhatARunningOneHasRefused() throws Exception {
        add(1, 100, NOW.minusSeconds(3600));
        RibArchiveWatch running = watch();
        List<RibVersion> known = new ArrayList<>(versions(running.look()));
        int[] routes = {50, 60, 100, 40, 95};
        for (int i = 0; i < routes.length; i++) {
            add(10 + i, routes[i], NOW.plusSeconds(60 + i));
            RibArchiveWatch.Found found = running.look();
            known.addAll(versions(found));
            assertThat(found.refused()).as("%d", i).hasSize(routes[i] < 90 ? 1 : 0);
        }
        assertThat(known).hasSize(3);

        RibArchiveWatch.Found atStart = watch().look();

        assertThat(versions(atStart)).isEqualTo(known);
        assertThat(atStart.refused()).hasSize(3);
        // So does what is known at submission, and a replay.
        assertThat(RibTimeline.of(archive().entries()).versions()).isEqualTo(known);
    }

    @Test
    void aFileThatIsNoTableIsRefused() throws Exception {
        add(1, 30, NOW.minusSeconds(3600));
        RibArchiveWatch watch = watch();
        Files.writeString(folder.resolve("20261020T130000Z-aaaaaaaaaaaaaaaa.rib"), "not a table");
        RibArchiveWatch.Found found = watch.look();
        assertThat(versions(found)).hasSize(1);
        assertThat(found.refused()).hasSize(1);
    }
}
