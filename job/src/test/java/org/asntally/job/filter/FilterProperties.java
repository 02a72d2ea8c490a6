package org.asntally.job.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.asntally.job.TestTable;
import org.asntally.job.filter.Filter.Comparison;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random trees over random flows. The oracle walks the tree, flow by flow, value by value. */
class FilterProperties {

    private static final TestTable TABLE = TestTable.withCountries(5, 300, 0);
    private static final List<String> TEXTS =
            List.of("GET", "/a.php", "curl \"8\"", "back\\slash\\", "uplink DFN", "", "é\u2028x");
    private static final List<String> PATTERNS =
            List.of("GET", "^/a\\.php$", "[a-z]+ ", "DFN", "\\\\", "^$", "é|\"8\"", ".{3,5}x");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    /** An address of a family. */
    private record Ip(boolean v6, long high, long low) {}

    /** A flow: numbers, texts and addresses by column; a column that is not there is unknown. */
    private record Flow(String source, Map<FlowColumn, Object> values) {}

    private static Filter tree(SplittableRandom random, int depth) {
        int choice = depth == 0 ? 3 : random.nextInt(6);
        return switch (choice) {
            case 0 -> Filter.all(trees(random, depth));
            case 1 -> Filter.any(trees(random, depth));
            case 2 -> Filter.not(tree(random, depth - 1));
            default -> test(random);
        };
    }

