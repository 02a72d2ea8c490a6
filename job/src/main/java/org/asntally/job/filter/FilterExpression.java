package org.asntally.job.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.asntally.sources.FlowColumn;

/**
 * A filter as it was written: its tree, and where in the text each term stands. Immutable.
 *
 * <pre>
 * FilterExpression expression = FilterExpression.parse("status >= 400 and not src in list:mine");
 * expression.lacking(format::provides);               // terms that an input cannot answer
 * BoundFilter filter = expression.bind(names);        // list:mine and files are looked up
 * FilterEvaluator evaluator = filter.evaluator(sourceNames);   // of one thread
 * </pre>
 */
public final class FilterExpression {

    /**
     * A test and its place.
     *
     * @param position where its term begins: characters of the expression, from 0
     * @param length of the term
     */
    public record Place(Filter.Test test, int position, int length) implements Serializable {

        /** The problem of a test that cannot be used for a reason that only the caller knows. */
        public FilterException wrong(String message, String advice) {
            return new FilterException(position, length, message, advice);
        }
    }

    private final String source;
    private final Filter tree;
    private final List<Place> places;

    private FilterExpression(String source, Filter tree, List<Place> places) {
        this.source = source;
        this.tree = tree;
        this.places = List.copyOf(places);
    }

    /**
     * Reads an expression.
     *
     * @throws FilterException which says where it is wrong
     */
    public static FilterExpression parse(String text) throws FilterException {
        FilterParser parser = new FilterParser(text);
        Filter tree = parser.parse();
        return new FilterExpression(text, tree, parser.places());
    }

    /** As it was written. */
    public String source() {
        return source;
    }

    /** The tree. */
    public Filter tree() {
        return tree;
    }

    /** All tests, in the order of the text. */
    public List<Place> places() {
        return places;
    }

    /** The one text of this meaning: {@link #parse} gives an equal tree. */
    public String text() {
        return FilterText.of(tree);
    }

    /** The columns that a source has to fill for this, as far as it knows them. */
    public Set<FlowColumn> columns() {
        EnumSet<FlowColumn> columns = EnumSet.noneOf(FlowColumn.class);
        for (Place place : places) {
            columns.addAll(place.test().term().columns());
            if (needsExporter(place.test())) {
                columns.add(FlowColumn.EXPORTER);
            }
        }
        return columns;
    }

    /** Whether this names one exporter's interface, or one of the configuration's, which may. */
    private static boolean needsExporter(Filter.Test test) {
        return test.term().kind() == FilterTerm.Kind.INTERFACE
                && test.values().stream().anyMatch(v -> !(v instanceof FilterValue.Numbers));
    }

    /**
     * The tests that a source cannot answer: it has none of the columns that the term is about.
     *
     * @param knows whether the source fills a column
     */
    public List<Place> lacking(Predicate<FlowColumn> knows) {
        List<Place> lacking = new ArrayList<>();
        for (Place place : places) {
            List<FlowColumn> columns = place.test().term().columns();
            boolean known = columns.isEmpty() || columns.stream().anyMatch(knows);
            if (!known || (needsExporter(place.test()) && !knows.test(FlowColumn.EXPORTER))) {
                lacking.add(place);
            }
        }
        return lacking;
    }

    /** The tests that ask whether a flow is of an input that is not among these. */
    public List<Place> unknownSources(Collection<String> names) {
        List<Place> unknown = new ArrayList<>();
        for (Place place : places) {
            Filter.Test test = place.test();
            if (test.term() == FilterTerm.SOURCE_NAME
                    && test.comparison() == Filter.Comparison.IN
                    && test.values().stream()
                            .anyMatch(
                                    v ->
                                            v instanceof FilterValue.Text t
                                                    && !names.contains(t.text()))) {
                unknown.add(place);
            }
        }
        return unknown;
    }

    /**
     * Looks up what names stand for.
     *
     * @throws FilterException at a name that stands for nothing
     */
    public BoundFilter bind(FilterNames names) throws FilterException {
        return new FilterBinding(this, names).bind();
    }

    @Override
    public String toString() {
        return text();
    }
}
