package org.asntally.lookup.starter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asntally.lookup.read.IpLocationDbReader;
import org.asntally.lookup.read.RouteSink;
import org.asntally.lookup.rib.RibBuilder;
import org.asntally.lookup.rib.RibFile;

/**
 * The compact form of the starter table. {@code starter/build.sh} packs the published CSV into it,
 * and the build of this module makes the RIB file of it.
 *
 * <pre>
 * pack ASN_FOLDER COUNTRY_FOLDER SOURCE TIME PACKED
 * build PACKED RIB
 * </pre>
 */
public final class StarterData {

    private static final String LICENCE = "CC BY 4.0";
    private static final String ATTRIBUTION =
            "RouteViews (routeviews.org), DB-IP (db-ip.com), NRO (nro.net), through ip-location-db."
                    + " Modified: ranges cut into prefixes, of overlapping ranges the narrower kept,"
                    + " one country for each prefix.";
    private static final int TABLES = 4;
    private static final int COLUMNS = 6;

    /** Columns of one table: IPv4 and IPv6 ranges with ASes, then with countries. */
    private static final class Table {
        final PackedColumns.Writer[] columns = new PackedColumns.Writer[COLUMNS];
        private long beforeHigh;
        private long beforeLow;

        Table() {
            for (int i = 0; i < COLUMNS; i++) {
                columns[i] = new PackedColumns.Writer();
            }
        }

        void add(long firstHigh, long firstLow, long lastHigh, long lastLow, long value, int line) {
            columns[0].signed(firstHigh - beforeHigh);
            // IPv4 is dense and goes on where it stopped; IPv6 begins anew at most ranges.
            columns[1].signed(firstHigh == 0 ? firstLow - beforeLow : firstLow);
            columns[2].unsigned(lastHigh - firstHigh);
            columns[3].signed(firstHigh == 0 ? lastLow - firstLow : ~lastLow);
            columns[4].unsigned(value);
            columns[5].unsigned(line);
            beforeHigh = lastHigh;
            beforeLow = lastLow;
        }
    }

    private StarterData() {}

    /** Runs one of the two commands. */
    public static void main(String[] args) throws IOException {
        if (args.length == 6 && args[0].equals("pack")) {
            pack(Path.of(args[1]), Path.of(args[2]), args[3], args[4], Path.of(args[5]));
        } else if (args.length == 3 && args[0].equals("build")) {
            buildIfOlder(Path.of(args[1]), Path.of(args[2]));
        } else {
            throw new IllegalArgumentException(
                    "pack ASN_FOLDER COUNTRY_FOLDER SOURCE TIME PACKED, or build PACKED RIB");
        }
    }

