package org.asntally.job;

import java.math.BigDecimal;
import java.util.List;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.WindowTally;

/** The same count, as simply as it can be said: every flow looks at every route. */
public final class NaiveCount {

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
        String key = "counter " + reason + "\t" + sources.get(source);
        sums.add(key, 0, BigDecimal.valueOf(count), Long.MAX_VALUE);
    }

    /** Counts one flow. */
    public void flow(TestFlow flow) {
        TestTable table = tables.get(0);
        for (TestTable next : tables) {
            table = next.validFrom() <= flow.time() ? next : table;
        }
        counter("flows", flow.source(), 1);
        counter("read", flow.source(), 1);
        if (flow.time() < tables.get(0).validFrom()) {
            counter("before-oldest-rib", flow.source(), 1);
        }
        long length = spec.windowMillis();
        long window =
                length == 0 ? WindowTally.WHOLE_START : Math.floorDiv(flow.time(), length) * length;
        for (Side side : spec.sides()) {
            boolean from = side == Side.SOURCE;
            long high = from ? flow.high() : flow.toHigh();
            long low = from ? flow.low() : flow.toLow();
            String prefix = table.prefix(flow.v6(), high, low);
            if (side == spec.sides().get(0) && prefix.equals(TestTable.UNROUTED)) {
                counter("unrouted", flow.source(), 1);
            }
            if (spec.kinds().contains(KeyKind.PREFIX)) {
                add(window, side, prefix, table, flow);
            }
            if (spec.kinds().contains(KeyKind.ASN)) {
                add(window, side, "AS" + table.asn(flow.v6(), high, low), table, flow);
            }
        }
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
