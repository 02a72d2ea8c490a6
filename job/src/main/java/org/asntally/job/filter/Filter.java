package org.asntally.job.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of an expression. Made by {@link #all}, {@link #any} and {@link #not} only, so that
 * equal meanings of brackets give equal trees: what {@code and} joins is never an {@code and}, and
 * so on.
 */
public sealed interface Filter extends Serializable {

    /** What all of its two or more parts accept. */
    record And(List<Filter> parts) implements Filter {
        /** Unmodifiable. */
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** What any of its two or more parts accepts. */
    record Or(List<Filter> parts) implements Filter {
        /** Unmodifiable. */
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** What its part refuses. */
    record Not(Filter part) implements Filter {}

    /**
     * What a term says of a flow, compared.
     *
     * @param values one, or several of which one is enough ({@link Comparison#IN})
     */
    record Test(FilterTerm term, Comparison comparison, List<FilterValue> values)
            implements Filter {
        /** Unmodifiable. */
        public Test {
            values = List.copyOf(values);
        }
    }

    /** How a term is compared with values. */
    enum Comparison {
        /** Is, or lies in, one of the values: {@code =} and {@code in}. */
        IN("="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">="),
        /** Is found by a regular expression. */
        MATCHES("~");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** As it is written. */
        public String sign() {
            return sign;
        }
    }

    /** What all parts accept; there is at least one. */
    static Filter all(List<Filter> parts) {
        List<Filter> flat = new ArrayList<>();
        for (Filter part : parts) {
            if (part instanceof And and) {
                flat.addAll(and.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new And(flat);
    }

    /** What any part accepts; there is at least one. */
    static Filter any(List<Filter> parts) {
        List<Filter> flat = new ArrayList<>();
        for (Filter part : parts) {
            if (part instanceof Or or) {
                flat.addAll(or.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new Or(flat);
    }

    /** What the part refuses. */
    static Filter not(Filter part) {
        return part instanceof Not not ? not.part() : new Not(part);
    }
}
