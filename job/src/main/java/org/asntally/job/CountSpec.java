package org.asntally.job;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TopCut;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * What one count counts.
 *
 * @param name the count's name
 * @param kinds the tables: AS, prefix
 * @param sides which addresses of a flow are counted, each in tables of its own
 * @param measures what is added up, in the order of the rows' values
 * @param windows which windows of event time
 * @param openWindowsAtCheckpoint whether each checkpoint also shows the windows that are still
 *     open, as they are at the checkpoint's position in the input: reports in mid-run
 * @param maxRows how many keys a local table holds before it is emptied into the stream. Small
 *     where checkpoints must be short, large where there are none
 * @param top how many rows by prefix the results need of each window and side, highest first: who
 *     merges them adds up the others. {@link Integer#MAX_VALUE}: all. Only where one version of the
 *     table attributes all flows, since one prefix has a row for each
 * @param sources the names of the sources that it counts; empty: all of the job
 * @param latenessMillis for how long after a window's end its late rows still leave as corrections;
 *     later ones go to the side output, and are counted
 * @param maxAheadMillis windows that begin further ahead of time than this leave at each
 *     checkpoint, as corrections, so that clocks that are wrong fill no state
 * @param details other keys, and which flows are counted
 */
public record CountSpec(
        String name,
        Set<KeyKind> kinds,
        List<Side> sides,
        List<Measure> measures,
        Windows windows,
        boolean openWindowsAtCheckpoint,
        int maxRows,
        int top,
        Set<String> sources,
        long latenessMillis,
        long maxAheadMillis,
        Details details)
        implements Serializable {

    /** The most keys of a window that are kept apart where nothing else was said. */
    public static final int MAX_KEYS = 1_000_000;

    /**
     * What most counts have not.
     *
     * @param keys tables by other keys than AS and prefix
     * @param maxKeys how many of their keys a window holds, about: those that come after them are
     *     counted as {@code other}
     * @param rules which flows are counted, asked in this order
     * @param inputs names of inputs by their place in a position ({@code FlowBatch.position}),
     *     where one source reads several; empty: flows are told apart by source
     * @param written how many rows of each window, table and side are results, highest first;
     *     {@link Integer#MAX_VALUE}: all
     * @param writtenBy which of the rows' values orders them for that
     */
    public record Details(
            List<TableKey> keys,
            int maxKeys,
            List<FlowRule> rules,
            List<String> inputs,
            int written,
            int writtenBy)
            implements Serializable {

        /** All flows, by AS and prefix. */
        public static final Details NONE = new Details(List.of(), MAX_KEYS, List.of(), List.of());

        /** All rows are results. */
        public Details(
                List<TableKey> keys, int maxKeys, List<FlowRule> rules, List<String> inputs) {
            this(keys, maxKeys, rules, inputs, Integer.MAX_VALUE, 0);
        }

        /** Unmodifiable copies. */
        public Details {
            keys = List.copyOf(keys);
            rules = List.copyOf(rules);
            inputs = List.copyOf(inputs);
        }
    }

    /** The most keys of a local table where checkpoints run: some 1.5 MB of rows. */
    public static final int ROWS_BETWEEN_CHECKPOINTS = 1 << 15;

    /** The most keys of a local table in a bounded count. */
    public static final int ROWS_OF_A_BOUNDED_COUNT = 1 << 21;

    /** Unmodifiable copies. */
    public CountSpec {
        kinds = Set.copyOf(kinds);
        sides = List.copyOf(sides);
        measures = List.copyOf(measures);
        sources = Set.copyOf(sources);
    }

    /** A count whose results get all rows. */
    public CountSpec(
            String name,
            Set<KeyKind> kinds,
            List<Side> sides,
            List<Measure> measures,
            Windows windows,
            boolean openWindowsAtCheckpoint,
            int maxRows) {
        this(
                name,
                kinds,
                sides,
                measures,
                windows,
                openWindowsAtCheckpoint,
                maxRows,
                Integer.MAX_VALUE,
                Set.of(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Details.NONE);
    }

    /** The same count for results that need fewer rows. */
    public CountSpec withTop(int most) {
        return but(most, sources, latenessMillis, maxAheadMillis, details);
    }

    /** The same count of these sources only. */
    public CountSpec of(Set<String> names) {
        return but(top, names, latenessMillis, maxAheadMillis, details);
    }

    /** The same count where time goes on while it runs: for how long rows may be late, or early. */
    public CountSpec inTime(long lateMillis, long aheadMillis) {
        return but(top, sources, lateMillis, aheadMillis, details);
    }

    /** The same count with other keys, or of some flows only. */
    public CountSpec with(Details more) {
        return but(top, sources, latenessMillis, maxAheadMillis, more);
    }

    private CountSpec but(
            int most, Set<String> names, long lateMillis, long aheadMillis, Details more) {
        return new CountSpec(
                name,
                kinds,
                sides,
                measures,
                windows,
                openWindowsAtCheckpoint,
                maxRows,
                most,
                names,
                lateMillis,
                aheadMillis,
                more);
    }

    /**
     * Whether it matters to anybody that a row is a correction. Who gets one report, in the end,
     * has all rows in it alike; of hits only it is known how many flows they are.
     */
    public boolean tellsLate() {
        return latenessMillis < Long.MAX_VALUE && measures.get(0) == Measure.HITS;
    }

    /** Whether of a window that is over only the highest rows are results. */
    public boolean writesTop() {
        return details.written() < Integer.MAX_VALUE;
    }

    /** A cut of the rows that are results. */
    public TopCut writtenCut() {
        return TopCut.ofTables(details.written(), measures.size(), details.writtenBy());
    }

    /** Whether flows of this source are counted. */
    public boolean counts(String source) {
        return sources.isEmpty() || sources.contains(source);
    }

    /** The columns that a source has to fill for this count. */
    public Set<FlowColumn> columns() {
        Set<FlowColumn> columns = EnumSet.of(FlowColumn.TIME);
        for (Side side : sides) {
            columns.add(column(side));
        }
        for (Measure measure : measures) {
            FlowColumn column = column(measure);
            if (column != null) {
                columns.add(column);
            }
            if (column == FlowColumn.PACKETS || column == FlowColumn.BYTES) {
                columns.add(FlowColumn.SAMPLING_RATE);
            }
        }
        for (FlowRule rule : details.rules()) {
            columns.addAll(rule.filter().columns());
        }
        for (TableKey key : details.keys()) {
            for (Side side : sides) {
                columns.addAll(columns(key, side));
            }
        }
        return columns;
    }

    /** The columns that a key's fields are in, each of which a source must know. */
    public static Set<FlowColumn> columns(TableKey key, Side side) {
        Set<FlowColumn> columns = EnumSet.noneOf(FlowColumn.class);
        boolean source = side == Side.SOURCE;
        for (TableKey.Part part : key.parts()) {
            switch (part.field()) {
                case ASN, PREFIX, COUNTRY, HOST, NET -> columns.add(column(side));
                case SOURCE -> {}
                case EXPORTER -> columns.add(FlowColumn.EXPORTER);
                case INTERFACE -> {
                    columns.add(FlowColumn.EXPORTER);
                    columns.add(source ? FlowColumn.INPUT_INTERFACE : FlowColumn.OUTPUT_INTERFACE);
                }
                case CUSTOMER -> columns.add(FlowColumn.CUSTOMER);
                case EXPORTER_ASN ->
                        columns.add(
                                source
                                        ? FlowColumn.EXPORTER_SOURCE_AS
                                        : FlowColumn.EXPORTER_DESTINATION_AS);
            }
        }
        return columns;
    }

    /** The sides whose routes are needed: those that are counted, and those that are asked for. */
    public Set<Side> attributedSides() {
        Set<Side> attributed = EnumSet.noneOf(Side.class);
        attributed.addAll(sides);
        for (FlowRule rule : details.rules()) {
            attributed.addAll(rule.filter().sides());
        }
        return attributed;
    }

    /** The column of a side's addresses. */
    public static FlowColumn column(Side side) {
        return side == Side.SOURCE ? FlowColumn.SOURCE : FlowColumn.DESTINATION;
    }

    /** The column that a measure adds up, null for hits. */
    public static @Nullable FlowColumn column(Measure measure) {
        return switch (measure) {
            case HITS -> null;
            case PACKETS -> FlowColumn.PACKETS;
            case BYTES -> FlowColumn.BYTES;
            case WEIGHT, ROUNDED_WEIGHT -> FlowColumn.WEIGHT;
        };
    }

    /** What gives the state of windows its meaning. */
    public String meaning() {
        return sides + " " + measures + " " + windows;
    }
}
