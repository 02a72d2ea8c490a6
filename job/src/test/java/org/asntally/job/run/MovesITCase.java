package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFiles;
import org.asntally.job.problem.Fault;
import org.asntally.lookup.Address;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prefixes that move to another AS, with their traffic. */
@Timeout(120)
class MovesITCase {

    private static final String OLD =
            "10.1.0.0/16 64496\n10.2.0.0/16 64497\n10.3.0.0/16 64498\n10.5.0.0/16 64500\n";
    private static final String NEW =
            "10.1.0.0/16 64511\n10.3.0.0/16 64510\n10.4.0.0/16 64509\n10.5.0.0/16 64500\n";

    /** Before and after noon. */
    private static final String LOG =
            """
            10.1.0.9 - - [27/May/2026:10:59:59 +0000] "GET / HTTP/1.1" 200 1000 "-" "x"
            10.1.0.1 - - [27/May/2026:11:00:00 +0000] "GET / HTTP/1.1" 200 100 "-" "x"
            10.2.0.1 - - [27/May/2026:11:20:00 +0000] "GET / HTTP/1.1" 200 7 "-" "x"
            10.5.0.1 - - [27/May/2026:11:30:00 +0000] "GET / HTTP/1.1" 200 8 "-" "x"
            10.1.0.2 - - [27/May/2026:11:59:59 +0000] "GET / HTTP/1.1" 200 50 "-" "x"
            10.1.0.1 - - [27/May/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 2000 "-" "x"
            10.3.0.1 - - [27/May/2026:12:00:01 +0000] "GET / HTTP/1.1" 200 9 "-" "x"
            """;

    private static final Duration LEAD = Duration.ofSeconds(2);

    @TempDir private Path place;

    private static Rib table(String routes) {
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        int line = 1;
        for (String route : routes.lines().toList()) {
            String[] words = route.split("[/ ]", -1);
            byte[] text = words[0].getBytes(StandardCharsets.UTF_8);
            Address address = new Address();
            address.parse(text, 0, text.length);
            builder.route4(
                    address.v4(), Integer.parseInt(words[1]), Integer.parseInt(words[2]), line++);
        }
        return builder.build();
    }

    private String add(RibArchive archive, String routes, String validFrom) throws IOException {
        return archive.add(table(routes), Instant.parse(validFrom), Clock.systemUTC())
                .id()
                .substring(0, 16);
    }

    private JobFile job(String moves, String count, String format) throws Exception {
        String text =
                """
                version: 1
                name: edge
                parallelism: 2
                sources: {web: {type: log, path: "%s/web.log"}}
                rib: {path: "%s/rib", %s}
                counts: {nets: {sources: [web], window: 1h, %s}}
                sinks: {out: {type: files, path: "%s/results", format: %s}}
                """
                        .formatted(place, place, moves, count, place, format);
        return Objects.requireNonNull(
                JobFiles.read(Files.writeString(place.resolve("job.yaml"), text), name -> null)
                        .file(),
                text);
    }

    @Test
    void aPrefixThatMovesAtNoonIsToldWithItsTrafficOfTheHourBefore() throws Exception {
        RibArchive archive = new RibArchive(place.resolve("rib"));
        String old = add(archive, OLD, "2026-01-01T00:00:00Z");
        String next = add(archive, NEW, "2026-05-27T12:00:00Z");
        add(archive, OLD, "2026-07-01T00:00:00Z");
        Files.writeString(place.resolve("web.log"), LOG);
        JobHere here = new JobHere(place);

        // Only the highest row of a window is a result; of moves all are.
        int status = here.run(job("moves: nets", "by: [prefix], top: 1", "json"), "data");

        assertThat(status).as(here.err()).isZero();
        String row =
                "{\"name\":\"nets-moves\",\"moved_at\":\"2026-05-27T12:00:00Z\","
                        + "\"prefix\":\"%s\",\"from_asn\":%s,\"to_asn\":%s,\"from_rib\":\""
                        + old
                        + "\",\"to_rib\":\""
                        + next
                        + "\",\"window_start\":\"2026-05-27T11:00:00Z\","
                        + "\"window_end\":\"2026-05-27T12:00:00Z\",\"hits\":%d,\"bytes\":%d}";
        assertThat(lines(place.resolve("results/nets-moves/2026-05-27/12")))
                .containsExactly(
                        row.formatted("10.1.0.0/16", "64496", "64511", 2, 150),
                        row.formatted("10.2.0.0/16", "64497", "null", 1, 7));
        assertThat(JobHere.files(place.resolve("results/nets-moves"), "")).hasSize(1);
        assertThat(here.rows().stream().filter(line -> line.contains("\"name\":\"nets\"")))
                .hasSize(3)
                .anyMatch(line -> line.contains("\"hits\":2,\"bytes\":150"));
    }

