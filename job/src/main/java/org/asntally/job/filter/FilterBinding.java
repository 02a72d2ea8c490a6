package org.asntally.job.filter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.asntally.job.filter.Filter.Comparison;
import org.asntally.job.filter.FilterNames.NetworkList;
import org.asntally.job.filter.Matcher.InNetworks;
import org.asntally.job.filter.Matcher.InNumbers;
import org.asntally.job.filter.Matcher.OfRoute;
import org.asntally.job.filter.Matcher.TextTest;
import org.asntally.job.value.Nearest;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/** Compiles a tree, with what its names stand for. For one expression. */
final class FilterBinding {

    private final FilterExpression expression;
    private final FilterNames names;
    private final Set<Side> sides = EnumSet.noneOf(Side.class);
    private int memories;

    FilterBinding(FilterExpression expression, FilterNames names) {
        this.expression = expression;
        this.names = names;
    }

    BoundFilter bind() throws FilterException {
        Matcher root = compile(expression.tree());
        return new BoundFilter(expression.text(), root, memories, expression.columns(), sides);
    }

    private Matcher compile(Filter filter) throws FilterException {
        if (filter instanceof Filter.And and) {
            return joined(true, and.parts());
        }
        if (filter instanceof Filter.Or or) {
            return joined(false, or.parts());
        }
        if (filter instanceof Filter.Not not) {
            return new Matcher.Not(compile(not.part()));
        }
        return test((Filter.Test) filter);
    }

    private Matcher joined(boolean all, List<Filter> parts) throws FilterException {
        List<Matcher> compiled = new ArrayList<>();
        for (Filter part : parts) {
            compiled.add(compile(part));
        }
        return new Matcher.Joined(all, compiled);
    }

    private static Matcher any(List<Matcher> parts) {
        return parts.size() == 1 ? parts.get(0) : new Matcher.Joined(false, parts);
    }

    private Matcher test(Filter.Test test) throws FilterException {
        return switch (test.term().kind()) {
            case ADDRESS -> networks(test);
            case ORIGIN, COUNTRY -> ofRoutes(test);
            case NUMBER, ORDERED -> numbers(test);
            case FLAGS -> flags(test);
            case INTERFACE -> interfaces(test);
            case TEXT -> texts(test);
        };
    }

    private Matcher numbers(Filter.Test test) {
        NumberSet set = set(test);
        List<Matcher> either = new ArrayList<>();
        for (FlowColumn column : test.term().columns()) {
            either.add(new InNumbers(column, set));
        }
        return any(either);
    }

    private static NumberSet set(Filter.Test test) {
        List<long[]> ranges = new ArrayList<>();
        for (FilterValue value : test.values()) {
            if (value instanceof FilterValue.Numbers numbers) {
                long[] range = range(test, numbers);
                if (range != null) {
                    ranges.add(range);
                }
            }
        }
        return NumberSet.of(ranges);
    }

    /** What a comparison accepts, within what is a value of the term; null for nothing. */
    private static long @Nullable [] range(Filter.Test test, FilterValue.Numbers numbers) {
        long least = test.term().least();
        long most = test.term().most();
        long number = numbers.first();
        return switch (test.comparison()) {
            case IN, MATCHES -> new long[] {number, numbers.last()};
            case LESS -> number == least ? null : new long[] {least, number - 1};
            case AT_MOST -> new long[] {least, number};
            case GREATER -> number == most ? null : new long[] {number + 1, most};
            case AT_LEAST -> new long[] {number, most};
        };
    }

    /** Sets of flags are a byte: all that are accepted are counted up. */
    private Matcher flags(Filter.Test test) {
        List<long[]> accepted = new ArrayList<>();
        for (FilterValue value : test.values()) {
            long wanted = ((FilterValue.Numbers) value).first();
            for (long flags = test.term().least(); flags <= test.term().most(); flags++) {
                boolean accepts =
                        switch (test.comparison()) {
                            case AT_LEAST -> (flags & wanted) == wanted;
                            case AT_MOST -> (flags & wanted) == flags;
                            default -> flags == wanted;
                        };
                if (accepts) {
                    accepted.add(new long[] {flags, flags});
                }
            }
        }
        return new InNumbers(test.term().columns().get(0), NumberSet.of(accepted));
    }

