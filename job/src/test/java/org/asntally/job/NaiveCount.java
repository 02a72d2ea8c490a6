package org.asntally.job;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.asntally.job.filter.BoundFilter;
import org.asntally.job.filter.FilterException;
import org.asntally.job.filter.FilterExpression;
import org.asntally.job.filter.NoNames;
import org.asntally.lookup.Prefix;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.WindowTally;
import org.jspecify.annotations.Nullable;

/** The same count, as simply as it can be said: every flow looks at every route. */
public final class NaiveCount {

    /** Keys whose fields a flow of a test has. */
    public static final List<TableKey> KEYS =
            Stream.of(
                            "country",
                            "host",
                            "host:128/64",
                            "host:24/48",
                            "net:24/48",
                            "net:8/20",
                            "source",
                            "asn+country",
                            "prefix+source",
                            "country+net:16/32+source",
                            "host+asn")
                    .map(text -> Objects.requireNonNull(TableKey.parse(text)))
                    .toList();

    /** A filter of flows, and an AS that is left out. */
    public static final String FILTER = "bytes > 700 or packets < 4 and not ttl = 3";

    /** See {@link #FILTER}. */
    public static final String EXCLUDED = "not src-asn in 64499-64502";

    private final CountSpec spec;
    private final List<String> sources;
    private final List<TestTable> tables;
    private final Sums sums;

    /** Tables in the order of their times. */
    public NaiveCount(CountSpec spec, List<String> sources, List<TestTable> tables) {
        this.spec = spec;
        this.sources = sources;
        this.tables = tables;
        this.sums = new Sums(spec.measures().size());
    }

    /** Counts what was read but gave no flow. */
    public void skip(int source, String reason, long count) {
        counter(reason, source, count);
        counter("read", source, count);
    }

    private void counter(String reason, int source, long count) {
        counter(reason, source, count, Long.MIN_VALUE);
    }

    /** With the newest time of what is counted, upside down in place of a position. */
    private void counter(String reason, int source, long count, long newest) {
        String key = "counter " + reason + "\t" + sources.get(source);
        sums.add(key, 0, BigDecimal.valueOf(count), -1 - newest);
    }

    /** A count with some of {@link #KEYS} and perhaps the rules. */
    public static CountSpec more(CountSpec spec, SplittableRandom random) {
        List<TableKey> keys = new ArrayList<>();
        for (TableKey key : KEYS) {
            if (random.nextInt(4) == 0) {
                keys.add(key);
            }
        }
        List<FlowRule> rules =
                random.nextInt(3) == 0
                        ? List.of(
                                new FlowRule(bound(EXCLUDED), Counted.EXCLUDED_ASN),
                                new FlowRule(bound(FILTER), Counted.FILTER))
                        : List.of();
        return spec.with(new CountSpec.Details(keys, CountSpec.MAX_KEYS, rules, List.of()));
    }