    @Test
    void thoseWithoutTrafficAreToldWhereTheyAreWanted() throws Exception {
        RibArchive archive = new RibArchive(place.resolve("rib"));
        String old = add(archive, OLD, "2026-01-01T00:00:00Z");
        String next = add(archive, NEW, "2026-05-27T12:00:00Z");
        Files.writeString(place.resolve("web.log"), LOG);
        JobHere here = new JobHere(place);

        int status = here.run(job("moves: nets, moves-all: true", "by: [asn, prefix]", "csv"), "d");

        assertThat(status).as(here.err()).isZero();
        String begin = "nets-moves,2026-05-27T12:00:00Z,";
        String end = "," + old + "," + next + ",2026-05-27T11:00:00Z,2026-05-27T12:00:00Z,";
        assertThat(lines(place.resolve("results/nets-moves/2026-05-27/12")))
                .containsExactly(
                        "name,moved_at,prefix,from_asn,to_asn,from_rib,to_rib,window_start,"
                                + "window_end,hits,bytes",
                        begin + "10.1.0.0/16,64496,64511" + end + "2,150",
                        begin + "10.2.0.0/16,64497," + end + "1,7",
                        begin + "10.3.0.0/16,64498,64510" + end + "0,0",
                        begin + "10.4.0.0/16,,64509" + end + "0,0");
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : JobHere.files(folder, "")) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    /** Also: moves are wanted first when the job has run without them. */
    @Test
    @SuppressWarnings("try") // of a close that may be interrupted
    void stoppedKilledAndGoingOnItTellsEachMoveOnce() throws Exception {
        Watched watched = new Watched(place);
        try (TestJob job = new TestJob(place.resolve("data"), watched.without)) {
            job.start(2);
            watched.traffic(5);
            job.stop();
        }
        long begin = System.currentTimeMillis();
        try (TestJob job = new TestJob(place.resolve("data"), watched.with)) {
            for (int parallelism : new int[] {1, 4, 2}) {
                job.start(parallelism);
                watched.tables.announceSoon();
                watched.traffic(12);
                watched.tables.announceSoon();
                watched.traffic(12);
                if (parallelism == 1) {
                    job.stop();
                } else if (parallelism == 4) {
                    job.kill();
                }
            }
            // Time comes past the last table, and nothing else is announced.
            for (int i = 0; i < 3; i++) {
                watched.traffic(12);
            }
            watched.awaitRows(job);
            String expected = watched.moves.text(begin);
            assertThat(expected.lines().count()).isGreaterThan(6);
            String told = watched.told();
            for (int i = 0; i < 200 && told.length() < expected.length(); i++) {
                job.check();
                TimeUnit.MILLISECONDS.sleep(50);
                told = watched.told();
            }
            assertThat(told).isEqualTo(expected);
        }
    }

    @Test
    @SuppressWarnings("try") // of a close that may be interrupted
    void leftOutItsStateIsGivenUpOnRequestAndCountsGoOn() throws Exception {
        Watched watched = new Watched(place);
        long begin = System.currentTimeMillis();
        try (TestJob job = new TestJob(place.resolve("data"), watched.with)) {
            job.start(2);
            watched.tables.announceSoon();
            for (int i = 0; i < 20 && watched.told().isEmpty(); i++) {
                watched.traffic(6);
            }
            // One more that is on its way.
            watched.tables.announceSoon();
            watched.traffic(6);
            job.stop();
        }
        String told = watched.told();
        assertThat(told).isNotEmpty();
        assertThat(watched.moves.text(begin)).startsWith(told);
        try (TestJob job = new TestJob(place.resolve("data"), watched.without)) {
            assertThatThrownBy(() -> job.start(2, Set.of()))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("AT-JOB-003")
                    .hasMessageContaining("--drop all-moves");

            job.start(4, Set.of("all-moves"));
            watched.traffic(12);
            watched.awaitRows(job);
            SavedState saved = job.stop();
            assertThat(saved.operators().values())
                    .anyMatch(name -> name.contains("all"))
                    .noneMatch(name -> name.contains("moves"));
        }
        assertThat(watched.told()).isEqualTo(told);
    }

    /** A followed job's logs and tables, and what must come of them. */
    private static final class Watched {
        private final SplittableRandom random = new SplittableRandom(7);
        private final NaiveTruth truth = new NaiveTruth(TwoLogs.COUNTS);
        private final MovesTruth moves = new MovesTruth(truth);
        private final AnnouncedTables tables;
        private final TwoLogs logs;
        private final Path out;

