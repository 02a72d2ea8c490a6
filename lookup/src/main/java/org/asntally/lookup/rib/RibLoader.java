package org.asntally.lookup.rib;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.asntally.lookup.read.AsNamesReader;
import org.asntally.lookup.read.IpLocationDbReader;
import org.asntally.lookup.read.PyasnReader;
import org.asntally.lookup.read.TableFaults;
import org.asntally.lookup.read.TableKind;
import org.jspecify.annotations.Nullable;

/**
 * Opens tables of any kind that asntally reads, told by their content: a RIB file, pyasn's format,
 * ip-location-db's CSV (these plain or gzip), a folder as pyasn's cache (the newest {@code ipasn_*}
 * by name, and {@code asnames.json}), a folder of RIB files.
 *
 * <p>A RIB file alone is mapped and checked; everything else is read into memory.
 */
public final class RibLoader {

    /** What pyasn calls its names. */
    private static final String NAMES = "asnames.json";

    private static final String TABLES = "ipasn_";
    private static final int HEAD = 1 << 16;

    private final TableFaults faults;
    private final RibBuilder builder = new RibBuilder();
    private @Nullable Path names;
    private @Nullable Path countries;

    /**
     * One loader loads one table.
     *
     * @param faults is told of each line that cannot be read
     */
    public RibLoader(TableFaults faults) {
        this.faults =
                (file, line, fault, excerpt) -> {
                    builder.skippedLine();
                    faults.skipped(file, line, fault, excerpt);
                };
    }

    /** AS names in pyasn's JSON; they replace those of the table. */
    public RibLoader names(Path file) {
        names = file;
        return this;
    }

    /** A table of ip-location-db with countries, for prefixes whose table tells none. */
    public RibLoader countries(Path file) {
        countries = file;
        return this;
    }

    /** The builder, for facts that no file tells. */
    public RibBuilder builder() {
        return builder;
    }

    /**
     * Opens a table, or several as one: of equal prefixes the one in the last table is shown.
     *
     * @throws RibFormatException when there is no readable route in it, or it is damaged
     * @throws IOException when it cannot be read
     */
    public Rib load(Path... tables) throws IOException {
        return load(List.of(tables));
    }

    /** As {@link #load(Path...)}. */
    public Rib load(List<Path> tables) throws IOException {
        StringBuilder source = new StringBuilder();
        for (Path table : tables) {
            Path file = table;
            if (Files.isDirectory(table)) {
                file = tableIn(table);
                if (file == null) {
                    throw new RibFormatException(table, "holds no table");
                }
                Path besideIt = table.resolve(NAMES);
                if (names == null && isPyasn(file) && Files.isRegularFile(besideIt)) {
                    readNames(besideIt);
                }
            }
            Rib whole = read(file, tables.size() == 1 && names == null && countries == null);
            if (whole != null) {
                return whole;
            }
            source.append(source.length() == 0 ? "" : ", ").append(file.getFileName());
        }
        if (names != null && readNames(names) == 0) {
            throw new RibFormatException(names, "has no AS name that can be read");
        }
        if (countries != null) {
            readCountries(countries);
        }
        Rib rib;
        try {
            rib = builder.source(source.toString()).build();
        } catch (IllegalStateException e) {
            throw new RibFormatException(tables.get(0), "is no real table: " + e.getMessage());
        }
        if (rib.routes() == 0) {
            throw new RibFormatException(tables.get(0), "has no readable route");
        }
        if (builder.isFull()) {
            throw new RibFormatException(
                    tables.get(0), "has more than " + RibBuilder.MAX_ROUTES + " routes");
        }
        return rib;
    }

    /**
     * The table that a folder stands for: the newest of pyasn's by name, else the RIB file that
     * became valid last; null when it holds neither.
     *
     * @throws IOException when the folder cannot be read
     */
    public static @Nullable Path tableIn(Path folder) throws IOException {
        Path newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, TABLES + "*")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)
                        && (newest == null || file.toString().compareTo(newest.toString()) > 0)) {
                    newest = file;
                }
            }
        }
        return newest != null ? newest : new RibArchive(folder).newest();
    }

    private static boolean isPyasn(Path file) {
        return String.valueOf(file.getFileName()).startsWith(TABLES);
    }

    /** Reads one file into the builder, or gives it as it is when it alone is asked for. */
    private @Nullable Rib read(Path file, boolean alone) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = open(file)) {
            in.mark(HEAD);
            byte[] head = in.readNBytes(HEAD);
            in.reset();
            TableKind kind = RibFile.begins(head) ? TableKind.RIB : TableKind.of(head);
            switch (kind) {
                case RIB -> {
                    Rib rib = RibFile.open(file);
                    if (alone) {
                        return rib;
                    }
                    builder.add(rib);
                    builder.licence(rib.info().licence(), rib.info().attribution());
                }
                case PYASN -> {
                    builder.file(name);
                    new PyasnReader(builder).read(in, file.toString(), faults);
                }
                case IP_LOCATION_DB -> {
                    builder.file(name);
                    new IpLocationDbReader(builder).read(in, file.toString(), faults);
                }
                case UNKNOWN ->
                        throw new RibFormatException(
                                file,
                                "is no table: neither a RIB file nor pyasn's format nor"
                                        + " ip-location-db's CSV");
                default -> throw new IllegalStateException(kind.toString());
            }
        } catch (EOFException | ZipException e) {
            throw new RibFormatException(file, "is a damaged gzip file: " + e.getMessage());
        }
        return null;
    }

    private int readNames(Path file) throws IOException {
        builder.countryInNames();
        try (InputStream in = open(file)) {
            return new AsNamesReader(builder).read(in, file.toString(), faults);
        }
    }

    private void readCountries(Path file) throws IOException {
        try (InputStream in = open(file)) {
            if (new IpLocationDbReader(builder).readCountries(in, file.toString(), faults) == 0) {
                throw new RibFormatException(file, "has no range with a country");
            }
        }
    }

    /** The bytes of a file, unpacked when it is gzip by its first bytes. */
    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new RibFormatException(file, "is a directory");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), HEAD);
        try {
            in.mark(2);
            boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return gzip ? new BufferedInputStream(new GZIPInputStream(in, HEAD), HEAD) : in;
        } catch (EOFException | ZipException e) {
            in.close();
            throw new RibFormatException(file, "is a damaged gzip file: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