    private static BoundFilter bound(String text) {
        try {
            return FilterExpression.parse(text).bind(NoNames.INSTANCE);
        } catch (FilterException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts one flow. */
    public void flow(TestFlow flow) {
        TestTable table = tables.get(0);
        for (TestTable next : tables) {
            table = next.validFrom() <= flow.time() ? next : table;
        }
        counter("read", flow.source(), 1, flow.time());
        if (flow.time() < tables.get(0).validFrom()) {
            counter("before-oldest-rib", flow.source(), 1);
        }
        if (!spec.details().rules().isEmpty()) {
            long origin = table.asn(flow.v6(), flow.high(), flow.low());
            if (origin >= 64499 && origin <= 64502) {
                counter("exclude-asn", flow.source(), 1);
                return;
            }
            if (flow.bytes() <= 700 && flow.packets() >= 4) {
                counter("filter", flow.source(), 1);
                return;
            }
        }
        counter("flows", flow.source(), 1);
        List<Long> windows = windows(flow.time());
        for (Side side : spec.sides()) {
            boolean from = side == Side.SOURCE;
            long high = from ? flow.high() : flow.toHigh();
            long low = from ? flow.low() : flow.toLow();
            String prefix = table.prefix(flow.v6(), high, low);
            if (side == spec.sides().get(0) && prefix.equals(TestTable.UNROUTED)) {
                counter("unrouted", flow.source(), 1);
            }
            for (long window : windows) {
                for (TableKey key : spec.details().keys()) {
                    add(window, side, fields(key, table, flow, high, low), table, flow);
                }
                if (spec.kinds().contains(KeyKind.PREFIX)) {
                    add(window, side, prefix, table, flow);
                }
                if (spec.kinds().contains(KeyKind.ASN)) {
                    add(window, side, "AS" + table.asn(flow.v6(), high, low), table, flow);
                }
            }
        }
    }

    /** When the windows begin that a time is in. */
    private List<Long> windows(long time) {
        long length = spec.windows().lengthMillis();
        if (length == 0) {
            return List.of(WindowTally.WHOLE_START);
        }
        List<Long> starts = new ArrayList<>();
        long slide = spec.windows().slideMillis();
        for (long start = Math.floorDiv(time, slide) * slide;
                start + length > time;
                start -= slide) {
            starts.add(start);
        }
        return starts;
    }

    private String fields(TableKey key, TestTable table, TestFlow flow, long high, long low) {
        Map<String, @Nullable String> cells = new LinkedHashMap<>();
        TestTable.Route route = table.route(flow.v6(), high, low);
        String asn = route.asn() == 0 ? null : Integer.toUnsignedString(route.asn());
        for (TableKey.Part part : key.parts()) {
            int bits = flow.v6() ? part.v6() : part.v4();
            boolean whole = bits == (flow.v6() ? 128 : 32);
            String cut = network(flow.v6(), high, low, bits);
            String prefix =
                    route.length() == 0
                            ? null
                            : network(flow.v6(), route.high(), route.low(), route.length());
            switch (part.field()) {
                case ASN -> cells.putIfAbsent("asn", asn);
                case PREFIX -> cells.putIfAbsent("prefix", prefix);
                case COUNTRY -> {
                    String country = TestTable.country(Integer.toUnsignedLong(route.asn()));
                    cells.putIfAbsent("country", country.isEmpty() ? null : country);
                }
                case HOST -> {
                    cells.put("host", whole ? cut.substring(0, cut.indexOf('/')) : cut);
                    cells.put("prefix", route.length() > bits ? null : prefix);
                }
                case NET -> cells.put("net", cut);
                case SOURCE -> cells.put("source", sources.get(flow.source()));
                default -> throw new IllegalStateException(key.label());
            }
            if (part.field() == TableKey.Field.HOST || part.field() == TableKey.Field.PREFIX) {
                cells.putIfAbsent("asn", asn);
            }
        }
        List<String> texts = new ArrayList<>();
        cells.forEach((column, value) -> texts.add(column + "=" + value));
        return key.label() + " " + texts;
    }

    /** An address with its later bits cleared one by one. */
    private static String network(boolean v6, long high, long low, int bits) {
        long cutHigh = high;
        long cutLow = low;
        for (int bit = bits; bit < (v6 ? 128 : 32); bit++) {
            if (v6 && bit < 64) {
                cutHigh &= ~(1L << (63 - bit));
            } else {
                cutLow &= ~(1L << (v6 ? 127 - bit : 31 - bit));
            }
        }
        return Prefix.text(v6, cutHigh, cutLow, bits);
    }

    private void add(long window, Side side, String what, TestTable table, TestFlow flow) {
        String key = window + " " + side + " " + what + " rib " + table.rib().version();
        for (int m = 0; m < spec.measures().size(); m++) {
            sums.add(key, m, value(spec.measures().get(m), flow), flow.position());
        }
    }

    private static BigDecimal value(Measure measure, TestFlow flow) {
        return switch (measure) {
            case HITS -> BigDecimal.ONE;
            case PACKETS -> BigDecimal.valueOf(flow.packets());
            case BYTES -> BigDecimal.valueOf(flow.bytes());
            case WEIGHT -> new BigDecimal(flow.weight());
            case ROUNDED_WEIGHT ->
                    new BigDecimal(flow.weight()).setScale(0, java.math.RoundingMode.HALF_EVEN);
        };
    }

    /** What was counted. */
    public Sums sums() {
        return sums;
    }
}
