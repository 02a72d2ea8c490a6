package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder of RIB files, one for each table that was ever in force, named by the time from which it
 * holds; and a manifest with the lead: how long before it holds a table is made known.
 */
public final class RibArchive {

    /** The lead where no manifest says another. */
    public static final Duration DEFAULT_LEAD = Duration.ofSeconds(60);

    /** How long a table is kept after another took its place, at least. */
    public static final Duration DEFAULT_RETAIN = Duration.ofDays(30);

    /** How RIB files end. */
    public static final String SUFFIX = ".rib";

    private static final String MANIFEST = "archive.manifest";
    private static final String LEAD = "lead\t";
    private static final String BEING_WRITTEN = ".adding.";

    /** The rename is done well within this time of the stamp. */
    private static final Duration RENAME = Duration.ofMillis(200);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;

    /**
     * One table of the archive.
     *
     * @param id content hash
     */
    public record Entry(Path file, String id, RibInfo info) {

        /** The time from which it holds; of a table that does not say, the beginning of time. */
        public Instant validFrom() {
            return time(info.validFrom());
        }

        /**
         * Whether it was made known later than the lead before it holds: what was counted until
         * then knew nothing of it.
         */
        public boolean isBackdated(Duration lead) {
            Instant added = info.addedAt();
            return added != null && added.plus(lead).isAfter(validFrom());
        }
    }

    /** The archive in this folder, which need not exist yet. */
    public RibArchive(Path folder) {
        this.folder = folder;
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** The lead. */
    public Duration lead() throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.exists(manifest)) {
            return DEFAULT_LEAD;
        }
        for (String line : Files.readAllLines(manifest)) {
            if (line.startsWith(LEAD)) {
                try {
                    return Duration.parse(line.substring(LEAD.length()).trim());
                } catch (DateTimeException e) {
                    throw new RibFormatException(manifest, "has no readable lead");
                }
            }
        }
        throw new RibFormatException(manifest, "has no lead");
    }

    /** Keeps another lead from now on; makes the folder. */
    public void lead(Duration lead) throws IOException {
        Files.createDirectories(folder);
        Path manifest = folder.resolve(MANIFEST);
        String begin = "." + MANIFEST + ".";
        Leftovers.sweep(folder, begin);
        Path beside = folder.resolve(begin + ProcessHandle.current().pid());
        try {
            Files.writeString(beside, LEAD + lead + "\n");
            Files.move(beside, manifest, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Adds a table as of now; makes the folder. The moment of the rename is when it was added.
     *
     * @param validFrom since when it holds; null: from that moment and the lead on
     * @return what was added
     */
    public Entry add(Rib rib, @Nullable Instant validFrom, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Leftovers.sweep(folder, BEING_WRITTEN);
        Duration lead = lead();
        Rib dated = stamped(rib, validFrom, lead, clock.instant());
        Path file =
                RibFile.publish(
                        dated,
                        folder,
                        BEING_WRITTEN,
                        written -> stamped(written, validFrom, lead, clock.instant()),
                        RibArchive::name);
        Rib added = RibFile.openShipped(file);
        return new Entry(file, added.id(), added.info());
    }

    private static Rib stamped(Rib rib, @Nullable Instant validFrom, Duration lead, Instant now) {
        Instant from = validFrom;
        if (from == null) {
            // The next whole second: names of files have no finer time, and what is promised is
            // that nobody hears of a table later than the lead before it holds.
            Instant earliest = now.plus(lead).plus(RENAME);
            from = earliest.truncatedTo(ChronoUnit.SECONDS);
            from = from.equals(earliest) ? from : from.plusSeconds(1);
        }
        return rib.with(rib.info().at(from, now.truncatedTo(ChronoUnit.MILLIS)));
    }

    private static String name(Rib rib) {
        return TIME.format(time(rib.info().validFrom())) + "-" + rib.id().substring(0, 16) + SUFFIX;
    }

    /**
     * All tables by the time from which they hold, of equal times by when they were added. A file
     * that is no RIB file is not listed.
     */
    public List<Entry> entries() throws IOException {
        return entries((file, damage) -> {});
    }

    /** As {@link #entries()}; is told of each file that is not listed. */
    public List<Entry> entries(BiConsumer<Path, RibFormatException> damaged) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files()) {
            try {
                Rib rib = RibFile.openShipped(file);
                entries.add(new Entry(file, rib.id(), rib.info()));
            } catch (NoSuchFileException e) {
                // An update has just deleted it.
            } catch (RibFormatException e) {
                damaged.accept(file, e);
            }
        }
        entries.sort(
                Comparator.comparing(Entry::validFrom)
                        .thenComparing(entry -> time(entry.info().addedAt()))
                        .thenComparing(entry -> entry.file().toString()));
        return entries;
    }

    /** All files that should be tables, by name; damaged ones too. */
    public List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                files.forEach(found::add);
            }
        }
        found.sort(Comparator.comparing(Path::toString));
        return found;
    }

    private static Instant time(@Nullable Instant time) {
        return time == null ? Instant.EPOCH : time;
    }

    /** The table that holds last, or null when the archive is empty. */
    public @Nullable Entry newest() throws IOException {
        List<Entry> entries = entries();
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    /** The table in force at a time, or null when the oldest one holds later. */
    public @Nullable Entry inForce(Instant time) throws IOException {
        Entry found = null;
        for (Entry entry : entries()) {
            if (entry.validFrom().isAfter(time)) {
                break;
            }
            found = entry;
        }
        return found;
    }

    /**
     * The tables whose content hash begins so, oldest first.
     *
     * @param id at least 4 hexadecimal digits; anything else finds nothing
     */
    public List<Entry> withId(String id) throws IOException {
        String lower = id.toLowerCase(Locale.ROOT);
        if (!lower.matches("[0-9a-f]{4,64}")) {
            return List.of();
        }
        return entries().stream().filter(entry -> entry.id().startsWith(lower)).toList();
    }

    /**
     * Deletes tables that updates have got, all but the newest {@code keep}: those in whose place
     * another one has been for longer than {@code retain}, and that were added longer ago than
     * that. A job that goes on from a checkpoint may still ask for younger ones. Tables that people
     * have added stay, and count as kept.
     *
     * @return the files that are gone
     */
    public List<Path> prune(int keep, Duration retain, Instant now) throws IOException {
        List<Entry> entries = entries();
        List<Path> gone = new ArrayList<>();
        Instant before = now.minus(retain);
        for (int i = 0; i < entries.size() - Math.max(1, keep); i++) {
            RibInfo info = entries.get(i).info();
            if (!info.fetchedFrom().isEmpty()
                    && !time(info.addedAt()).isAfter(before)
                    && !entries.get(i + 1).validFrom().isAfter(before)) {
                Files.deleteIfExists(entries.get(i).file());
                gone.add(entries.get(i).file());
            }
        }
        return gone;
    }
}
