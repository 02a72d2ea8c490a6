package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibFormatException;
import org.asntally.lookup.rib.RibInfo;
import org.asntally.lookup.rib.RibKind;
import org.asntally.lookup.rib.RibLoader;
import org.asntally.lookup.starter.StarterTable;
import org.asntally.sinks.RibFacts;
import org.jspecify.annotations.Nullable;

/**
 * The table that is used, found and opened. Loads no Flink class.
 *
 * @param rib the table
 * @param place where it was, for people
 * @param starter whether it is the one that comes with the program
 */
public record RibOpening(Rib rib, String place, boolean starter) {

    private static final String NAMES = "asnames.json";
    private static final Duration OLD = Duration.ofDays(30);

    /**
     * Opens what the choice says: the table that was named; else the newest of the cache folder,
     * where one is to be looked in; else the newest of the archive; else the starter table.
     *
     * @param names whether AS names are needed
     * @param strict whether a line that cannot be used refuses the table
     */
    public static RibOpening open(RibChoice choice, boolean names, boolean strict, Console console)
            throws Fault {
        Path given = choice.given();
        if (given != null) {
            if (!Files.exists(given)) {
                throw new Fault(Problem.NO_SUCH_RIB, given);
            }
            return new RibOpening(load(given, strict, console), given.toString(), false);
        }
        Path cache = choice.cacheFolder();
        if (cache != null) {
            Path table = tableIn(cache);
            if (table != null) {
                Path asNames = cache.resolve(NAMES);
                boolean withNames = names && Files.isRegularFile(asNames);
                return new RibOpening(
                        load(withNames ? cache : table, strict, console), table.toString(), false);
            }
            return starterTable();
        }
        Path newest = tableIn(choice.dataFolder().archive());
        return newest == null
                ? starterTable()
                : new RibOpening(load(newest, strict, console), newest.toString(), false);
    }

    /**
     * Opens what the choice says: a table; else of an archive the table in force at the time that
     * was named, of several the newest; else the starter table. A time before the first table takes
     * that one, and this is told.
     */
    public static RibOpening open(TableChoice choice, Console console) throws Fault {
        Path given = choice.given();
        Path archive = given == null ? choice.dataFolder().archive() : given;
        if (given != null && !Files.exists(given)) {
            throw new Fault(Problem.NO_SUCH_RIB, given);
        }
        Instant at = choice.at();
        Path table;
        if (at == null) {
            table = given != null ? given : tableIn(archive);
        } else if (given != null && !Files.isDirectory(given)) {
            throw new Fault(Problem.CONTRADICTION, "--at", "a single table");
        } else {
            table = tableAt(archive, at, console);
            if (table == null && given != null) {
                throw new Fault(Problem.BAD_RIB, "'" + given + "' holds no table");
            }
        }
        Path countries = choice.countries();
        if (table == null) {
            RibOpening starter = starterTable();
            Path file = countries == null ? null : StarterTable.file();
            return file == null
                    ? starter
                    : new RibOpening(load(file, countries, false, console), starter.place, true);
        }
        return new RibOpening(load(table, countries, false, console), table.toString(), false);
    }

    /** Opens one file. */
    public static RibOpening open(Path file, Console console) throws Fault {
        return new RibOpening(load(file, false, console), file.toString(), false);
    }

    private static @Nullable Path tableAt(Path folder, Instant at, Console console) throws Fault {
        try {
            List<RibArchive.Entry> entries = new RibArchive(folder).entries();
            RibArchive.Entry found = null;
            for (RibArchive.Entry entry : entries) {
                Instant from = entry.info().validFrom();
                if (from == null || !from.isAfter(at)) {
                    found = entry;
                }
            }
            if (found == null && !entries.isEmpty()) {
                found = entries.get(0);
                console.err()
                        .println(
                                Problem.BEFORE_FIRST_TABLE.say(
                                        at, String.valueOf(found.info().validFrom())));
            }
            return found == null ? null : found.file();
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, folder + ": " + Reasons.of(e));
        }
    }

    /** The table that a folder stands for, if it is there and holds one. */
    static @Nullable Path tableIn(Path folder) throws Fault {
        try {
            if (Files.isDirectory(folder.resolve(".")) && Files.isReadable(folder)) {
                return RibLoader.tableIn(folder);
            }
            return null;
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, folder + ": " + Reasons.of(e));
        }
    }

    private static RibOpening starterTable() throws Fault {
        try {
            return new RibOpening(StarterTable.open(), "starter table", true);
        } catch (IOException e) {
            throw Fault.because(e, Problem.NO_STARTER_TABLE);
        }
    }

    private static Rib load(Path table, boolean strict, Console console) throws Fault {
        return load(table, null, strict, console);
    }

    private static Rib load(Path table, @Nullable Path countries, boolean strict, Console console)
            throws Fault {
        TableLinesSaid said = new TableLinesSaid(console);
        try {
            RibLoader loader = new RibLoader(said);
            Rib rib = (countries == null ? loader : loader.countries(countries)).load(table);
            said.end();
            if (strict && said.count() > 0) {
                throw new Fault(Problem.STRICT_RIB, said.count(), table);
            }
            return rib;
        } catch (RibFormatException e) {
            said.end();
            throw Fault.because(e, Problem.BAD_RIB, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, "'" + table + "': " + Reasons.of(e));
        }
    }

    /** What a report's last line says of it: kind, source, age, and what to do when it is old. */
    public String summary(Instant now) {
        RibInfo info = rib.info();
        Instant since = info.validFrom() != null ? info.validFrom() : info.addedAt();
        StringBuilder text = new StringBuilder("table: ");
        text.append(starter ? place : fileName());
        text.append(", ")
                .append(info.v4Routes() + info.v6Routes())
                .append(info.kind() == RibKind.RANGES ? " prefixes cut from ranges" : " routes");
        if (since != null) {
            Duration age = Duration.between(since, now);
            text.append(", ")
                    .append(age.isNegative() ? "not yet in force" : Durations.age(age) + " old");
            if (age.compareTo(OLD) > 0 || starter) {
                text.append("; a newer one: asntally rib build -o ")
                        .append("~/.local/share/asntally/rib/ TABLE");
            }
        }
        return Problem.printable(text.toString());
    }

    /** What reports and lists say of it. */
    public RibFacts facts() {
        RibInfo info = rib.info();
        return new RibFacts(
                info.kind().label(),
                starter ? place : info.source(),
                info.validFrom() == null ? null : info.validFrom().toString(),
                info.attribution().isEmpty() ? null : info.attribution(),
                rib.id());
    }

    /** The day of the table, if it is known. */
    String date() {
        Instant since =
                rib.info().validFrom() != null ? rib.info().validFrom() : rib.info().addedAt();
        return since == null ? "unknown age" : since.toString().substring(0, 10);
    }

    /** The table's file without its folder. */
    String fileName() {
        Path name = Path.of(place).getFileName();
        return name == null ? place : name.toString();
    }
}
