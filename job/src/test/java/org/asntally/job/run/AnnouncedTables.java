package org.asntally.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibBuilder;

/** An archive of small tables, each told to a {@link NaiveTruth} too. */
final class AnnouncedTables {

    private static final List<String> PREFIXES =
            List.of(
                    "192.0.2.0/24",
                    "192.0.2.128/25",
                    "192.0.2.192/28",
                    "198.51.100.0/24",
                    "198.51.100.64/26",
                    "203.0.113.0/25",
                    "2001:db8::/32",
                    "2001:db8:4000::/36");

    private final RibArchive archive;
    private final Duration lead;
    private final SplittableRandom random;
    private final NaiveTruth truth;
    private final int others;
    private long last;

    /** With one table that holds since long ago. */
    AnnouncedTables(Path folder, Duration lead, SplittableRandom random, NaiveTruth truth)
            throws IOException {
        this(folder, lead, random, truth, 0);
    }

    /**
     * With one table that holds since long ago.
     *
     * @param others how many more routes each table has, of networks that nothing comes from
     */
    AnnouncedTables(
            Path folder, Duration lead, SplittableRandom random, NaiveTruth truth, int others)
            throws IOException {
        this.others = others;
        this.archive = new RibArchive(folder);
        this.lead = lead;
        this.random = random;
        this.truth = truth;
        archive.lead(lead);
        announce(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    }

    /** When nothing else is said a table holds as soon as the lead allows. */
    private long soon() {
        // In no whole second, as names of files are; and commits take their time.
        long earliest = System.currentTimeMillis() + lead.toMillis() + 200;
        return Math.max(last + 1, earliest + random.nextInt(500));
    }

    Path folder() {
        return archive.folder();
    }

    /** Each network is of another AS from a time on, most of them. */
    void announce(long validFrom) throws IOException {
        announce(() -> validFrom);
    }

    private void announce(LongSupplier when) throws IOException {
        List<NaiveTruth.Route> routes = new ArrayList<>();
        RibBuilder builder = new RibBuilder();
        builder.file("test");
        for (String prefix : PREFIXES) {
            NaiveTruth.Route route = new NaiveTruth.Route(prefix, 64496 + random.nextInt(15));
            routes.add(route);
            byte[] network = route.network();
            long first = 0;
            for (int i = 0; i < Math.min(8, network.length); i++) {
                first = first << 8 | (network[i] & 0xff);
            }
            if (network.length == 4) {
                builder.route4((int) first, route.length(), (int) route.asn(), routes.size());
            } else {
                builder.route6(first, 0, route.length(), (int) route.asn(), routes.size());
            }
        }
        for (int other = 0; other < others; other++) {
            builder.route4(
                    10 << 24 | other << 7, 25, 64496 + random.nextInt(15), routes.size() + other);
        }
        Rib rib = builder.build();
        long validFrom = when.getAsLong();
        RibArchive.Entry added =
                archive.add(rib, Instant.ofEpochMilli(validFrom), Clock.systemUTC());
        truth.announce(validFrom, added.id().substring(0, 16), routes);
        last = validFrom;
    }

    /** A table that holds as soon as the lead allows. */
    void announceSoon() throws IOException {
        announce(this::soon);
    }

    /** A file that is cut off, or whose bytes have changed. */
    void damaged() throws IOException {
        Path good = archive.entries().get(0).file();
        byte[] bytes = Files.readAllBytes(good);
        if (random.nextBoolean()) {
            bytes = Arrays.copyOf(bytes, bytes.length / 2);
        } else {
            bytes[bytes.length / 2 + random.nextInt(bytes.length / 2)] ^= 0x55;
        }
        Path beside = archive.folder().resolve("beside");
        Files.write(beside, bytes);
        Files.move(
                beside,
                archive.folder().resolve("20991231T000000Z-" + random.nextInt(1000) + ".rib"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
