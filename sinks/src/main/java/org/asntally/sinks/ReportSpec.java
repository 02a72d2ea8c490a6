package org.asntally.sinks;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a report looks and where it goes. Immutable; made by {@link #builder}. */
public final class ReportSpec implements Serializable {

    private static final long serialVersionUID = 1;

    /** Rows per table where the user named no number. */
    public static final int DEFAULT_TOP = 10;

    /** The shape of the text. */
    public enum Format {
        /** For people at a terminal. */
        TABLE,
        /** asncounter's: tab-separated, a {@code total: N} after each table. */
        TSV,
        /** RFC 4180; one table. */
        CSV,
        /** One object. */
        JSON,
        /** Prometheus text exposition 0.0.4. */
        PROMETHEUS,
        /** Nothing. */
        NULL
    }

    /** Whose names metrics have. */
    public enum Style {
        /** {@code asncounter_…} */
        ASNCOUNTER,
        /** {@code asntally_…} */
        ASNTALLY
    }

    /** When numbers with a fraction are rounded in tsv and table. Other formats are exact. */
    public enum Rounding {
        /**
         * Each before it is added: shows {@link Measure#ROUNDED_WEIGHT}, where the rows have it.
         */
        RECORD,
        /** Their exact sum. */
        DISPLAY
    }

    /**
     * A table of the report.
     *
     * @param key what its rows are counted by
     * @param side which address
     */
    public record Table(TableKey key, Side side) implements Serializable {

        /** A table of ASes or prefixes. */
        public Table(KeyKind kind, Side side) {
            this(kind == KeyKind.PREFIX ? TableKey.PREFIX : TableKey.ASN, side);
        }

        /** The kind of its rows. */
        public KeyKind kind() {
            return key.kind();
        }
    }

    private final Builder is;

    private ReportSpec(Builder is) {
        this.is = is;
    }

    /**
     * Begins a description: tsv in our style to standard output, the AS and the prefix table of
     * source addresses, hits.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The shape of the report. */
    public Format format() {
        return is.format;
    }

    /** Whose names metrics have. */
    public Style style() {
        return is.style;
    }

    /** The tables in their order; none shows the total only. */
    public List<Table> tables() {
        return is.tables;
    }

    /** Whether both sides are counted, so that a table must say which one it shows. */
    public boolean hasBothSides() {
        boolean source = false;
        boolean destination = false;
        for (Table table : is.tables) {
            source |= table.side() == Side.SOURCE;
            destination |= table.side() == Side.DESTINATION;
        }
        return source && destination;
    }

    /** What the values of each row are, in their order. */
    public List<Measure> measures() {
        return is.measures;
    }

    /** What is shown. */
    public Measure measure() {
        return is.measure;
    }

    /** The column of {@link #measure} in the rows. */
    public int exactColumn() {
        return Math.max(0, is.measures.indexOf(is.measure));
    }

    /** The column that tsv and table round and show. */
    public int roundedColumn() {
        int rounded = is.measures.indexOf(Measure.ROUNDED_WEIGHT);
        boolean records = is.rounding == Rounding.RECORD && is.measure == Measure.WEIGHT;
        return records && rounded >= 0 ? rounded : exactColumn();
    }

    /**
     * How many rows of a table are shown at most, wherever it goes: others need not come. {@link
     * Integer#MAX_VALUE} where all may be shown.
     */
    public int mostShown() {
        // Rows with fractions are ordered by one value and may show another; they all come.
        boolean whole = is.measures.size() == 1 && is.measure != Measure.WEIGHT;
        if (!whole || is.windowed || is.exposed || is.csv != null || is.prometheus != null) {
            return Integer.MAX_VALUE;
        }
        return Math.max(top(is.format), is.json == null ? 0 : top(Format.JSON));
    }

    /**
     * How many rows a table of a format shows at most. Without a number from the user: all in csv
     * and json, {@link #DEFAULT_TOP} elsewhere. Prometheus always shows all.
     */
    public int top(Format format) {
        boolean all = format == Format.CSV || format == Format.JSON;
        Integer top = is.top;
        if (format == Format.PROMETHEUS || (all && top == null)) {
            return Integer.MAX_VALUE;
        }
        return top == null ? DEFAULT_TOP : Math.max(0, top);
    }

    /** Whether names of ASes are shown. */
    public boolean names() {
        return is.names;
    }

    /** Whether there is a report for each window. */
    public boolean windowed() {
        return is.windowed;
    }

    /** Columns of the terminal; 0 cuts nothing. */
    public int width() {
        return is.width;
    }

    /** Whether a terminal's bold type may be used. */
    public boolean colour() {
        return is.colour;
    }

    /** The file that the report goes to; null is standard output. */
    public @Nullable String output() {
        return is.output;
    }

    /** A file for a further report in JSON. */
    public @Nullable String json() {
        return is.json;
    }

    /** A folder for further reports in CSV, a file for each table. */
    public @Nullable String csv() {
        return is.csv;
    }

    /** A file for a further report for Prometheus' textfile collector. */
    public @Nullable String prometheus() {
        return is.prometheus;
    }

    /** Whether looks at a running count are kept for {@link ReportOutcome#exposition}. */
    public boolean exposed() {
        return is.exposed;
    }

    /** What is said about the routing table. */
    public @Nullable RibFacts rib() {
        return is.rib;
    }

    /** What is said about the input. */
    public @Nullable InputFacts input() {
        return is.input;
    }

    /** Collects a description. */
    public static final class Builder implements Serializable {

        private static final long serialVersionUID = 1;

        private Format format = Format.TSV;
        private Style style = Style.ASNTALLY;
        private List<Table> tables =
                List.of(
                        new Table(KeyKind.ASN, Side.SOURCE),
                        new Table(KeyKind.PREFIX, Side.SOURCE));
        private List<Measure> measures = List.of(Measure.HITS);
        private Measure measure = Measure.HITS;
        private Rounding rounding = Rounding.DISPLAY;
        private @Nullable Integer top;
        private boolean names = true;
        private boolean windowed;
        private int width;
        private boolean colour;
        private @Nullable String output;
        private @Nullable String json;
        private @Nullable String csv;
        private @Nullable String prometheus;
        private boolean exposed;
        private @Nullable RibFacts rib;
        private @Nullable InputFacts input;

        private Builder() {}

        /** The shape of the report. */
        public Builder format(Format value) {
            format = value;
            return this;
        }

        /** Whose names metrics have. */
        public Builder style(Style value) {
            style = value;
            return this;
        }

        /**
         * The tables in their order. A table of prefixes has names where the rows of ASes come too.
         * Without any table the total is that of the rows of ASes.
         */
        public Builder tables(List<Table> value) {
            tables = List.copyOf(value);
            return this;
        }

        /** What the values of each row are, in their order. */
        public Builder measures(List<Measure> value) {
            measures = List.copyOf(value);
            return this;
        }

        /** What is shown: one of {@link #measures}. */
        public Builder measure(Measure value) {
            measure = value;
            return this;
        }

        /** When fractions are rounded in tsv and table. */
        public Builder rounding(Rounding value) {
            rounding = value;
            return this;
        }

        /** Rows per table, 0 and less for headers only; null if the user did not say. */
        public Builder top(@Nullable Integer value) {
            top = value;
            return this;
        }

        /** Whether names of ASes are shown. */
        public Builder names(boolean value) {
            names = value;
            return this;
        }

        /** Whether there is a report for each window. */
        public Builder windowed(boolean value) {
            windowed = value;
            return this;
        }

        /** Columns of the terminal; 0 cuts nothing. */
        public Builder width(int value) {
            width = value;
            return this;
        }

        /** Whether a terminal's bold type may be used. */
        public Builder colour(boolean value) {
            colour = value;
            return this;
        }

        /** The file that the report goes to; null is standard output. */
        public Builder output(@Nullable String file) {
            output = file;
            return this;
        }

        /** A file for a further report in JSON. */
        public Builder json(@Nullable String file) {
            json = file;
            return this;
        }

        /** A folder for further reports in CSV. */
        public Builder csv(@Nullable String folder) {
            csv = folder;
            return this;
        }

        /** A file for a further report for Prometheus' textfile collector. */
        public Builder prometheus(@Nullable String file) {
            prometheus = file;
            return this;
        }

        /**
         * Whether looks at a running count are kept for {@link ReportOutcome#exposition}. They are
         * then printed only when {@link ReportOutcome#requestPrint} was called before.
         */
        public Builder exposed(boolean value) {
            exposed = value;
            return this;
        }

        /** What is said about the routing table. */
        public Builder rib(@Nullable RibFacts value) {
            rib = value;
            return this;
        }

        /** What is said about the input. */
        public Builder input(@Nullable InputFacts value) {
            input = value;
            return this;
        }

        /** The description. */
        public ReportSpec build() {
            Builder copy = new Builder();
            copy.format = format;
            copy.style = style;
            copy.tables = tables;
            copy.measures = measures;
            copy.measure = measure;
            copy.rounding = rounding;
            copy.top = top;
            copy.names = names;
            copy.windowed = windowed;
            copy.width = width;
            copy.colour = colour;
            copy.output = output;
            copy.json = json;
            copy.csv = csv;
            copy.prometheus = prometheus;
            copy.exposed = exposed;
            copy.rib = rib;
            copy.input = input;
            return new ReportSpec(copy);
        }
    }
}
