package org.asntally.lookup.rib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.asntally.lookup.read.AsNameLinesReader;
import org.asntally.lookup.read.AsNamesReader;
import org.asntally.lookup.read.AsnDbReader;
import org.asntally.lookup.read.IpLocationDbReader;
import org.asntally.lookup.read.IpToAsnReader;
import org.asntally.lookup.read.OverridesReader;
import org.asntally.lookup.read.PyasnReader;
import org.asntally.lookup.read.RouteSink;
import org.asntally.lookup.read.TableFaults;
import org.asntally.lookup.read.TableKind;
import org.asntally.lookup.read.mmdb.MmdbReader;
import org.asntally.lookup.read.mrt.MrtReader;
import org.asntally.lookup.unpack.DamagedException;
import org.asntally.lookup.unpack.Unpacked;
import org.jspecify.annotations.Nullable;

/**
 * Opens tables of any kind that asntally reads, told by their content: a RIB file, pyasn's format,
 * ip-location-db's CSV, iptoasn's TSV, MRT dumps, MaxMind DB, asn-tools' cache (each but the first
 * plain, gzip or bzip2), a folder as pyasn's cache (the newest {@code ipasn_*} by name, and {@code
 * asnames.json}), a folder of RIB files.
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
    private @Nullable Path overrides;
    private final Set<String> licences = new LinkedHashSet<>();
    private final Set<String> attributions = new LinkedHashSet<>();
    private boolean cutOff;
    private String cutOffAt = "";
    private @Nullable String madeOf;

    /**
     * One loader loads one table.
     *
     * @param faults is told of each line that cannot be read
     */
    public RibLoader(TableFaults faults) {
        this.faults =
                (file, line, fault, excerpt) -> {
                    builder.skippedLine();
                    if (fault.endsReading()) {
                        cutOff = true;
                        cutOffAt = excerpt;
                    }
                    faults.skipped(file, line, fault, excerpt);
                };
    }

    /** AS names, in pyasn's JSON or a line each; they replace those of the table. */
    public RibLoader names(Path file) {
        names = file;
        return this;
    }

    /** A table of ip-location-db with countries, for prefixes whose table tells none. */
    public RibLoader countries(Path file) {
        countries = file;
        return this;
    }

    /** Prefixes and names of one's own; they take the place of equal ones in all tables. */
    public RibLoader overrides(Path file) {
        overrides = file;
        return this;
    }

    /** Whether a file ended within a line or record, or could not be read from some place on. */
    public boolean isCutOff() {
        return cutOff;
    }

    /** What the table is made of, for people (otherwise the names of the files). */
    public RibLoader source(String text) {
        madeOf = text;
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
            Rib whole = read(file, tables.size() == 1 && isNothingElse());
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
        if (overrides != null) {
            readOverrides(overrides);
            source.append(", ").append(overrides.getFileName());
        }
        if (!licences.isEmpty()) {
            builder.licence(String.join("; ", licences), String.join("; ", attributions));
        }
        Rib rib;
        try {
            rib = builder.source(madeOf != null ? madeOf : source.toString()).build();
        } catch (IllegalStateException e) {
            throw new RibFormatException(tables.get(0), "is no real table: " + e.getMessage());
        }
        if (rib.routes() == 0) {
            throw new RibFormatException(
                    tables.get(0),
                    "has no readable route" + (cutOff ? "; it is cut off: " + cutOffAt : ""));
        }
        if (builder.isFull()) {
            throw new RibFormatException(
                    tables.get(0), "has more than " + RibBuilder.MAX_ROUTES + " routes");
        }
        if (builder.hasTooManyNames()) {
            throw new RibFormatException(
                    tables.get(0),
                    "has more than " + NameList.MOST + " AS names, or too long ones");
        }
        return rib;
    }

    private boolean isNothingElse() {
        return names == null && countries == null && overrides == null;
    }

    /**
     * The table that a folder stands for: the newest of pyasn's by name, else the RIB file that
     * became valid last; null when it holds neither.
     *
     * @throws IOException when the folder cannot be read
     */
    public static @Nullable Path tableIn(Path folder) throws IOException {
        Path newest = pyasnTableIn(folder);
        if (newest != null) {
            return newest;
        }
        RibArchive.Entry last = new RibArchive(folder).newest();
        return last == null ? null : last.file();
    }

    /**
     * The newest of pyasn's tables in a folder, by name, or null.
     *
     * @throws IOException when the folder cannot be read
     */
    public static @Nullable Path pyasnTableIn(Path folder) throws IOException {
        Path newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, TABLES + "*")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)
                        && (newest == null || file.toString().compareTo(newest.toString()) > 0)) {
                    newest = file;
                }
            }
        }
        return newest;
    }

    private static boolean isPyasn(Path file) {
        return String.valueOf(file.getFileName()).startsWith(TABLES);
    }

    /** Reads one file into the builder, or gives it as it is when it alone is asked for. */
    private @Nullable Rib read(Path file, boolean alone) throws IOException {
        try (InputStream in = open(file)) {
            byte[] head = head(in);
            if (RibFile.begins(head)) {
                Rib rib = RibFile.open(file);
                if (alone) {
                    return rib;
                }
                builder.add(rib);
                licence(rib.info().licence(), rib.info().attribution());
                return null;
            }
            builder.file(String.valueOf(file.getFileName()));
            String name = file.toString();
            switch (TableKind.of(head)) {
                case PYASN -> new PyasnReader(builder).read(in, name, faults);
                case IP_LOCATION_DB -> new IpLocationDbReader(builder).read(in, name, faults);
                case IPTOASN -> {
                    new IpToAsnReader(builder).read(in, name, faults);
                    licence("PDDL 1.0", "iptoasn.com");
                }
                case ASN_DB -> new AsnDbReader(builder).read(in, name, faults);
                case MRT -> new MrtReader(builder).read(in, name, faults);
                default -> readBinary(in, file);
            }
        } catch (DamagedException e) {
            throw new RibFormatException(file, "is " + e.getMessage());
        }
        return null;
    }

    /** The first bytes; where it is damaged before, those before that. */
    private static byte[] head(InputStream in) throws IOException {
        byte[] head = new byte[HEAD];
        int length = 0;
        in.mark(HEAD);
        try {
            int read;
            while (length < HEAD && (read = in.read(head, length, HEAD - length)) > 0) {
                length += read;
            }
        } catch (DamagedException e) {
            // Told when it is read.
        }
        in.reset();
        return Arrays.copyOf(head, length);
    }

    private void readBinary(InputStream in, Path file) throws IOException {
        byte[] whole = in.readNBytes(MmdbReader.LONGEST + 1);
        if (whole.length > MmdbReader.LONGEST || !MmdbReader.is(whole)) {
            StringJoiner formats = new StringJoiner(" nor ", "is no table: neither ", "");
            for (TableKind kind : TableKind.values()) {
                formats.add(kind.words());
            }
            throw new RibFormatException(file, formats.toString());
        }
        String type = MmdbReader.type(whole);
        if (type.startsWith("GeoLite2")) {
            licence(
                    "GeoLite2 End User License Agreement",
                    "This product includes GeoLite2 data created by MaxMind (maxmind.com)");
        }
        MmdbReader.read(whole, builder, file.toString(), faults);
    }

    private void licence(String licence, String attribution) {
        if (!licence.isEmpty()) {
            licences.add(licence);
        }
        if (!attribution.isEmpty()) {
            attributions.add(attribution);
        }
    }

    private void readOverrides(Path file) throws IOException {
        builder.file(String.valueOf(file.getFileName()));
        try (InputStream in = open(file)) {
            if (new OverridesReader(builder).read(in, file.toString(), faults) == 0) {
                throw new RibFormatException(file, "has no prefix or name that can be read");
            }
        } catch (DamagedException e) {
            throw new RibFormatException(file, "is " + e.getMessage());
        }
    }

    private int readNames(Path file) throws IOException {
        builder.countryInNames();
        return readNames(file, builder, faults);
    }

    /**
     * Reads AS names: pyasn's JSON, or a line each.
     *
     * @return how many there are
     */
    private static int readNames(Path file, RouteSink sink, TableFaults faults) throws IOException {
        try (InputStream in = open(file)) {
            in.mark(HEAD);
            int first = in.read();
            while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
                first = in.read();
            }
            in.reset();
            return Character.isDigit(first) || first == 'A' || first == '#'
                    ? new AsNameLinesReader(sink).read(in, file.toString(), faults)
                    : new AsNamesReader(sink).read(in, file.toString(), faults);
        } catch (DamagedException e) {
            throw new RibFormatException(file, "is " + e.getMessage());
        }
    }

    /**
     * How many AS names there are in a file; 0: it is none of names, or it breaks off.
     *
     * @throws IOException when it cannot be read
     */
    public static int countNames(Path file) throws IOException {
        boolean[] cut = new boolean[1];
        int names =
                readNames(
                        file,
                        new RibBuilder(),
                        (name, line, fault, excerpt) -> cut[0] |= fault.endsReading());
        return cut[0] ? 0 : names;
    }

    private void readCountries(Path file) throws IOException {
        try (InputStream in = open(file)) {
            if (new IpLocationDbReader(builder).readCountries(in, file.toString(), faults) == 0) {
                throw new RibFormatException(file, "has no range with a country");
            }
        } catch (DamagedException e) {
            throw new RibFormatException(file, "is " + e.getMessage());
        }
    }

    /** The bytes of a file, unpacked when it is gzip or bzip2 by its first bytes. */
    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new RibFormatException(file, "is a directory");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        InputStream in = Files.newInputStream(file);
        try {
            return Unpacked.open(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