    private static List<Filter> trees(SplittableRandom random, int depth) {
        List<Filter> parts = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            parts.add(tree(random, depth - 1));
        }
        return parts;
    }

    private static Filter test(SplittableRandom random) {
        FilterTerm term = FilterTerm.values()[random.nextInt(FilterTerm.values().length)];
        Comparison comparison = Comparison.IN;
        while (random.nextInt(2) == 0) {
            Comparison other = Comparison.values()[random.nextInt(Comparison.values().length)];
            if (FilterParser.isAllowed(term, other)) {
                comparison = other;
            }
        }
        List<FilterValue> values = new ArrayList<>();
        int count = comparison == Comparison.IN ? 1 + random.nextInt(3) : 1;
        for (int i = 0; i < count; i++) {
            values.add(value(random, term, comparison));
        }
        return new Filter.Test(term, comparison, values);
    }

    private static FilterValue value(
            SplittableRandom random, FilterTerm term, Comparison comparison) {
        return switch (term.kind()) {
            case ADDRESS -> network(random, term);
            case ORIGIN ->
                    random.nextInt(6) == 0
                            ? new FilterValue.Numbers(0, 0)
                            : range(random, 64496 + random.nextInt(16), 2, 0xffffffffL);
            case COUNTRY -> country(random);
            case FLAGS -> range(random, random.nextInt(256), 1, 255);
            case INTERFACE -> anInterface(random);
            case TEXT ->
                    new FilterValue.Text(
                            comparison == Comparison.MATCHES
                                    ? PATTERNS.get(random.nextInt(PATTERNS.size()))
                                    : text(random, term));
            case NUMBER, ORDERED ->
                    range(
                            random,
                            number(random, term),
                            comparison == Comparison.IN ? 40 : 1,
                            term.most());
        };
    }

    private static String text(SplittableRandom random, FilterTerm term) {
        return term == FilterTerm.SOURCE_NAME
                ? "web" + random.nextInt(2)
                : TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static long number(SplittableRandom random, FilterTerm term) {
        long width = Math.min(term.most() - term.least(), 70_000);
        return switch (random.nextInt(8)) {
            case 0 -> term.least();
            case 1 -> term.most();
            default -> term.least() + random.nextLong(width);
        };
    }

    private static FilterValue range(SplittableRandom random, long first, int width, long most) {
        long more = random.nextInt(width);
        return new FilterValue.Numbers(first, first > most - more ? first : first + more);
    }

    private static FilterValue country(SplittableRandom random) {
        String text = List.of("", "DE", "FR", "JP", "US").get(random.nextInt(5));
        int code = text.isEmpty() ? 0 : text.charAt(0) << 8 | text.charAt(1);
        return new FilterValue.Numbers(code, code);
    }

    private static FilterValue anInterface(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return new FilterValue.Text("uplink");
        }
        int index = 1 + random.nextInt(8);
        Ip exporter = exporter(random);
        return random.nextBoolean()
                ? new FilterValue.Numbers(index, index)
                : new FilterValue.Interface(exporter.v6(), exporter.high(), exporter.low(), index);
    }

    private static Ip exporter(SplittableRandom random) {
        return random.nextBoolean()
                ? new Ip(false, 0, 0xC0000201L + random.nextInt(2))
                : new Ip(true, 0x20010db800000000L, 1 + random.nextInt(2));
    }

    private static FilterValue network(SplittableRandom random, FilterTerm term) {
        if (random.nextInt(6) == 0) {
            return random.nextBoolean()
                    ? new FilterValue.NamedList(term == FilterTerm.EXPORTER ? "plain" : "mine")
                    : new FilterValue.FileList("/etc/list");
        }
        Ip ip = term == FilterTerm.EXPORTER ? exporter(random) : address(random);
        boolean range = random.nextInt(4) == 0;
        int bits = random.nextInt(ip.v6() ? 129 : 33);
        if (range) {
            long more = random.nextLong(1L << 24);
            boolean fits = ip.v6() ? ip.low() + more >= ip.low() : ip.low() + more <= 0xffffffffL;
            return new FilterValue.Addresses(
                    ip.v6(), ip.high(), ip.low(), ip.high(), fits ? ip.low() + more : ip.low());
        }
        if (!ip.v6()) {
            long host = bits == 0 ? 0xffffffffL : 0xffffffffL >>> bits;
            return new FilterValue.Addresses(false, 0, ip.low() & ~host, 0, ip.low() | host);
        }
        long hostHigh = bits >= 64 ? 0 : -1L >>> bits;
        long hostLow = bits <= 64 ? -1 : bits == 128 ? 0 : -1L >>> (bits - 64);
        return new FilterValue.Addresses(
                true,
                ip.high() & ~hostHigh,
                ip.low() & ~hostLow,
                ip.high() | hostHigh,
                ip.low() | hostLow);
    }

    private static Ip address(SplittableRandom random) {
        boolean v6 = random.nextInt(3) == 0;
        if (random.nextInt(4) == 0) {
            return v6
                    ? new Ip(true, 0x20010db800000000L, random.nextLong())
                    : new Ip(false, 0, 0xC0000200L + random.nextInt(512));
        }
        while (true) {
            var route = TABLE.routes().get(random.nextInt(TABLE.routes().size()));
            if (route.v6() == v6) {
                long host = random.nextLong() >>> 40;
                return v6
                        ? new Ip(true, route.high() | host, random.nextLong())
                        : new Ip(false, 0, route.low() ^ (host & 0xfff));
            }
        }
    }

    private static Flow flow(SplittableRandom random, String source, Set<FlowColumn> columns) {
        Map<FlowColumn, Object> values = new EnumMap<>(FlowColumn.class);
        for (FlowColumn column : columns) {
            values.put(column, value(random, column));
        }
        return new Flow(source, values);
    }

    private static Object value(SplittableRandom random, FlowColumn column) {
        if (column.isText()) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        if (column == FlowColumn.EXPORTER) {
            return exporter(random);
        }
        if (column.isAddress()) {
            return address(random);
        }
        return switch (column) {
            case SOURCE_PORT, DESTINATION_PORT -> (long) random.nextInt(65_536);
            case DIRECTION -> random.nextInt(3) - 1L;
            case INPUT_INTERFACE, OUTPUT_INTERFACE -> (long) random.nextInt(9);
            case STATUS -> random.nextInt(4) == 0 ? 0L : 200L + random.nextInt(400);
            case BYTES, PACKETS, CUSTOMER ->
                    random.nextInt(9) == 0 ? Long.MAX_VALUE : random.nextInt(70_000);
            case FRAGMENT -> (long) random.nextInt(2);
            case ECN -> (long) random.nextInt(4);
            case DSCP -> (long) random.nextInt(64);
            default -> (long) random.nextInt(256);
        };
    }

    private static FlowBatch batch(List<Flow> flows, Set<FlowColumn> columns) {
        FlowBatchBuilder builder = new FlowBatchBuilder(columns);
        builder.startsAt(0);
        for (Flow flow : flows) {
            flow.values().forEach((column, value) -> put(builder, column, value));
            builder.endFlow();
        }
        return builder.build();
    }

    private static void put(FlowBatchBuilder builder, FlowColumn column, Object value) {
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            builder.text(column, utf8, 0, utf8.length);
        } else if (value instanceof Ip ip) {
            switch (column) {
                case SOURCE -> {
                    if (ip.v6()) {
                        builder.source6(ip.high(), ip.low());
                    } else {
                        builder.source4((int) ip.low());
                    }
                }
                case DESTINATION -> {
                    if (ip.v6()) {
                        builder.destination6(ip.high(), ip.low());
                    } else {
                        builder.destination4((int) ip.low());
                    }
                }
                default -> {
                    if (ip.v6()) {
                        builder.exporter6(ip.high(), ip.low());
                    } else {
                        builder.exporter4((int) ip.low());
                    }
                }
            }
        } else {
            builder.number(column, (Long) value);
        }
    }

    // The oracle.

    private static boolean accepts(Filter filter, Flow flow) {
        if (filter instanceof Filter.And and) {
            return and.parts().stream().allMatch(part -> accepts(part, flow));
        }
        if (filter instanceof Filter.Or or) {
            return or.parts().stream().anyMatch(part -> accepts(part, flow));
        }
        if (filter instanceof Filter.Not not) {
            return !accepts(not.part(), flow);
        }
        Filter.Test test = (Filter.Test) filter;
        if (test.term() == FilterTerm.SOURCE_NAME) {
            return test.values().stream()
                    .anyMatch(value -> isText(test, (FilterValue.Text) value, flow.source()));
        }
        for (FlowColumn column : test.term().columns()) {
            Object known = flow.values().get(column);
            for (FilterValue value : test.values()) {
                if (known != null && is(test, value, known, flow)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean is(Filter.Test test, FilterValue value, Object known, Flow flow) {
        return switch (test.term().kind()) {
            case ADDRESS -> isIn(value, (Ip) known);
            case ORIGIN -> isNumber(test, value, asn((Ip) known));
            case COUNTRY -> isNumber(test, value, country((Ip) known));
            case TEXT -> isText(test, (FilterValue.Text) value, (String) known);
            case FLAGS -> {
                long flags = (Long) known;
                long wanted = ((FilterValue.Numbers) value).first();
                yield switch (test.comparison()) {
                    case AT_LEAST -> (flags | wanted) == flags;
                    case AT_MOST -> (flags | wanted) == wanted;
                    default -> flags == wanted;
                };
            }
            case INTERFACE -> isInterface(value, (Long) known, flow);
            case NUMBER, ORDERED -> {
                long number = (Long) known;
                boolean unknown =
                        (test.term() == FilterTerm.STATUS && number == 0)
                                || (test.term() == FilterTerm.DIRECTION && number < 0);
                yield !unknown && isNumber(test, value, number);
            }
        };
    }

    private static boolean isInterface(FilterValue value, long index, Flow flow) {
        if (value instanceof FilterValue.Numbers numbers) {
            return numbers.first() == index;
        }
        FilterValue.Interface one =
                value instanceof FilterValue.Interface given
                        ? given
                        : new FilterValue.Interface(false, 0, 0xC0000201L, 7);
        return one.index() == index
                && new Ip(one.v6(), one.high(), one.low())
                        .equals(flow.values().get(FlowColumn.EXPORTER));
    }

    private static long country(Ip ip) {
        String country = TestTable.country(asn(ip));
        return country.isEmpty() ? 0 : country.charAt(0) << 8 | country.charAt(1);
    }

    private static long asn(Ip ip) {
        return TABLE.asn(ip.v6(), ip.high(), ip.low());
    }

    private static boolean isText(Filter.Test test, FilterValue.Text value, String known) {
        return test.comparison() == Comparison.MATCHES
                ? Pattern.compile(value.text()).matcher(known).find()
                : value.text().equals(known);
    }

    private static boolean isNumber(Filter.Test test, FilterValue value, long known) {
        FilterValue.Numbers numbers = (FilterValue.Numbers) value;
        return switch (test.comparison()) {
            case LESS -> known < numbers.first();
            case AT_MOST -> known <= numbers.first();
            case GREATER -> known > numbers.first();
            case AT_LEAST -> known >= numbers.first();
            default -> numbers.first() <= known && known <= numbers.last();
        };
    }

    private static boolean isIn(FilterValue value, Ip ip) {
        if (value instanceof FilterValue.NamedList list) {
            boolean within =
                    ip.v6() ? ip.high() >>> 32 == 0x20010db8L : ip.low() >>> 8 == 0xC00002L;
            return within || (list.name().equals("mine") && asn(ip) == 64496);
        }
        if (value instanceof FilterValue.FileList) {
            return !ip.v6() && ip.low() >>> 8 == 0xC63364L;
        }
        FilterValue.Addresses range = (FilterValue.Addresses) value;
        return range.v6() == ip.v6()
                && compare(range.firstHigh(), range.firstLow(), ip) <= 0
                && compare(range.lastHigh(), range.lastLow(), ip) >= 0;
    }

    private static int compare(long high, long low, Ip ip) {
        int order = Long.compareUnsigned(high, ip.high());
        return order != 0 ? order : Long.compareUnsigned(low, ip.low());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void textAndTreeAreTheSame(long seed) throws FilterException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 30; i++) {
            Filter tree = tree(random, random.nextInt(5));
            String text = FilterText.of(tree);
            FilterExpression parsed = FilterExpression.parse(text);
            assertThat(parsed.tree()).as("seed %d: %s", seed, text).isEqualTo(tree);
            assertThat(parsed.text()).as("seed %d", seed).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void choosesWhatTheTreeSays(long seed) throws FilterException {
        SplittableRandom random = new SplittableRandom(seed);
        Filter tree = tree(random, random.nextInt(5));
        String text = FilterText.of(tree);
        BoundFilter filter = FilterExpression.parse(text).bind(FilterExpressionTest.NAMES);
        FilterEvaluator evaluator = filter.evaluator();
        for (int i = 0; i < 6; i++) {
            Set<FlowColumn> columns = columns(random);
            String source = "web" + random.nextInt(2);
            int rows = List.of(0, 1, 63, 64, 65, 200, 4096).get(random.nextInt(6));
            List<Flow> flows = new ArrayList<>();
            boolean same = random.nextInt(3) == 0;
            for (int row = 0; row < rows; row++) {
                flows.add(same && row > 0 ? flows.get(0) : flow(random, source, columns));
            }
            check(seed, text, tree, filter, evaluator, flows, source, columns, random);
        }
    }

    private static Set<FlowColumn> columns(SplittableRandom random) {
        Set<FlowColumn> columns = EnumSet.noneOf(FlowColumn.class);
        for (FlowColumn column : FlowColumn.values()) {
            boolean asked = column != FlowColumn.TIME && column != FlowColumn.WEIGHT;
            if (asked && random.nextInt(5) > 0) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static void check(
            long seed,
            String text,
            Filter tree,
            BoundFilter filter,
            FilterEvaluator evaluator,
            List<Flow> flows,
            String source,
            Set<FlowColumn> columns,
            SplittableRandom random) {
        int[] selection = null;
        int count = flows.size();
        if (random.nextInt(3) == 0) {
            selection = new int[flows.size()];
            count = 0;
            for (int row = 0; row < flows.size(); row++) {
                if (random.nextBoolean()) {
                    selection[count++] = row;
                }
            }
        }
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (accepts(tree, flows.get(row))) {
                expected.add(row);
            }
        }
        int[] chosen = new int[4096];
        int many =
                evaluator.select(
                        batch(flows, columns),
                        TABLE.rib(),
                        routes(filter, Side.SOURCE, FlowColumn.SOURCE, flows),
                        routes(filter, Side.DESTINATION, FlowColumn.DESTINATION, flows),
                        source.getBytes(StandardCharsets.UTF_8),
                        selection,
                        count,
                        chosen);
        List<Integer> got = Arrays.stream(chosen, 0, many).boxed().toList();
        assertThat(got).as("seed %d: %s", seed, text).isEqualTo(expected);
    }

    /** As {@code attribute} gives them; nothing for sides that the filter does not ask for. */
    private static int @Nullable [] routes(
            BoundFilter filter, Side side, FlowColumn column, List<Flow> flows) {
        if (!filter.sides().contains(side)) {
            return null;
        }
        int[] routes = new int[4096];
        for (int row = 0; row < flows.size(); row++) {
            Ip ip = (Ip) flows.get(row).values().get(column);
            routes[row] =
                    ip == null
                            ? -1
                            : ip.v6()
                                    ? TABLE.rib().route6(ip.high(), ip.low())
                                    : TABLE.rib().route4((int) ip.low());
        }
        return routes;
    }

    /** Logs hold any bytes: broken UTF-8 is a text like others. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyBytesMayBeAText(long seed) throws FilterException {
        SplittableRandom random = new SplittableRandom(seed);
        FlowBatchBuilder builder = new FlowBatchBuilder(Set.of(FlowColumn.PATH));
        builder.startsAt(0);
        for (int row = 0; row < 50; row++) {
            byte[] text = new byte[random.nextInt(6)];
            for (int i = 0; i < text.length; i++) {
                text[i] =
                        (byte)
                                (random.nextBoolean()
                                        ? 0xc0 + random.nextInt(64)
                                        : random.nextInt());
            }
            builder.text(FlowColumn.PATH, text, 0, text.length);
            builder.endFlow();
        }
        FlowBatch batch = builder.build();
        for (String pattern : List.of("x$", "é+.", "(?i)[^a]\\b", "\\pL")) {
            FilterEvaluator evaluator =
                    FilterExpression.parse("path ~ '" + pattern + "'")
                            .bind(FilterExpressionTest.NAMES)
                            .evaluator();
            int many =
                    evaluator.select(batch, null, null, null, new byte[0], null, 50, new int[4096]);
            assertThat(many).as("seed %d", seed).isBetween(0, 50);
        }
    }

    /** Whatever is written, the answer is a tree or one exception with a place inside. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextIsReadOrRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> pieces =
                List.of(
                        "src",
                        " ",
                        "in",
                        "(",
                        ")",
                        ",",
                        "list:x",
                        "192.0.2.0/24",
                        "and",
                        "or",
                        "not",
                        "status",
                        ">=",
                        "=",
                        "!",
                        "~",
                        "404",
                        "\"",
                        "'",
                        "\\",
                        "tcp-flags",
                        "syn+",
                        "-",
                        "é",
                        "in-if",
                        "1.2.3.4.",
                        "&&",
                        "0x",
                        "bytes",
                        "9Gi",
                        "\u0000",
                        "country",
                        "none",
                        "path",
                        "a{9}{9}{9}{9}");
        for (int i = 0; i < 100; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = 0; piece < random.nextInt(12); piece++) {
                text.append(pieces.get(random.nextInt(pieces.size())));
                text.append(random.nextBoolean() ? " " : "");
            }
            try {
                FilterExpression parsed = FilterExpression.parse(text.toString());
                assertThat(FilterExpression.parse(parsed.text()).tree())
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(parsed.tree());
            } catch (FilterException e) {
                assertThat(e.position()).as(text.toString()).isBetween(0, text.length());
                assertThat(e.position() + e.length())
                        .as(text.toString())
                        .isBetween(0, text.length());
                assertThat(e.advice()).as(text.toString()).isNotEmpty();
            }
        }
    }
}
