package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibFile;
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
 * @param archive the tables of the archive that it is the newest of, itself among them, oldest
 *     first; empty where there is no archive or only the newest is wanted
 * @param backdated how many of these were added later than their lead before they hold: a job that
 *     ran then knew nothing of them in time
 */
public record RibOpening(
        Rib rib, String place, boolean starter, List<RibArchive.Entry> archive, long backdated) {

    /** Of a table by itself. */
    RibOpening(Rib rib, String place, boolean starter) {
        this(rib, place, starter, List.of(), 0);
    }

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
            RibOpening opened =
                    Files.isDirectory(given)
                            ? folder(given, names, null, strict, choice, console)
                            : new RibOpening(load(given, strict, console), given.toString(), false);
            if (opened == null) {
                throw new Fault(Problem.BAD_RIB, "'" + given + "' holds no table");
            }
            return opened;
        }
        Path cache = choice.cacheFolder();
        Path folder = cache != null ? cache : choice.dataFolder().archive();
        RibOpening opened = folder(folder, names, null, strict, choice, console);
        return opened != null ? opened : starterTable();
    }

    /**
     * Opens what the choice says: a table; else of an archive the table in force at the time that
     * was named, of several the newest; else the starter table. A time before the first table takes
     * that one, and this is told.
     */
    public static RibOpening open(TableChoice choice, Console console) throws Fault {
        Path given = choice.given();
        Path countries = choice.countries();
        Instant at = choice.at();
        if (given != null && !Files.exists(given)) {
            throw new Fault(Problem.NO_SUCH_RIB, given);
        }
        if (given != null && !Files.isDirectory(given)) {
            if (at != null) {
                throw new Fault(Problem.CONTRADICTION, "--at", "a single table");
            }
            return new RibOpening(load(given, countries, false, console), given.toString(), false);
        }
        Path folder = given == null ? choice.dataFolder().archive() : given;
        RibOpening opened =
                at == null
                        ? folder(folder, true, countries, false, null, console)
                        : inForce(folder, at, countries, console);
        if (opened != null) {
            return opened;
        }
        if (given != null) {
            throw new Fault(Problem.BAD_RIB, "'" + given + "' holds no table");
        }
        RibOpening starter = starterTable();
        Path file = countries == null ? null : StarterTable.file();
        return file == null
                ? starter
                : new RibOpening(load(file, countries, false, console), starter.place, true);
    }

    /** Opens one file. */
    public static RibOpening open(Path file, Console console) throws Fault {
        return new RibOpening(load(file, false, console), file.toString(), false);
    }

    /** The table of an archive that was in force at a time, else its first; null: it is empty. */
    private static @Nullable RibOpening inForce(
            Path folder, Instant at, @Nullable Path countries, Console console) throws Fault {
        try {
            RibArchive archive = new RibArchive(folder);
            RibArchive.Entry found = archive.inForce(at);
            List<RibArchive.Entry> entries = found == null ? archive.entries() : List.of();
            if (!entries.isEmpty()) {
                found = entries.get(0);
                console.err()
                        .println(
                                Problem.BEFORE_FIRST_TABLE.say(
                                        at, String.valueOf(found.info().validFrom())));
            }
            return found == null
                    ? null
                    : new RibOpening(
                            load(found.file(), countries, false, console),
                            found.file().toString(),
                            false);
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, folder + ": " + Reasons.of(e));
        }
    }

    /** The table that a folder stands for, pyasn's before our own; null when it holds none. */
    private static @Nullable RibOpening folder(
            Path folder,
            boolean names,
            @Nullable Path countries,
            boolean strict,
            @Nullable RibChoice choice,
            Console console)
            throws Fault {
        try {
            if (!Files.isDirectory(folder.resolve(".")) || !Files.isReadable(folder)) {
                return null;
            }
            Path table = RibLoader.pyasnTableIn(folder);
            if (table == null) {
                return newest(new RibArchive(folder), countries, choice, console);
            }
            boolean withNames = names && Files.isRegularFile(folder.resolve(NAMES));
            return new RibOpening(
                    load(withNames ? folder : table, countries, strict, console),
                    table.toString(),
                    false);
        } catch (IOException e) {
            throw Fault.because(e, Problem.BAD_RIB, folder + ": " + Reasons.of(e));
        }
    }

    /**
     * The table of an archive that holds last; the one before it in place of a damaged one, which
     * is told.
     */
    private static @Nullable RibOpening newest(
            RibArchive archive,
            @Nullable Path countries,
            @Nullable RibChoice choice,
            Console console)
            throws Fault, IOException {
        Map<Path, RibFormatException> unlisted = new TreeMap<>();
        List<RibArchive.Entry> entries = archive.entries(unlisted::put);
        Instant knownAt = choice == null ? null : choice.knownAt();
        if (knownAt != null) {
            entries = entries.stream().filter(entry -> wasKnown(entry, knownAt)).toList();
        }
        boolean byEventTime = choice != null && choice.byEventTime() && entries.size() > 1;
        List<RibFormatException> damaged = new ArrayList<>();
        RibOpening opened = null;
        for (int i = entries.size() - 1; i >= 0 && opened == null; i--) {
            Path file = entries.get(i).file();
            try {
                Rib rib = RibFile.open(file);
                opened =
                        new RibOpening(
                                countries == null ? rib : load(file, countries, false, console),
                                file.toString(),
                                false,
                                byEventTime ? entries : List.of(),
                                byEventTime ? backdated(archive, entries) : 0);
            } catch (RibFormatException e) {
                damaged.add(e);
            }
        }
        for (Map.Entry<Path, RibFormatException> each : unlisted.entrySet()) {
            // Names begin with the time from which a table holds: older ones matter to nobody here.
            if (opened == null
                    || time(each.getKey()).compareTo(time(Path.of(opened.place()))) >= 0) {
                damaged.add(each.getValue());
            }
        }
        for (RibFormatException e : damaged) {
            String reason = String.valueOf(e.getMessage());
            if (opened == null) {
                throw Fault.because(e, Problem.BAD_RIB, reason);
            }
            console.err().println(Problem.DAMAGED_TABLE.say(reason));
        }
        return opened;
    }

    private static long backdated(RibArchive archive, List<RibArchive.Entry> entries)
            throws IOException {
        Duration lead = archive.lead();
        return entries.stream().filter(entry -> entry.isBackdated(lead)).count();
    }

    private static boolean wasKnown(RibArchive.Entry entry, Instant at) {
        Instant added = entry.info().addedAt();
        return added == null || !added.isAfter(at);
    }

    private static String time(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, Math.min(name.length(), 16));
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
                    .append(
                            age.isNegative()
                                    ? "in force from " + since
                                    : Durations.age(age) + " old");
            if (age.compareTo(OLD) > 0 || starter) {
                text.append("; a newer one: asntally rib update");
            }
        }
        if (!archive.isEmpty()) {
            text.append("; each flow by the one of its own time, of ")
                    .append(archive.size())
                    .append(" in the archive");
            if (backdated > 0) {
                text.append(", ")
                        .append(backdated)
                        .append(" of them added later than their lead: see --rib-known-at");
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
