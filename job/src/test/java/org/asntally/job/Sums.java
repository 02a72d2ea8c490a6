package org.asntally.job;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asntally.sinks.ExactSum;
import org.asntally.sinks.KeyFields;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;

/** Exact sums by key, as text that can be compared: of the product's rows, or of another count. */
public final class Sums {

    private final Map<String, BigDecimal[]> sums = new TreeMap<>();
    private final Map<String, Long> firsts = new TreeMap<>();
    private final int measures;

    /** Nothing yet. */
    public Sums(int measures) {
        this.measures = measures;
    }

    /** Adds to one value of a key. */
    public void add(String key, int measure, BigDecimal number, long first) {
        BigDecimal[] values =
                sums.computeIfAbsent(
                        key,
                        fresh -> {
                            BigDecimal[] zeros = new BigDecimal[measures];
                            Arrays.fill(zeros, BigDecimal.ZERO);
                            return zeros;
                        });
        values[measure] = values[measure].add(number);
        firsts.merge(key, first, Math::min);
    }

    /** Adds rows of the product. */
    public Sums add(long window, TallyRows rows) {
        for (int row = 0; row < rows.size(); row++) {
            String key = key(window, rows, row);
            for (int m = 0; m < measures; m++) {
                BigDecimal value = BigDecimal.valueOf(rows.sum(row, m));
                ExactSum exact = rows.exact(row, m);
                if (exact != null) {
                    for (double part : exact.parts()) {
                        value = value.add(new BigDecimal(part));
                    }
                }
                add(key, m, value, rows.first(row));
            }
        }
        return this;
    }

    /** Adds what the sink was given. */
    public Sums add(Iterable<WindowTally> tallies) {
        for (WindowTally tally : tallies) {
            add(tally.windowStart(), tally.rows());
        }
        return this;
    }

    private static String key(long window, TallyRows rows, int row) {
        if (rows.kind(row) == KeyKind.COUNTER) {
            byte[] name = rows.name(row);
            return "counter " + (name == null ? "?" : new String(name, StandardCharsets.UTF_8));
        }
        String what;
        if (rows.kind(row) == KeyKind.FIELDS) {
            what = fields(rows, row);
        } else if (rows.kind(row) == KeyKind.ASN) {
            what = "AS" + Integer.toUnsignedString(rows.asn(row));
        } else if (rows.length(row) == TallyRows.UNROUTED) {
            what = TestTable.UNROUTED;
        } else {
            what =
                    new TestTable.Route(
                                    rows.isV6(row),
                                    rows.high(row),
                                    rows.low(row),
                                    rows.length(row),
                                    rows.asn(row))
                            .toString();
        }
        return window + " " + rows.side(row) + " " + what + " rib " + rows.rib(row);
    }

    private static String fields(TallyRows rows, int row) {
        for (TableKey key : NaiveCount.KEYS) {
            if (key.id() == rows.asn(row)) {
                CellTexts texts = new CellTexts();
                KeyFields.write(key, rows, row, asn -> null, texts);
                // Only some results bring names; KeyWriterTest has them.
                List<String> cells =
                        texts.cells.stream().filter(cell -> !cell.startsWith("as_name=")).toList();
                return key.label() + " " + cells;
            }
        }
        throw new IllegalStateException("no key has the id " + rows.asn(row));
    }

    /** The sum of the first measure over all keys that contain this text. */
    public long total(String part) {
        long total = 0;
        for (Map.Entry<String, BigDecimal[]> entry : sums.entrySet()) {
            if (entry.getKey().contains(part)) {
                total += entry.getValue()[0].longValueExact();
            }
        }
        return total;
    }

    /** By key: all values, and the lowest position. */
    public Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        sums.forEach(
                (key, values) -> {
                    StringBuilder line = new StringBuilder();
                    for (BigDecimal value : values) {
                        line.append(value.stripTrailingZeros().toPlainString()).append(' ');
                    }
                    text.put(key, line + "first " + firsts.get(key));
                });
        return text;
    }
}
