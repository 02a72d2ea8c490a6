package org.asntally.job.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.asntally.job.filter.Filter.Comparison;
import org.asntally.job.filter.FilterLexer.Kind;
import org.asntally.job.value.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression by recursive descent.
 *
 * <pre>
 * any   = all { "or" all }
 * all   = one { "and" one }
 * one   = "not" one | "(" any ")" | test
 * test  = term ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~" ) value
 *       | term [ "not" ] "in" values
 * values = value { "," value }, in brackets or not
 * </pre>
 */
final class FilterParser {

    private static final int LONGEST = 1 << 16;
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 10_000;

    private final FilterLexer token;
    private final List<FilterExpression.Place> places = new ArrayList<>();
    private int depth;

    FilterParser(String text) throws FilterException {
        if (text.length() > LONGEST) {
            throw new FilterException(
                    LONGEST,
                    text.length() - LONGEST,
                    "the expression is longer than " + LONGEST + " characters",
                    "put long lists of networks into a file: src in file:PATH");
        }
        token = new FilterLexer(text);
    }

    Filter parse() throws FilterException {
        if (token.kind() == Kind.END) {
            throw new FilterException(
                    0, 0, "the expression is empty", "write a term: " + example());
        }
        Filter whole = any();
        if (token.kind() != Kind.END) {
            throw unexpected(
                    token.kind() == Kind.CLOSE ? "no bracket is open" : "write 'and' or 'or'");
        }
        return whole;
    }

    List<FilterExpression.Place> places() {
        return places;
    }

    private static String example() {
        return "status >= 400";
    }

    private Filter any() throws FilterException {
        List<Filter> parts = new ArrayList<>();
        parts.add(all());
        while (token.is("or")) {
            token.next();
            parts.add(all());
        }
        return Filter.any(parts);
    }

    private Filter all() throws FilterException {
        List<Filter> parts = new ArrayList<>();
        parts.add(one());
        while (token.is("and")) {
            token.next();
            parts.add(one());
        }
        return Filter.all(parts);
    }

    private Filter one() throws FilterException {
        boolean not = token.is("not");
        if (!not && token.kind() != Kind.OPEN) {
            return test();
        }
        if (++depth > DEEPEST) {
            throw new FilterException(
                    token.start(),
                    1,
                    "brackets and 'not' are nested deeper than " + DEEPEST,
                    "write the expression flatter");
        }
        int start = token.start();
        token.next();
        Filter inner;
        if (not) {
            inner = Filter.not(one());
        } else {
            inner = any();
            if (token.kind() != Kind.CLOSE) {
                throw token.kind() == Kind.END
                        ? new FilterException(start, 1, "the bracket is not closed", "add ')'")
                        : unexpected("write ')', 'and' or 'or'");
            }
            token.next();
        }
        depth--;
        return inner;
    }

    private Filter test() throws FilterException {
        if (token.kind() != Kind.WORD || token.is("and") || token.is("or") || token.is("in")) {
            throw unexpected("a term is missing, such as " + example());
        }
        String label = token.value();
        int start = token.start();
        FilterTerm term = FilterTerm.of(label.toLowerCase(Locale.ROOT));
        if (term == null) {
            List<String> known = Arrays.stream(FilterTerm.values()).map(FilterTerm::label).toList();
            String near = Nearest.of(label.toLowerCase(Locale.ROOT), known);
            throw new FilterException(
                    start,
                    label.length(),
                    "unknown term '" + label + "'",
                    near == null
                            ? "terms: " + String.join(", ", known)
                            : "did you mean '" + near + "'?");
        }
        int end = token.end();
        token.next();
        boolean not = token.is("not");
        if (not) {
            token.next();
        }
        if (token.is("in")) {
            token.next();
            Filter test = new Filter.Test(term, Comparison.IN, values(term));
            places.add(new FilterExpression.Place((Filter.Test) test, start, end - start));
            return not ? Filter.not(test) : test;
        }
        if (not || token.kind() != Kind.OPERATOR) {
            throw unexpected(
                    not
                            ? "write: not in"
                            : "write " + comparisons(term) + " after '" + label + "'");
        }
        String sign = token.value();
        Comparison comparison = sign.equals("!=") ? Comparison.IN : comparison(term, sign);
        token.next();
        FilterValue value =
                comparison == Comparison.MATCHES ? pattern(term) : FilterValues.read(term, token);
        if (comparison != Comparison.IN && comparison != Comparison.MATCHES) {
            requireOne(term, comparison, value);
        }
        token.next();
        if (token.kind() == Kind.COMMA) {
            throw unexpected("for several values write: " + label + " in ...");
        }
        Filter.Test test = new Filter.Test(term, comparison, List.of(value));
        places.add(new FilterExpression.Place(test, start, end - start));
        return sign.equals("!=") ? Filter.not(test) : test;
    }

