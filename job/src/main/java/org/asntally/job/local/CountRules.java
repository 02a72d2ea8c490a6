package org.asntally.job.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.asntally.job.Counted;
import org.asntally.job.FlowRule;
import org.asntally.job.filter.FilterException;
import org.asntally.job.filter.FilterExpression;
import org.asntally.job.filter.FilterNames;
import org.asntally.job.filter.FilterValue;
import org.asntally.job.local.CountRequest.Counting;
import org.asntally.job.local.CountRequest.Sides;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.Nearest;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sources.files.InputFile;
import org.jspecify.annotations.Nullable;

/** Makes the rules of a count from its options: what is left out first, then the filter. */
final class CountRules {

    private static final String LIST = "exclude";

    private final Counting counting;
    private final ChosenInputs inputs;
    private final Console console;

    CountRules(Counting counting, ChosenInputs inputs, Console console) {
        this.counting = counting;
        this.inputs = inputs;
        this.console = console;
    }

    List<FlowRule> rules() throws Fault {
        CountRequest.Rules asked = counting.rules();
        List<FlowRule> rules = new ArrayList<>();
        if (!asked.withoutAsns().isEmpty()) {
            String term = term("src-asn", "dst-asn", "asn");
            rules.add(without(term, asked.withoutAsns(), "--exclude-asn", Counted.EXCLUDED_ASN));
        }
        String term = term("src", "dst", "addr");
        if (!asked.withoutPrefixes().isEmpty()) {
            rules.add(
                    without(
                            term,
                            asked.withoutPrefixes(),
                            "--exclude-prefix",
                            Counted.EXCLUDED_PREFIX));
        }
        if (!asked.withoutLists().isEmpty()) {
            String list = "not " + term + " in list:" + LIST;
            rules.add(rule(list, networks(asked.withoutLists()), Counted.EXCLUDED));
        }
        FilterExpression filter = asked.filter();
        if (filter != null) {
            try {
                checkSources(filter);
                rules.add(new FlowRule(filter.bind(new Names(null)), Counted.FILTER));
            } catch (FilterException e) {
                throw CountRequest.fault(e);
            }
        }
        return rules;
    }

    private String term(String source, String destination, String either) {
        Sides sides = counting.sides();
        return sides == Sides.BOTH ? either : sides == Sides.SOURCE ? source : destination;
    }

    private FlowRule without(String term, List<String> values, String option, Counted others)
            throws Fault {
        for (String value : values) {
            try {
                FilterExpression one = FilterExpression.parse(term + " in " + value.strip());
                if (one.text().contains("list:") || one.text().contains("file:")) {
                    throw new Fault(
                            Problem.BAD_VALUE, value, option, "a list is for --exclude LISTFILE");
                }
            } catch (FilterException e) {
                throw new Fault(Problem.BAD_VALUE, value, option, e.advice());
            }
        }
        return rule("not " + term + " in " + String.join(", ", values), null, others);
    }

    private FlowRule rule(String expression, @Nullable PrefixSet networks, Counted others)
            throws Fault {
        try {
            return new FlowRule(
                    FilterExpression.parse(expression).bind(new Names(networks)), others);
        } catch (FilterException e) {
            throw CountRequest.fault(e);
        }
    }

    private PrefixSet networks(List<String> lists) throws Fault {
        NetworkInput input = new NetworkInput(console);
        for (String list : lists) {
            input.read(list);
        }
        return input.networks();
    }

    /** A name that no input has would be a silent no. */
    private void checkSources(FilterExpression filter) throws FilterException {
        List<String> names = inputs.files().stream().map(InputFile::name).toList();
        for (FilterExpression.Place place : filter.unknownSources(names)) {
            for (FilterValue value : place.test().values()) {
                String name = value instanceof FilterValue.Text text ? text.text() : "";
                if (!names.contains(name)) {
                    String near = Nearest.of(name, names);
                    throw place.wrong(
                            "'" + name + "' is not the name of an input",
                            near == null
                                    ? "inputs: " + String.join(", ", names)
                                    : "did you mean '" + near + "'?");
                }
            }
        }
    }

    /** A command line defines no names; files are read as those of lists are. */
    private final class Names implements FilterNames {

        private final @Nullable PrefixSet excluded;

        Names(@Nullable PrefixSet excluded) {
            this.excluded = excluded;
        }

        @Override
        public @Nullable NetworkList list(String name) {
            return excluded != null && name.equals(LIST)
                    ? new NetworkList(excluded, Set.of())
                    : null;
        }

        @Override
        public Set<String> lists() {
            return Set.of();
        }

        @Override
        public NetworkList file(String path) throws IOException {
            NetworkInput input = new NetworkInput(console);
            try {
                input.read(path);
            } catch (Fault e) {
                throw new IOException(e.line(), e);
            }
            return new NetworkList(input.networks(), Set.of());
        }

        @Override
        public @Nullable List<FilterValue> interfaces(String name) {
            return null;
        }

        @Override
        public Set<String> interfaces() {
            return Set.of();
        }
    }
}
