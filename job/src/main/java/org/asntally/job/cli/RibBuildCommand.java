package org.asntally.job.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.asntally.job.local.Console;
import org.asntally.job.local.TableLinesSaid;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.DurationText;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibArchive;
import org.asntally.lookup.rib.RibFile;
import org.asntally.lookup.rib.RibFormatException;
import org.asntally.lookup.rib.RibLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asntally rib build -o FILE TABLE...}: any table into the file that is mapped and used. */
@Command(
        name = "build",
        header = "Make a RIB file from tables.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Reads MRT dumps of route collectors, pyasn's files, iptoasn TSV, ip-location-db CSV,"
                    + " MaxMind DB (GeoLite2-ASN), asn-tools' cache, and RIB files, told by their"
                    + " content; all but the last also as gzip or bzip2. Of equal prefixes the one"
                    + " in the last table wins. Each line that cannot be used is told and left"
                    + " out; of a table that is cut off, what came before is used (exit 4).",
            ""
        },
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally rib build -o today.rib ipasn_20260527.1600.dat.gz",
            "  asntally rib build -o today.rib rib.20260527.1600.bz2",
            "  asntally rib build --names asnames.json --overrides ours.csv -o today.rib \\",
            "      rib.20260527.1600.bz2",
            "  asntally rib build --valid-from 2026-05-27T16:00Z -o ~/.local/share/asntally/rib/ \\",
            "      ipasn_20260527.1600.dat.gz"
        })
final class RibBuildCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "Tables to read.")
    private List<String> tables = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            required = true,
            description =
                    "The RIB file to write; of a folder (or what ends in /) the archive in it is"
                            + " added to.")
    private String output = "";

    @Option(
            names = "--valid-from",
            paramLabel = "TIME",
            description =
                    "Since when the table is in force, RFC 3339 (default in an archive: now and"
                            + " the lead).")
    private @Nullable String validFrom;

    @Option(
            names = "--lead",
            paramLabel = "DURATION",
            description =
                    "Of an archive: how long before it is in force a table is made known; kept"
                            + " there (default: 60s).")
    private @Nullable String lead;

    @Option(names = "--names", paramLabel = "FILE", description = "AS names, in pyasn's JSON.")
    private @Nullable String names;

    @Option(
            names = "--countries",
            paramLabel = "FILE",
            description = "Countries of ranges, ip-location-db CSV.")
    private @Nullable String countries;

    @Option(
            names = "--overrides",
            paramLabel = "FILE",
            description =
                    "Prefixes and names of your own, lines such as 192.0.2.0/24,64496,Our office;"
                            + " they take the place of equal ones.")
    private @Nullable String overrides;

    @Option(names = "--strict", description = "Refuse tables with a line that cannot be used.")
    private boolean strict;

    @Mixin CommonOptions common = new CommonOptions();

    private final Console console;
    private final Clock clock;

    RibBuildCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        Path target = path("--output", output);
        boolean archive = output.endsWith("/") || Files.isDirectory(target);
        Duration leadTime = leadTime(archive);
        Instant from = time();
        TableLinesSaid said = new TableLinesSaid(console);
        RibLoader loader = new RibLoader(said);
        Rib rib = build(loader, said, from);
        Path written = write(rib, archive, target, from, leadTime);
        if (!common.quiet) {
            console.err()
                    .println(
                            "wrote "
                                    + Problem.printable(written.toString())
                                    + ": "
                                    + RibText.routes(rib.info()));
        }
        return (loader.isCutOff() ? ExitStatus.INPUT_OUTPUT : ExitStatus.DONE).code();
    }

    private @Nullable Duration leadTime(boolean archive) throws Fault {
        if (lead == null) {
            return null;
        }
        if (!archive) {
            throw new Fault(Problem.CONTRADICTION, "--lead", "an output that is no folder");
        }
        Duration duration = DurationText.parse(lead);
        if (duration == null) {
            throw new Fault(Problem.BAD_VALUE, lead, "--lead", "a duration such as 60s");
        }
        return duration;
    }

    private @Nullable Instant time() throws Fault {
        if (validFrom == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(validFrom).toInstant();
        } catch (DateTimeException e) {
            throw new Fault(
                    Problem.BAD_VALUE,
                    validFrom,
                    "--valid-from",
                    "a time such as 2026-05-27T16:00Z");
        }
    }

    private Rib build(RibLoader loader, TableLinesSaid said, @Nullable Instant from) throws Fault {
        List<Path> files = new ArrayList<>();
        for (String table : tables) {
            Path file = path("TABLE", table);
            if (!Files.exists(file)) {
                throw new Fault(Problem.NO_SUCH_FILE, table);
            }
            files.add(file);
        }
        try {
            loader.builder().validFrom(from).addedAt(clock.instant());
            Path namesFile = CountCommand.path("--names", names);
            if (namesFile != null) {
                loader.names(namesFile);
            }
            Path countriesFile = CountCommand.path("--countries", countries);
            if (countriesFile != null) {
                loader.countries(countriesFile);
            }
            Path overridesFile = CountCommand.path("--overrides", overrides);
            if (overridesFile != null) {
                loader.overrides(overridesFile);
            }
            Rib rib = loader.load(files);
            said.end();
            if (strict && said.count() > 0) {
                throw new Fault(Problem.STRICT_RIB, said.count(), files.get(0));
            }
            return rib;
        } catch (RibFormatException e) {
            said.end();
            throw Fault.because(e, Problem.BAD_RIB, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_READABLE, tables.get(0), Reasons.of(e));
        }
    }

    private Path write(
            Rib rib,
            boolean archive,
            Path target,
            @Nullable Instant from,
            @Nullable Duration leadTime)
            throws Fault {
        try {
            if (!archive) {
                RibFile.write(rib, target);
                return target;
            }
            RibArchive into = new RibArchive(target);
            if (leadTime != null) {
                into.lead(leadTime);
            }
            return into.add(rib, from, clock).file();
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, target, Reasons.of(e));
        }
    }

    private static Path path(String option, String text) throws Fault {
        Path path = CountCommand.path(option, text);
        if (path == null) {
            throw new Fault(Problem.MISSING_VALUE, option, "asntally rib build");
        }
        return path;
    }
}