    private void requireOne(FilterTerm term, Comparison comparison, FilterValue value)
            throws FilterException {
        if (value instanceof FilterValue.Numbers numbers && numbers.first() != numbers.last()) {
            throw wrong(
                    "'" + token.value() + "' is a range, which has no '" + comparison.sign() + "'",
                    "write: " + term.label() + " in " + token.value());
        }
    }

    private Comparison comparison(FilterTerm term, String sign) throws FilterException {
        for (Comparison each : Comparison.values()) {
            if (each.sign().equals(sign) && isAllowed(term, each)) {
                return each;
            }
        }
        throw wrong("'" + term.label() + "' has no '" + sign + "'", "it has: " + comparisons(term));
    }

    static boolean isAllowed(FilterTerm term, Comparison comparison) {
        return switch (comparison) {
            case IN -> true;
            case MATCHES -> term.kind() == FilterTerm.Kind.TEXT;
            case LESS, GREATER -> term.kind() == FilterTerm.Kind.ORDERED;
            case AT_MOST, AT_LEAST ->
                    term.kind() == FilterTerm.Kind.ORDERED || term.kind() == FilterTerm.Kind.FLAGS;
        };
    }

    private static String comparisons(FilterTerm term) {
        StringBuilder signs = new StringBuilder("= != in");
        for (Comparison each : Comparison.values()) {
            if (each != Comparison.IN && isAllowed(term, each)) {
                signs.append(' ').append(each.sign());
            }
        }
        return signs.toString();
    }

    private List<FilterValue> values(FilterTerm term) throws FilterException {
        boolean brackets = token.kind() == Kind.OPEN;
        int start = token.start();
        if (brackets) {
            token.next();
        }
        List<FilterValue> values = new ArrayList<>();
        while (true) {
            if (values.size() == MOST_VALUES) {
                throw wrong(
                        "more than " + MOST_VALUES + " values",
                        "put long lists of networks into a file: src in file:PATH");
            }
            values.add(FilterValues.read(term, token));
            token.next();
            if (token.kind() != Kind.COMMA) {
                break;
            }
            token.next();
        }
        if (brackets) {
            if (token.kind() != Kind.CLOSE) {
                throw token.kind() == Kind.END
                        ? new FilterException(start, 1, "the bracket is not closed", "add ')'")
                        : unexpected("write ',' or ')'");
            }
            token.next();
        }
        return values;
    }

    private FilterValue pattern(FilterTerm term) throws FilterException {
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw unexpected("write a regular expression: " + term.label() + " ~ \"...\"");
        }
        String reason = Patterns.fault(token.value());
        if (reason != null) {
            throw wrong(
                    "'" + token.value() + "' is no regular expression: " + reason,
                    "RE2's syntax: no look-around, no back references");
        }
        return new FilterValue.Text(token.value());
    }

    private FilterException wrong(String message, String advice) {
        return new FilterException(token.start(), token.end() - token.start(), message, advice);
    }

    private FilterException unexpected(String advice) {
        return unexpected(token, advice);
    }

    /** The token cannot stand here. */
    static FilterException unexpected(FilterLexer token, @Nullable String advice) {
        String message =
                token.kind() == Kind.END
                        ? "the expression ends too early"
                        : "'" + token.value() + "' cannot stand here";
        return new FilterException(
                token.start(), token.end() - token.start(), message, advice == null ? "" : advice);
    }
}