    private Matcher ofRoutes(Filter.Test test) {
        NumberSet set = set(test);
        boolean country = test.term().kind() == FilterTerm.Kind.COUNTRY;
        List<Matcher> either = new ArrayList<>();
        for (FlowColumn column : test.term().columns()) {
            either.add(ofRoute(column, country, set));
        }
        return any(either);
    }

    private Matcher ofRoute(FlowColumn column, boolean country, NumberSet set) {
        Side side = column == FlowColumn.SOURCE ? Side.SOURCE : Side.DESTINATION;
        sides.add(side);
        return new OfRoute(side, country, set, memories++);
    }

    private Matcher networks(Filter.Test test) throws FilterException {
        PrefixSet.Builder ranges = new PrefixSet.Builder();
        List<long[]> asns = new ArrayList<>();
        for (FilterValue value : test.values()) {
            if (value instanceof FilterValue.Addresses range) {
                ranges.range(
                        range.v6(),
                        range.firstHigh(),
                        range.firstLow(),
                        range.lastHigh(),
                        range.lastLow());
            } else {
                NetworkList list = list(test, value);
                list.networks().prefixes(ranges);
                for (int asn : list.asns()) {
                    long number = Integer.toUnsignedLong(asn);
                    asns.add(new long[] {number, number});
                }
            }
        }
        NetworkSet networks = NetworkSet.of(ranges.build());
        List<Matcher> either = new ArrayList<>();
        for (FlowColumn column : test.term().columns()) {
            either.add(new InNetworks(column, networks));
            if (!asns.isEmpty()) {
                if (column == FlowColumn.EXPORTER) {
                    throw at(
                            test,
                            "exporters have no AS, and the networks name some",
                            "name networks without AS numbers");
                }
                either.add(ofRoute(column, false, NumberSet.of(asns)));
            }
        }
        return any(either);
    }

    private NetworkList list(Filter.Test test, FilterValue value) throws FilterException {
        if (value instanceof FilterValue.NamedList named) {
            NetworkList list = names.list(named.name());
            if (list == null) {
                throw unknown(test, "networks", named.name(), names.lists());
            }
            return list;
        }
        String path = ((FilterValue.FileList) value).path();
        try {
            return names.file(path);
        } catch (IOException e) {
            throw at(test, "'file:" + path + "': " + e.getMessage(), "check the file");
        }
    }

    private Matcher interfaces(Filter.Test test) throws FilterException {
        FlowColumn column = test.term().columns().get(0);
        List<Matcher> either = new ArrayList<>();
        for (FilterValue value : test.values()) {
            List<FilterValue> meant = List.of(value);
            if (value instanceof FilterValue.Text name) {
                meant = names.interfaces(name.text());
                if (meant == null) {
                    throw unknown(test, "an interface", name.text(), names.interfaces());
                }
            }
            for (FilterValue one : meant) {
                if (one instanceof FilterValue.Interface single) {
                    either.add(new Matcher.OfInterface(column, single));
                } else if (one instanceof FilterValue.Numbers numbers) {
                    long[] range = {numbers.first(), numbers.last()};
                    either.add(new InNumbers(column, NumberSet.of(List.of(range))));
                }
            }
        }
        return either.isEmpty() ? new InNumbers(column, NumberSet.of(List.of())) : any(either);
    }

    private Matcher texts(Filter.Test test) {
        List<String> texts = new ArrayList<>();
        for (FilterValue value : test.values()) {
            texts.add(((FilterValue.Text) value).text());
        }
        TextTest accepts =
                test.comparison() == Comparison.MATCHES
                        ? TextTest.matching(texts.get(0))
                        : TextTest.in(texts);
        List<FlowColumn> columns = test.term().columns();
        return columns.isEmpty()
                ? new Matcher.OfSource(accepts)
                : new Matcher.OfText(columns.get(0), accepts);
    }

    private FilterException unknown(Filter.Test test, String what, String name, Set<String> known) {
        String near = Nearest.of(name, known);
        return at(
                test,
                "'" + name + "' is not the name of " + what,
                near != null
                        ? "did you mean '" + near + "'?"
                        : known.isEmpty()
                                ? "none is defined"
                                : "defined: " + String.join(", ", known));
    }

    private FilterException at(Filter.Test test, String message, String advice) {
        for (FilterExpression.Place place : expression.places()) {
            if (place.test().equals(test)) {
                return new FilterException(place.position(), place.length(), message, advice);
            }
        }
        return new FilterException(0, 0, message, advice);
    }
}
