package org.asntally.job.cli;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asntally.job.lists.ListMaker;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.local.DataFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.AsnWord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code asntally prefixes AS15169}: the networks of ASes, as lists that firewalls load. */
@Command(
        name = "prefixes",
        header = "List the networks of ASes, as firewalls, web servers and routers load them.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Every route of the ASes, nested ones too; with --aggregate the fewest prefixes that"
                    + " hold the same addresses. Never lists a default route, a special-purpose"
                    + " network or one of --except: a prefix that holds one is split around it, and"
                    + " that is told.",
            ""
        },
        parameterListHeading = "Input:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally prefixes AS15169",
            "  asntally prefixes 15169 13335 --aggregate --format nft -o /etc/asntally.nft",
            "  asntally prefixes AS15169 --format iptables-restore --family 6",
            "  asntally count -O json access.log | asntally prefixes --seen-in - --format nginx",
            "",
            "Exit status: 0 done, 1 an AS has no network, nothing is left, or the list is longer than",
            "--max (then nothing is written), 2 usage, 3 no usable RIB, 4 an input or output failed."
        })
final class PrefixesCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "AS",
            arity = "0..*",
            description = "AS numbers: 15169 or AS15169. With --seen-in none means all in it.")
    private List<String> ases = List.of();

    @Option(
            names = "--aggregate",
            description = "Swallow nested prefixes and join neighbours: the fewest that do.")
    private boolean aggregate;

    @Option(
            names = "--seen-in",
            paramLabel = "REPORT",
            description =
                    "Only prefixes that count saw: its report in JSON, - for standard input. The"
                            + " report alone decides, unless --rib is given: then they must be"
                            + " routes of their AS there too.")
    private @Nullable String seenIn;

    @Option(
            names = "--rib",
            paramLabel = "FILE|DIR",
            description =
                    "Routing table: one made by rib build, or any that it reads (default: the"
                            + " newest in the data folder, else the starter table).")
    private @Nullable String rib;

    @Mixin ListOptions list = new ListOptions();
    @Mixin CommonOptions common = new CommonOptions();

    @Spec private @Nullable CommandSpec spec;

    private final Console console;
    private final Clock clock;

    PrefixesCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Fault {
        var request = list.request(common.quiet, Objects.requireNonNull(spec).commandLine());
        Set<Integer> asns = new LinkedHashSet<>();
        for (String as : ases) {
            asns.add(asn(as));
        }
        if (asns.isEmpty() && seenIn == null) {
            throw new Fault(Problem.MISSING_ARGUMENT, "AS", "asntally prefixes");
        }
        RibChoice choice =
                seenIn != null && rib == null
                        ? null
                        : new RibChoice(
                                CountCommand.path("--rib", rib),
                                null,
                                DataFolder.of(common.dataDir, console));
        new ListMaker(request, console, clock).listAses(asns, aggregate, seenIn, choice);
        return ExitStatus.DONE.code();
    }

    private static int asn(String text) throws Fault {
        Integer asn = AsnWord.parse(text);
        if (asn == null) {
            throw new Fault(Problem.BAD_VALUE, text, "AS", "a number such as 15169 or AS15169");
        }
        return asn;
    }
}
