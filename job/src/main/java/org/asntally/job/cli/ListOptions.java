package org.asntally.job.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.asntally.job.lists.ListRequest;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.blocklist.BlockListFormat;
import org.asntally.sinks.blocklist.Families;
import org.asntally.sinks.blocklist.ListName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options of the commands that make lists of networks. */
final class ListOptions {

    @Option(
            names = {"-O", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "plain",
            completionCandidates = Formats.class,
            description =
                    "plain, nft, iptables-restore, ipset, nginx, nginx-geo, apache, haproxy,"
                            + " varnish, puppet, bird, frr or json (default: plain).")
    private String format = "plain";

    @Option(
            names = "--family",
            paramLabel = "4|6",
            description = "IPv4 or IPv6 only (default: both; iptables-restore needs one).")
    private @Nullable String family;

    @Option(
            names = "--except",
            paramLabel = "LIST",
            description =
                    "Networks that must not be on the list: a file as aggregate reads them, or"
                            + " networks, comma-separated. May be repeated.")
    private List<String> except = new ArrayList<>();

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "Write nothing when the list is longer, exit 1.")
    private @Nullable String max;

    @Option(
            names = "--list-name",
            paramLabel = "NAME",
            description =
                    "Call set, chain, ACL or variable asntally_NAME, so that several lists can be"
                            + " in use at once (default: asntally). Not for plain, nginx, apache,"
                            + " haproxy and json.")
    private @Nullable String listName;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Write the list there; a file that holds this list already is left untouched"
                            + " (default: standard output).")
    private @Nullable String output;

    /** For completion. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(BlockListFormat.values()).map(BlockListFormat::label).iterator();
        }
    }

    /** What they ask for. */
    ListRequest request(boolean quiet, CommandLine line) throws Fault {
        BlockListFormat chosen = chosenFormat();
        return new ListRequest(
                chosen,
                families(chosen),
                name(chosen),
                except,
                max == null ? null : Values.number("--max", max, 1, Integer.MAX_VALUE),
                CountCommand.path("--output", output),
                quiet,
                words(line));
    }

    private BlockListFormat chosenFormat() throws Fault {
        for (BlockListFormat each : BlockListFormat.values()) {
            if (each.label().equals(format)) {
                return each;
            }
        }
        String all =
                Arrays.stream(BlockListFormat.values())
                        .map(BlockListFormat::label)
                        .collect(Collectors.joining(", "));
        throw new Fault(Problem.BAD_VALUE, format, "--format", "one of: " + all);
    }

    private Families families(BlockListFormat chosen) throws Fault {
        if (family == null) {
            if (chosen.isOfOneFamily()) {
                throw new Fault(Problem.NEEDS_FAMILY, "--format " + chosen.label());
            }
            return Families.BOTH;
        }
        return switch (family) {
            case "4" -> Families.V4;
            case "6" -> Families.V6;
            default -> throw new Fault(Problem.BAD_VALUE, family, "--family", "4 or 6");
        };
    }

    private ListName name(BlockListFormat chosen) throws Fault {
        if (listName == null) {
            return ListName.DEFAULT;
        }
        if (!chosen.isNamed()) {
            throw new Fault(Problem.CONTRADICTION, "--list-name", "--format " + chosen.label());
        }
        ListName name = ListName.of(listName);
        if (name == null) {
            throw new Fault(Problem.BAD_VALUE, listName, "--list-name", ListName.SHAPE);
        }
        return name;
    }

    private static List<String> words(CommandLine line) {
        CommandLine root = line;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        List<String> words = new ArrayList<>();
        words.add(root.getCommandName());
        words.addAll(root.getParseResult().originalArgs());
        return words;
    }
}
