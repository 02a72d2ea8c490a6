package org.asntally.job.filter;

import java.util.ArrayList;
import java.util.List;
import org.asntally.job.filter.Filter.Comparison;

/** Writes a tree as the expression that stands for it, brackets where they are needed. */
final class FilterText {

    private FilterText() {}

    static String of(Filter filter) {
        if (filter instanceof Filter.Or or) {
            return joined(or.parts(), " or ");
        }
        if (filter instanceof Filter.And and) {
            return joined(and.parts(), " and ");
        }
        if (filter instanceof Filter.Not not) {
            return not.part() instanceof Filter.Test test && isEquality(test)
                    ? test(test, "!=")
                    : "not " + inner(not.part());
        }
        Filter.Test test = (Filter.Test) filter;
        boolean within = test.comparison() == Comparison.IN && !isEquality(test);
        return test(test, within ? "in" : test.comparison().sign());
    }

    /** Whether there is one value, and that is one address, number or text. */
    private static boolean isEquality(Filter.Test test) {
        if (test.comparison() != Comparison.IN || test.values().size() > 1) {
            return false;
        }
        FilterValue value = test.values().get(0);
        if (value instanceof FilterValue.Numbers numbers) {
            return numbers.first() == numbers.last();
        }
        if (value instanceof FilterValue.Addresses range) {
            return range.firstHigh() == range.lastHigh() && range.firstLow() == range.lastLow();
        }
        return !(value instanceof FilterValue.NamedList || value instanceof FilterValue.FileList);
    }

    /** Within {@code and}, and behind {@code not}. */
    private static String inner(Filter filter) {
        return filter instanceof Filter.Or || filter instanceof Filter.And
                ? "(" + of(filter) + ")"
                : of(filter);
    }

    private static String joined(List<Filter> parts, String word) {
        List<String> texts = new ArrayList<>();
        for (Filter part : parts) {
            texts.add(part instanceof Filter.And && word.equals(" or ") ? of(part) : inner(part));
        }
        return String.join(word, texts);
    }

    private static String test(Filter.Test test, String sign) {
        List<String> values = new ArrayList<>();
        for (FilterValue value : test.values()) {
            values.add(
                    test.comparison() == Comparison.MATCHES
                            ? quotedPattern(value)
                            : FilterValues.written(test.term(), value));
        }
        return test.term().label() + " " + sign + " " + String.join(", ", values);
    }

    private static String quotedPattern(FilterValue value) {
        return value instanceof FilterValue.Text text ? FilterLexer.written(text.text()) : "";
    }
}