        /** The job without moves, and with them. */
        private final String without;

        private final String with;

        Watched(Path place) throws Exception {
            tables = new AnnouncedTables(place.resolve("rib"), LEAD, random, truth);
            logs = new TwoLogs(place.resolve("log"));
            out = place.resolve("out");
            without = logs.job(true, tables.folder(), out, "");
            with = without.replace("slack: 1s}", "slack: 1s, moves: all}");
            assertThat(with).isNotEqualTo(without);
        }

        void traffic(int steps) throws Exception {
            for (int step = 0; step < steps; step++) {
                for (int line = 0; line < 20; line++) {
                    boolean web = random.nextBoolean();
                    String address = TwoLogs.address(random);
                    int bytes = random.nextInt(2_000);
                    long time = System.currentTimeMillis() - random.nextInt(300);
                    logs.write(truth, web, time, address, bytes);
                    moves.line(web ? time / 1000 * 1000 : time, address, bytes);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        /** Moves time on, and waits for the rows of all windows that end by it. */
        void awaitRows(TestJob job) throws Exception {
            long end = System.currentTimeMillis() + 4_000;
            logs.write(true, end, "192.0.2.1", 1);
            logs.write(false, end, "192.0.2.1", 1);
            ResultText.await(
                    out,
                    row -> row.containsKey("key") && ResultText.before(end - 3_000).test(row),
                    truth,
                    job,
                    "results");
        }

        String told() throws IOException {
            List<String> lines = new ArrayList<>();
            for (Map<String, String> row : ResultText.rows(out.resolve("all-moves"))) {
                lines.add(
                        String.join(
                                " ",
                                ResultText.field(row, "moved_at"),
                                ResultText.field(row, "prefix"),
                                ResultText.field(row, "from_asn"),
                                ResultText.field(row, "to_asn"),
                                ResultText.field(row, "from_rib"),
                                ResultText.field(row, "to_rib"),
                                ResultText.field(row, "window_start"),
                                ResultText.field(row, "hits"),
                                ResultText.field(row, "bytes")));
            }
            lines.sort(null);
            return String.join("\n", lines);
        }
    }

    /** Moves as a list of all lines and tables says them; all tables have the same prefixes. */
    private static final class MovesTruth {
        private static final long WINDOW = 1_000;

        private final NaiveTruth truth;

        /** Hits and bytes by window and prefix. */
        private final Map<Long, Map<String, long[]>> traffic = new TreeMap<>();

        MovesTruth(NaiveTruth truth) {
            this.truth = truth;
        }

        void line(long time, String address, long bytes) {
            NaiveTruth.Route best = null;
            for (NaiveTruth.Route route : truth.inForce(time).routes()) {
                if (route.holds(NaiveTruth.bytes(address))
                        && (best == null || route.length() > best.length())) {
                    best = route;
                }
            }
            if (best != null) {
                long[] sum =
                        traffic.computeIfAbsent(
                                        Math.floorDiv(time, WINDOW) * WINDOW, w -> new TreeMap<>())
                                .computeIfAbsent(best.prefix(), prefix -> new long[2]);
                sum[0]++;
                sum[1] += bytes;
            }
        }

        /** Those after a moment. */
        String text(long begin) {
            List<String> lines = new ArrayList<>();
            for (NaiveTruth.Announced after : truth.timeline()) {
                long moment = after.validFrom();
                if (moment <= begin) {
                    continue;
                }
                NaiveTruth.Announced before = truth.inForce(moment - 1);
                long start = Math.floorDiv(moment, WINDOW) * WINDOW - WINDOW;
                for (int i = 0; i < after.routes().size(); i++) {
                    NaiveTruth.Route from = before.routes().get(i);
                    NaiveTruth.Route to = after.routes().get(i);
                    long[] sum = traffic.getOrDefault(start, Map.of()).get(to.prefix());
                    if (from.asn() != to.asn() && sum != null) {
                        lines.add(
                                String.join(
                                        " ",
                                        Instant.ofEpochMilli(moment).toString(),
                                        to.prefix(),
                                        String.valueOf(from.asn()),
                                        String.valueOf(to.asn()),
                                        before.version(),
                                        after.version(),
                                        Instant.ofEpochMilli(start).toString(),
                                        String.valueOf(sum[0]),
                                        String.valueOf(sum[1])));
                    }
                }
            }
            lines.sort(null);
            return String.join("\n", lines);
        }
    }
}
