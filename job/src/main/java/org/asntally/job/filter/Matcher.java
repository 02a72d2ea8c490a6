package org.asntally.job.filter;

import com.google.re2j.Pattern;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * A part of a compiled filter: sets the bit of each row that it accepts. Immutable; what changes
 * lies in {@link FlowRows}. A column that the batch lacks is a value that no test accepts.
 */
abstract class Matcher implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * Fills {@code into} up to the batch's last word; bits beyond its last row are 0.
     *
     * @param depth of this part; memory of greater depths is free
     */
    abstract void match(FlowRows rows, long[] into, int depth);

    /** How deep the tree below is; 0 for a leaf. */
    int depth() {
        return 0;
    }

    /** What all parts, or any of them, accept. */
    static final class Joined extends Matcher {
        private static final long serialVersionUID = 1;
        private final boolean all;
        private final List<Matcher> parts;

        Joined(boolean all, List<Matcher> parts) {
            this.all = all;
            this.parts = List.copyOf(parts);
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            parts.get(0).match(rows, into, depth + 1);
            long[] more = rows.spare(depth);
            for (int part = 1; part < parts.size() && !isDecided(rows, into); part++) {
                parts.get(part).match(rows, more, depth + 1);
                for (int word = 0; word < rows.words(); word++) {
                    into[word] = all ? into[word] & more[word] : into[word] | more[word];
                }
            }
        }

        /** Whether the other parts cannot change anything. */
        private boolean isDecided(FlowRows rows, long[] bits) {
            int whole = rows.rows() >>> 6;
            for (int word = 0; word < whole; word++) {
                if (bits[word] != (all ? 0L : -1L)) {
                    return false;
                }
            }
            int left = rows.rows() & 63;
            return left == 0 || bits[whole] == (all ? 0L : (1L << left) - 1);
        }

        @Override
        int depth() {
            int deepest = 0;
            for (Matcher part : parts) {
                deepest = Math.max(deepest, part.depth());
            }
            return deepest + 1;
        }
    }

    /** What its part refuses. */
    static final class Not extends Matcher {
        private static final long serialVersionUID = 1;
        private final Matcher part;

        Not(Matcher part) {
            this.part = part;
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            part.match(rows, into, depth);
            for (int word = 0; word < rows.words(); word++) {
                into[word] = ~into[word];
            }
            if ((rows.rows() & 63) != 0) {
                into[rows.words() - 1] &= (1L << rows.rows()) - 1;
            }
        }

        @Override
        int depth() {
            return part.depth();
        }
    }

    /** Numbers of a column. */
    static final class InNumbers extends Matcher {
        private static final long serialVersionUID = 1;
        private final FlowColumn column;
        private final NumberSet set;

        InNumbers(FlowColumn column, NumberSet set) {
            this.column = column;
            this.set = set;
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            FlowBatch flows = rows.flows();
            if (!flows.has(column)) {
                rows.fill(false, into);
            } else if (flows.isConstant(column)) {
                rows.fill(set.contains(flows.constant(column)), into);
            } else {
                set.find(rows.numbers(column), rows.rows(), into);
            }
        }
    }

    /** Addresses of a column. */
    static final class InNetworks extends Matcher {
        private static final long serialVersionUID = 1;
        private final FlowColumn column;
        private final NetworkSet set;

        InNetworks(FlowColumn column, NetworkSet set) {
            this.column = column;
            this.set = set;
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            if (!rows.flows().has(column)) {
                rows.fill(false, into);
                return;
            }
            FlowRows.Addresses addresses = rows.addresses(column);
            int next4 = 0;
            int next6 = 0;
            boolean none4 = set.isEmpty4();
            boolean none6 = set.isEmpty6();
            for (int word = 0; word < rows.words(); word++) {
                int end = Math.min(rows.rows(), (word + 1) << 6);
                long families = addresses.families[word];
                long found = 0;
                for (int row = word << 6; row < end; row++) {
                    boolean in;
                    if ((families >>> row & 1) == 0) {
                        in = !none4 && set.contains4(addresses.v4[next4]);
                        next4++;
                    } else {
                        in = !none6 && set.contains6(addresses.high[next6], addresses.low[next6]);
                        next6++;
                    }
                    found |= (in ? 1L : 0L) << row;
                }
                into[word] = found;
            }
        }
    }

    /** What a route tells: origin AS or country. Each route is asked once per table. */
    static final class OfRoute extends Matcher {
        private static final long serialVersionUID = 1;
        private static final byte YES = 1;
        private static final byte NO = 2;
        private final Side side;
        private final boolean country;
        private final NumberSet set;
        private final int memory;

        /**
         * A test.
         *
         * @param country whether countries are asked for, else origin ASes
         * @param memory the number of its memory in {@link FlowRows#answers}
         */
        OfRoute(Side side, boolean country, NumberSet set, int memory) {
            this.side = side;
            this.country = country;
            this.set = set;
            this.memory = memory;
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            int[] routes = rows.routes(side);
            Rib rib = rows.rib();
            FlowColumn column = side == Side.SOURCE ? FlowColumn.SOURCE : FlowColumn.DESTINATION;
            if (routes == null || rib == null || !rows.flows().has(column)) {
                rows.fill(false, into);
                return;
            }
            byte[] answers = rows.answers(memory, rib);
            for (int word = 0; word < rows.words(); word++) {
                int end = Math.min(rows.rows(), (word + 1) << 6);
                long found = 0;
                for (int row = word << 6; row < end; row++) {
                    int route = routes[row];
                    byte answer = answers[route + 1];
                    if (answer == 0) {
                        answer = accepts(rib, route) ? YES : NO;
                        answers[route + 1] = answer;
                    }
                    found |= (long) (answer & 1) << row;
                }
                into[word] = found;
            }
        }

        private boolean accepts(Rib rib, int route) {
            if (route == Rib.UNROUTED) {
                return set.contains(0);
            }
            return set.contains(
                    country ? rib.countryCode(route) : Integer.toUnsignedLong(rib.origin(route)));
        }
    }

    /** Texts of a column; each different text of a batch is looked at once. */
    static final class OfText extends Matcher {
        private static final long serialVersionUID = 1;
        private final FlowColumn column;
        private final TextTest test;

        OfText(FlowColumn column, TextTest test) {
            this.column = column;
            this.test = test;
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            FlowBatch flows = rows.flows();
            if (!flows.has(column)) {
                rows.fill(false, into);
                return;
            }
            int count = flows.texts(column);
            long[] accepted = new long[(count + 63) >>> 6];
            int many = 0;
            for (int text = 0; text < count; text++) {
                int from = flows.textStart(column, text);
                if (test.accepts(flows.bytes(), from, flows.textEnd(column, text))) {
                    accepted[text >>> 6] |= 1L << text;
                    many++;
                }
            }
            if (many == 0 || many == count) {
                rows.fill(many > 0, into);
                return;
            }
            int[] texts = rows.texts(column);
            for (int word = 0; word < rows.words(); word++) {
                int end = Math.min(rows.rows(), (word + 1) << 6);
                long found = 0;
                for (int row = word << 6; row < end; row++) {
                    found |= (accepted[texts[row] >>> 6] >>> texts[row] & 1) << row;
                }
                into[word] = found;
            }
        }
    }

    /** The input's name: one answer for a batch. */
    static final class OfSource extends Matcher {
        private static final long serialVersionUID = 1;
        private final TextTest test;

        OfSource(TextTest test) {
            this.test = test;
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            rows.fill(test.accepts(rows.source()), into);
        }
    }

    /** An interface of one exporter. */
    static final class OfInterface extends Matcher {
        private static final long serialVersionUID = 1;
        private final FlowColumn column;
        private final FilterValue.Interface wanted;

        OfInterface(FlowColumn column, FilterValue.Interface wanted) {
            this.column = column;
            this.wanted = wanted;
        }

        @Override
        void match(FlowRows rows, long[] into, int depth) {
            if (!rows.flows().has(column) || !rows.flows().has(FlowColumn.EXPORTER)) {
                rows.fill(false, into);
                return;
            }
            long[] indexes = rows.numbers(column);
            FlowRows.Addresses exporters = rows.addresses(FlowColumn.EXPORTER);
            int next4 = 0;
            int next6 = 0;
            for (int word = 0; word < rows.words(); word++) {
                int end = Math.min(rows.rows(), (word + 1) << 6);
                long found = 0;
                for (int row = word << 6; row < end; row++) {
                    boolean v6 = (exporters.families[word] >>> row & 1) != 0;
                    boolean is =
                            indexes[row] == wanted.index()
                                    && v6 == wanted.v6()
                                    && (v6
                                            ? exporters.high[next6] == wanted.high()
                                                    && exporters.low[next6] == wanted.low()
                                            : exporters.v4[next4] == (int) wanted.low());
                    next4 += v6 ? 0 : 1;
                    next6 += v6 ? 1 : 0;
                    found |= (is ? 1L : 0L) << row;
                }
                into[word] = found;
            }
        }
    }

    /** Whether one text is accepted: equal to one of several, or found by a pattern. */
    static final class TextTest implements Serializable {
        private static final long serialVersionUID = 1;
        private final byte[][] equal;
        private final byte @Nullable [] contained;
        private final @Nullable Pattern pattern;

        private TextTest(byte[][] equal, byte @Nullable [] contained, @Nullable Pattern pattern) {
            this.equal = equal;
            this.contained = contained;
            this.pattern = pattern;
        }

        static TextTest in(List<String> texts) {
            byte[][] equal = new byte[texts.size()][];
            for (int i = 0; i < equal.length; i++) {
                equal[i] = texts.get(i).getBytes(StandardCharsets.UTF_8);
            }
            return new TextTest(equal, null, null);
        }

        static TextTest matching(String regularExpression) {
            String literal = Patterns.literal(regularExpression);
            return literal == null
                    ? new TextTest(new byte[0][], null, Pattern.compile(regularExpression))
                    : new TextTest(new byte[0][], literal.getBytes(StandardCharsets.UTF_8), null);
        }

        boolean accepts(byte[] text, int from, int to) {
            if (pattern != null) {
                return pattern.matcher(Arrays.copyOfRange(text, from, to)).find();
            }
            if (contained != null) {
                return contains(text, from, to, contained);
            }
            for (byte[] one : equal) {
                if (Arrays.equals(text, from, to, one, 0, one.length)) {
                    return true;
                }
            }
            return false;
        }

        boolean accepts(byte[] text) {
            return accepts(text, 0, text.length);
        }

        private static boolean contains(byte[] text, int from, int to, byte[] wanted) {
            if (wanted.length == 0) {
                return true;
            }
            byte first = wanted[0];
            for (int at = from; at <= to - wanted.length; at++) {
                if (text[at] == first
                        && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                    return true;
                }
            }
            return false;
        }
    }
}
