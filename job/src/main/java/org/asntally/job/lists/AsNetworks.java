package org.asntally.job.lists;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.asntally.job.local.Console;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.prefixes.PrefixList;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.RibFacts;
import org.asntally.sinks.text.SeenPrefixes;
import org.jspecify.annotations.Nullable;

/**
 * The networks of some ASes: their routes in a table, or those that a report has seen.
 *
 * @param prefixes of all of them, nested ones too
 * @param asns whose they are, unsigned, in the order asked for
 * @param without those asked for that have none
 * @param table where they are from, as lists say it
 * @param otherwise how many prefixes of a report the table does not know as routes of their AS
 */
record AsNetworks(
        PrefixList prefixes,
        Set<Integer> asns,
        Set<Integer> without,
        @Nullable RibFacts table,
        long otherwise) {

    /**
     * All routes of these ASes, by the origin that lookups show. The whole table is gone through:
     * some milliseconds for a million routes.
     */
    static AsNetworks ofTable(Set<Integer> asns, RibOpening opened) {
        Rib rib = opened.rib();
        PrefixList.Builder list = new PrefixList.Builder();
        Set<Integer> found = new LinkedHashSet<>();
        int[] wanted = asns.stream().mapToInt(Integer::intValue).toArray();
        boolean one = wanted.length == 1;
        int routes = rib.routes();
        for (int route = 0; route < routes; route++) {
            int origin = rib.origin(route);
            if (one ? origin == wanted[0] : asns.contains(origin)) {
                list.prefix(rib.isV6(route), rib.high(route), rib.low(route), rib.length(route));
                found.add(origin);
            }
        }
        return new AsNetworks(list.build(), asns, without(asns, found), opened.facts(), 0);
    }

    /**
     * The prefixes of a report that traffic was seen of.
     *
     * @param asns whose; none: of all ASes in the report
     * @param opened where given, the table that must have them as routes of their AS
     */
    static AsNetworks ofReport(
            String report, Set<Integer> asns, @Nullable RibOpening opened, Console console)
            throws Fault {
        PrefixList.Builder list = new PrefixList.Builder();
        Set<Integer> found = new LinkedHashSet<>();
        long[] otherwise = new long[1];
        SeenPrefixes.Sink sink =
                (asn, v6, high, low, length) -> {
                    if (!asns.isEmpty() && !asns.contains(asn)) {
                        return;
                    }
                    if (opened != null && !routes(opened.rib(), asn, v6, high, low, length)) {
                        otherwise[0]++;
                        return;
                    }
                    found.add(asn);
                    list.prefix(v6, high, low, length);
                };
        RibFacts table = read(report, sink, console);
        return new AsNetworks(
                list.build(),
                asns.isEmpty() ? found : asns,
                without(asns, found),
                opened == null ? table : opened.facts(),
                otherwise[0]);
    }

    private static boolean routes(Rib rib, int asn, boolean v6, long high, long low, int length) {
        int route = rib.exactRoute(v6, high, low, length);
        return route != Rib.UNROUTED && rib.origin(route) == asn;
    }

    private static @Nullable RibFacts read(String report, SeenPrefixes.Sink sink, Console console)
            throws Fault {
        try {
            if (report.equals("-")) {
                return SeenPrefixes.read(console.in(), sink);
            }
            Path file = Path.of(report);
            if (!Files.exists(file)) {
                throw new Fault(Problem.NO_SUCH_FILE, report);
            }
            try (InputStream in = Files.newInputStream(file)) {
                return SeenPrefixes.read(in, sink);
            }
        } catch (SeenPrefixes.FormatException e) {
            throw new Fault(Problem.BAD_REPORT, report, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_READABLE, report, Reasons.of(e));
        }
    }

    private static Set<Integer> without(Set<Integer> asked, Set<Integer> found) {
        Set<Integer> without = new LinkedHashSet<>(asked);
        without.removeAll(found);
        return without;
    }
}
