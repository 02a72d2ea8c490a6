package org.asntally.job.update;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.ArchiveLock;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibInfo;
import org.asntally.lookup.rib.RibLoader;
import org.asntally.lookup.write.PyasnWriter;
import org.jspecify.annotations.Nullable;

/**
 * Puts a fresh table into a cache folder of pyasn, in its formats: {@code ipasn_DATE.TIME.dat.gz}
 * and {@code asnames.json}. Both programs read them.
 */
public final class PyasnRefresh {

    private static final String LOCK = ".asntally.lock";
    private static final String NAMES = "asnames.json";

    /** Day and time of a dump in the name of its file. */
    private static final Pattern DUMP = Pattern.compile("(\\d{8}\\.\\d{4})");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd.HHmm").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final TableOrder order;
    private final Console console;
    private final Clock clock;

    /** A refresh of this folder, which is made. */
    public PyasnRefresh(Path folder, TableOrder order, Console console, Clock clock) {
        this.folder = folder;
        this.order = order;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Refreshes.
     *
     * @return what happened, in one line
     * @throws Fault when there is no new table; what was there before is as it was
     */
    public String run() throws Fault {
        Path lock = folder.resolve(LOCK);
        try {
            Files.createDirectories(folder);
            try (ArchiveLock held = ArchiveLock.take(lock, clock.instant())) {
                if (held == null) {
                    throw new Fault(Problem.UPDATE_RUNNING, folder, ArchiveLock.holder(lock));
                }
                return locked();
            }
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, folder, Reasons.of(e));
        }
    }

    private String locked() throws Fault, IOException {
        try (FetchProgress progress = new FetchProgress(console, order);
                TableFetch fetch = TableFetch.in(folder, order, console, progress)) {
            TableFetch.Got got = fetch.table(TableFetch.ANEW);
            String namesFrom = fetch.namesFrom(got);
            TableFetch.Got names =
                    namesFrom == null ? null : fetch.names(namesFrom, TableFetch.ANEW);
            Rib rib = fetch.load(got, names == null ? null : names.file(), clock.instant());
            Path before = RibLoader.pyasnTableIn(folder);
            if (before != null) {
                RibInfo inUse = info(before);
                if (inUse != null) {
                    ShrinkRule.check(inUse, rib.info(), order.allowShrink());
                }
            }
            Path table = folder.resolve(name(got.place(), before));
            Path half = fetch.work().resolve("half");
            try (OutputStream out = new GZIPOutputStream(file(half), 1 << 16)) {
                PyasnWriter.routes(rib, got.place(), clock.instant(), out);
            }
            if (rib.info().names() > 0) {
                Path halfNames = fetch.work().resolve("half-names");
                try (OutputStream out = file(halfNames)) {
                    PyasnWriter.names(rib, out);
                }
                Files.move(halfNames, folder.resolve(NAMES), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(half, table, StandardCopyOption.REPLACE_EXISTING);
            return "wrote "
                    + table
                    + ": "
                    + rib.info().v4Routes()
                    + " IPv4 and "
                    + rib.info().v6Routes()
                    + " IPv6 "
                    + rib.info().kind().label()
                    + ", "
                    + rib.info().names()
                    + " AS names";
        }
    }

    private static OutputStream file(Path path) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    }

    /** The facts of the table in use; null when nobody can read it anyway. */
    private static @Nullable RibInfo info(Path table) {
        try {
            return new RibLoader((file, line, fault, excerpt) -> {}).load(table).info();
        } catch (IOException e) {
            return null;
        }
    }

    /** Named by the time of the dump, but never so that the one of before stays the newest. */
    private String name(String place, @Nullable Path before) {
        Matcher dump = DUMP.matcher(place.substring(place.lastIndexOf('/') + 1));
        Instant now = clock.instant();
        String name = name(dump.find() ? dump.group(1) : STAMP.format(now));
        boolean newest =
                before == null || String.valueOf(before.getFileName()).compareTo(name) <= 0;
        return newest ? name : name(STAMP.format(now));
    }

    private static String name(String stamp) {
        return "ipasn_" + stamp + ".dat.gz";
    }
}
