package org.asntally.job.lists;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.asntally.job.local.Console;
import org.asntally.job.local.CountRequest.RibChoice;
import org.asntally.job.local.NetworkInput;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.prefixes.PrefixList;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;
import org.asntally.sinks.ReportOutput;
import org.asntally.sinks.RibFacts;
import org.asntally.sinks.blocklist.BlockList;
import org.asntally.sinks.blocklist.ListFile;
import org.asntally.sinks.blocklist.ListHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a list and writes it, or writes nothing: a list that lacks what was asked for must not take
 * the place of a good one.
 */
public final class ListMaker {

    /** More ASes than these are not named in a header. */
    private static final int NAMED = 5;

    private final ListRequest request;
    private final Console console;
    private final Clock clock;

    /** For one list. */
    public ListMaker(ListRequest request, Console console, Clock clock) {
        this.request = request;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Lists the networks of ASes.
     *
     * @param asns whose; with a report none means all that are in it
     * @param report a file with a JSON report of {@code count}, {@code -} for standard input
     * @param rib the table; null: with a report none
     * @throws Fault also when an AS has no network; then nothing is written
     */
    public void listAses(
            Set<Integer> asns, boolean aggregate, @Nullable String report, @Nullable RibChoice rib)
            throws Fault {
        checkOutput();
        PrefixSet except = exceptions();
        RibOpening opened = rib == null ? null : RibOpening.open(rib, true, false, console);
        AsNetworks networks;
        if (report != null) {
            networks = AsNetworks.ofReport(report, asns, opened, console);
        } else if (opened != null) {
            networks = AsNetworks.ofTable(asns, opened);
        } else {
            throw new IllegalArgumentException("neither a report nor a table");
        }
        if (networks.otherwise() > 0) {
            console.err().println(Problem.OF_ANOTHER_TABLE.say(networks.otherwise()));
        }
        Fault none = null;
        for (int asn : networks.without()) {
            if (none != null) {
                console.err().println(none.line());
            }
            none =
                    new Fault(
                            Problem.NO_ROUTES,
                            Integer.toUnsignedString(asn),
                            report != null ? "in this report" : "in this table");
        }
        if (none != null) {
            throw none;
        }
        ListHeader header = header(subject(networks.asns(), opened), networks.table());
        LossesSaid losses = new LossesSaid(console, request.quiet());
        BlockList list =
                BlockList.safe(
                        request.name(),
                        request.families(),
                        networks.prefixes(),
                        except,
                        header,
                        losses);
        losses.end();
        String table = opened == null ? "" : "; " + opened.summary(clock.instant());
        write(aggregate ? list.aggregated() : list, table);
    }

    /**
     * Lists the networks that inputs hold, as few prefixes.
     *
     * @return whether every line of them could be used
     */
    public boolean aggregate(List<String> inputs) throws Fault {
        checkOutput();
        PrefixSet except = exceptions();
        NetworkInput input = new NetworkInput(console);
        for (String each : inputs.isEmpty() ? List.of("-") : inputs) {
            input.read(each);
        }
        PrefixSet networks = input.networks();
        boolean whole = true;
        for (boolean v6 : new boolean[] {false, true}) {
            if (networks.holdsAll(v6)) {
                console.err().println(Problem.COVERS_ALL.say(v6 ? "IPv6" : "IPv4"));
                networks = networks.only(!v6);
                whole = false;
            }
        }
        ListHeader header = header("", null);
        BlockList list;
        LossesSaid losses = new LossesSaid(console, request.quiet());
        if (request.format().isEnforced()) {
            PrefixList prefixes = networks.toList();
            list =
                    BlockList.safe(
                            request.name(), request.families(), prefixes, except, header, losses);
        } else {
            PrefixList prefixes = networks.toList().minus(except, losses);
            list = BlockList.exact(request.name(), request.families(), prefixes, header);
            saySpecial(list.prefixes());
        }
        losses.end();
        write(list.aggregated(), "");
        return whole && input.bad() == 0;
    }

    /** One line about special-purpose networks in a list that may have them. */
    private void saySpecial(PrefixList prefixes) {
        for (int i = 0; i < prefixes.size() && !request.quiet(); i++) {
            List<SpecialBlock> special =
                    SpecialPurpose.overlapping(
                            prefixes.isV6(i),
                            prefixes.high(i),
                            prefixes.low(i),
                            prefixes.length(i));
            if (!special.isEmpty()) {
                String rest = special.size() > 1 ? " and others" : "";
                console.err()
                        .println(
                                Problem.HOLDS_SPECIAL.say(
                                        prefixes.text(i),
                                        special.get(0).name() + rest,
                                        "--format " + request.format().label()));
                return;
            }
        }
    }

    private void checkOutput() throws Fault {
        Path output = request.output();
        if (output != null) {
            try {
                ReportOutput.check(output);
            } catch (IOException e) {
                throw Fault.because(e, Problem.NOT_WRITABLE, output, Reasons.of(e));
            }
        }
    }

    private PrefixSet exceptions() throws Fault {
        NetworkInput input = new NetworkInput(console);
        for (String except : request.except()) {
            long before = input.bad();
            input.read(except);
            if (input.bad() > before) {
                throw new Fault(Problem.BAD_EXCEPTIONS, input.bad() - before, except);
            }
        }
        return input.networks();
    }

    private ListHeader header(String subject, @Nullable RibFacts table) {
        return new ListHeader(subject, clock.instant(), table, request.command());
    }

    private static String subject(Set<Integer> asns, @Nullable RibOpening opened) {
        String first =
                asns.stream()
                        .limit(NAMED)
                        .map(asn -> named(asn, opened))
                        .collect(Collectors.joining(", "));
        return asns.size() > NAMED ? first + " and " + (asns.size() - NAMED) + " others" : first;
    }

    private static String named(int asn, @Nullable RibOpening opened) {
        String name = opened == null ? null : opened.rib().name(asn);
        String number = "AS" + Integer.toUnsignedString(asn);
        return name == null || name.equals(number) ? number : number + " (" + name + ")";
    }

    private void write(BlockList list, String table) throws Fault {
        int size = list.prefixes().size();
        if (size == 0) {
            String families =
                    switch (request.families()) {
                        case BOTH -> "there was none, or all are special-purpose or excepted";
                        case V4, V6 ->
                                "there is no IP"
                                        + request.families().name().toLowerCase(Locale.ROOT)
                                        + " one, or all are special-purpose or excepted";
                    };
            throw new Fault(Problem.NOTHING_LEFT, families);
        }
        Integer max = request.max();
        if (max != null && size > max) {
            throw new Fault(Problem.LIST_TOO_LONG, size, max);
        }
        Path output = request.output();
        String done;
        try {
            if (output == null) {
                ReportOutput.toStdout(out -> request.format().write(list, out));
                done = list.count();
            } else {
                byte[] text = ListFile.bytes(list, request.format());
                boolean written = ListFile.write(output, text, request.format());
                String file = Problem.printable(output.toString());
                done = (written ? "wrote " + file : file + " is unchanged") + ": " + list.count();
            }
        } catch (IOException e) {
            throw output == null
                    ? Fault.because(e, Problem.STDOUT_FAILED, Reasons.of(e))
                    : Fault.because(e, Problem.NOT_WRITABLE, output, Reasons.of(e));
        }
        if (!request.quiet()) {
            console.err().println(done + table);
        }
    }
}