    private static void pack(Path asns, Path countries, String source, String time, Path packed)
            throws IOException {
        Table[] tables = new Table[TABLES];
        for (int i = 0; i < TABLES; i++) {
            tables[i] = new Table();
        }
        Map<Long, byte[]> names = new TreeMap<>();
        IpLocationDbReader reader = new IpLocationDbReader(new Packer(List.of(tables), names));
        for (String family : new String[] {"ipv4", "ipv6"}) {
            read(reader, asns.resolve("asn-" + family + "-num.csv"), false);
            read(reader, countries.resolve("asn-country-" + family + "-num.csv"), true);
        }
        PackedColumns.Writer[] all = new PackedColumns.Writer[TABLES * COLUMNS + 3];
        for (int i = 0; i < TABLES; i++) {
            System.arraycopy(tables[i].columns, 0, all, i * COLUMNS, COLUMNS);
        }
        PackedColumns.Writer facts = new PackedColumns.Writer();
        facts.text(source.getBytes(StandardCharsets.UTF_8));
        facts.unsigned(Instant.parse(time).getEpochSecond());
        PackedColumns.Writer namedAsns = new PackedColumns.Writer();
        PackedColumns.Writer nameTexts = new PackedColumns.Writer();
        long before = 0;
        for (Map.Entry<Long, byte[]> name : names.entrySet()) {
            namedAsns.unsigned(name.getKey() - before);
            nameTexts.text(name.getValue());
            before = name.getKey();
        }
        all[TABLES * COLUMNS] = facts;
        all[TABLES * COLUMNS + 1] = namedAsns;
        all[TABLES * COLUMNS + 2] = nameTexts;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(packed))) {
            PackedColumns.write(out, all);
        }
    }

    private static void read(IpLocationDbReader reader, Path csv, boolean countries)
            throws IOException {
        try (InputStream in = Files.newInputStream(csv)) {
            if (countries) {
                reader.readCountries(in, csv.toString(), StarterData::refuse);
            } else {
                reader.read(in, csv.toString(), StarterData::refuse);
            }
        }
    }

    private static void refuse(String file, long line, Enum<?> fault, String excerpt) {
        throw new IllegalArgumentException(file + ":" + line + ": " + fault + ": " + excerpt);
    }

    private record Packer(List<Table> tables, Map<Long, byte[]> names) implements RouteSink {

        @Override
        public void file(String name) {}

        @Override
        public void route4(int address, int length, int asn, int line) {
            throw new IllegalStateException("a route in a table of ranges");
        }

        @Override
        public void route6(long high, long low, int length, int asn, int line) {
            throw new IllegalStateException("a route in a table of ranges");
        }

        @Override
        public void range(
                boolean v6,
                long firstHigh,
                long firstLow,
                long lastHigh,
                long lastLow,
                int asn,
                int country,
                int line) {
            tables.get(v6 ? 1 : 0)
                    .add(firstHigh, firstLow, lastHigh, lastLow, asn & 0xffffffffL, line);
        }

        @Override
        public void country(
                boolean v6,
                long firstHigh,
                long firstLow,
                long lastHigh,
                long lastLow,
                int country,
                int line) {
            tables.get(v6 ? 3 : 2).add(firstHigh, firstLow, lastHigh, lastLow, country, line);
        }

        @Override
        public void name(int asn, byte[] utf8, int from, int to) {
            names.put(asn & 0xffffffffL, Arrays.copyOfRange(utf8, from, to));
        }
    }

    /** A build of the module costs nothing here while the packed form and the code are the same. */
    private static void buildIfOlder(Path packed, Path rib) throws IOException {
        if (Files.exists(rib)
                && Files.getLastModifiedTime(rib).compareTo(Files.getLastModifiedTime(packed)) > 0
                && StarterTable.isWhole(rib)) {
            return;
        }
        Path folder = rib.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        build(packed, rib);
    }

    private static void build(Path packed, Path rib) throws IOException {
        PackedColumns.Reader[] columns;
        try (InputStream in = Files.newInputStream(packed)) {
            columns = PackedColumns.read(in, TABLES * COLUMNS + 3);
        }
        RibBuilder builder = new RibBuilder();
        for (int table = 0; table < TABLES; table++) {
            boolean v6 = table % 2 == 1;
            if (table < 2) {
                builder.file(v6 ? "asn-ipv6-num.csv" : "asn-ipv4-num.csv");
            }
            unpack(columns, table * COLUMNS, v6, table >= 2, builder);
        }
        PackedColumns.Reader facts = columns[TABLES * COLUMNS];
        builder.source(new String(facts.text(), StandardCharsets.UTF_8));
        Instant time = Instant.ofEpochSecond(facts.unsigned());
        builder.validFrom(time).addedAt(time).licence(LICENCE, ATTRIBUTION);
        long asn = 0;
        while (columns[TABLES * COLUMNS + 1].hasMore()) {
            asn += columns[TABLES * COLUMNS + 1].unsigned();
            byte[] name = columns[TABLES * COLUMNS + 2].text();
            builder.name((int) asn, name, 0, name.length);
        }
        RibFile.write(builder.build(), rib);
    }

    private static void unpack(
            PackedColumns.Reader[] columns, int at, boolean v6, boolean country, RouteSink to) {
        long high = 0;
        long low = 0;
        while (columns[at].hasMore()) {
            long firstHigh = high + columns[at].signed();
            long first = columns[at + 1].signed();
            long firstLow = firstHigh == 0 ? first + low : first;
            high = firstHigh + columns[at + 2].unsigned();
            long last = columns[at + 3].signed();
            low = firstHigh == 0 ? firstLow + last : ~last;
            int value = (int) columns[at + 4].unsigned();
            int line = (int) columns[at + 5].unsigned();
            if (country) {
                to.country(v6, firstHigh, firstLow, high, low, value, line);
            } else {
                to.range(v6, firstHigh, firstLow, high, low, value, RouteSink.NO_COUNTRY, line);
            }
        }
    }
}
