package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of RIB files, one for each table that was ever in force, named by the time from which it
 * holds; and a manifest with the lead: how long before it holds a table is made known.
 */
public final class RibArchive {

    /** The lead where no manifest says another. */
    public static final Duration DEFAULT_LEAD = Duration.ofSeconds(60);

    /** How RIB files end. */
    public static final String SUFFIX = ".rib";

    private static final String MANIFEST = "archive.manifest";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;

    /**
     * One table of the archive.
     *
     * @param id content hash
     */
    public record Entry(Path file, String id, RibInfo info) {}

    /** The archive in this folder, which need not exist yet. */
    public RibArchive(Path folder) {
        this.folder = folder;
    }

    /** The lead. */
    public Duration lead() throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.exists(manifest)) {
            return DEFAULT_LEAD;
        }
        for (String line : Files.readAllLines(manifest)) {
            if (line.startsWith("lead\t")) {
                try {
                    return Duration.parse(line.substring(5).trim());
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
        Path beside = folder.resolve("." + MANIFEST + "." + ProcessHandle.current().pid());
        Files.writeString(beside, "lead\t" + lead + "\n");
        Files.move(beside, manifest, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Adds a table; makes the folder.
     *
     * @return its file
     * @throws IllegalArgumentException when the table does not say from when it holds
     */
    public Path add(Rib rib) throws IOException {
        Instant validFrom = rib.info().validFrom();
        if (validFrom == null) {
            throw new IllegalArgumentException("a table in an archive holds from some time on");
        }
        Files.createDirectories(folder);
        String name = TIME.format(validFrom) + "-" + rib.id().substring(0, 16) + SUFFIX;
        Path file = folder.resolve(name);
        RibFile.write(rib, file);
        return file;
    }

    /**
     * All tables by the time from which they hold, of equal times by when they were added. A file
     * that is no RIB file is not listed.
     */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                Entry entry = entry(file);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        }
        entries.sort(
                Comparator.comparing((Entry entry) -> time(entry.info().validFrom()))
                        .thenComparing(entry -> time(entry.info().addedAt()))
                        .thenComparing(entry -> entry.file().toString()));
        return entries;
    }

    private static @Nullable Entry entry(Path file) throws IOException {
        try {
            Rib rib = RibFile.openShipped(file);
            return new Entry(file, rib.id(), rib.info());
        } catch (RibFormatException e) {
            return null;
        }
    }

    private static Instant time(@Nullable Instant time) {
        return time == null ? Instant.MIN : time;
    }

    /** The file of the table that holds last, or null when the archive is empty. */
    public @Nullable Path newest() throws IOException {
        List<Entry> entries = entries();
        return entries.isEmpty() ? null : entries.get(entries.size() - 1).file();
    }
}
