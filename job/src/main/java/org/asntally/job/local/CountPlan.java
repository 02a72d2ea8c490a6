package org.asntally.job.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.asntally.job.CountSpec;
import org.asntally.job.local.CountRequest.Dialect;
import org.asntally.job.local.CountRequest.ReportFormat;
import org.asntally.job.local.CountRequest.Rounding;
import org.asntally.job.local.CountRequest.Sides;
import org.asntally.job.local.CountRequest.TableKey;
import org.asntally.job.local.CountRequest.Weight;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.InputFacts;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.text.PlainFormat;
import org.jspecify.annotations.Nullable;

/** Turns a request into what the pipeline counts and what the report shows. */
final class CountPlan {

    private final CountRequest request;
    private final ChosenInputs inputs;
    private final Measure measure;

    /** Plans a count of these inputs. */
    CountPlan(CountRequest request, ChosenInputs inputs) throws Fault {
        this.request = request;
        this.inputs = inputs;
        this.measure = measure();
        for (InputFile file : inputs.files()) {
            FlowFormat format = file.format();
            Fault refusal = format == null ? null : refusal(request, format);
            if (refusal != null) {
                throw refusal;
            }
        }
    }

    /** Why an input of this format cannot be counted as asked; null when it can. */
    static @Nullable Fault refusal(CountRequest request, FlowFormat format) {
        Sides sides = request.counting().sides();
        if (sides != Sides.SOURCE && !format.provides(FlowColumn.DESTINATION)) {
            return new Fault(Problem.UNKNOWN_SIDE, "input format " + format.label(), name(sides));
        }
        Weight weight = request.counting().weight();
        boolean known =
                switch (weight) {
                    case DEFAULT, HITS -> true;
                    case PACKETS -> format.provides(FlowColumn.PACKETS);
                    case BYTES -> format.provides(FlowColumn.BYTES);
                    case TIME -> tellsTime(format);
                };
        return known
                ? null
                : new Fault(
                        Problem.UNKNOWN_WEIGHT,
                        "input format " + format.label(),
                        name(weight),
                        weights(format));
    }

    /** The number of a tuple is no time. */
    private static boolean tellsTime(FlowFormat format) {
        return format != PlainFormat.TUPLE && format.provides(FlowColumn.WEIGHT);
    }

    /** What {@code --weight} may be for a format. */
    private static String weights(FlowFormat format) {
        return "hits"
                + (format.provides(FlowColumn.PACKETS) ? ", packets" : "")
                + (format.provides(FlowColumn.BYTES) ? ", bytes" : "")
                + (tellsTime(format) ? ", time" : "");
    }

    private Measure measure() {
        return switch (request.counting().weight()) {
            case DEFAULT -> usual();
            case HITS -> Measure.HITS;
            case PACKETS -> Measure.PACKETS;
            case BYTES -> Measure.BYTES;
            case TIME -> Measure.WEIGHT;
        };
    }

    /** Hits, and the numbers of tuples where there are any, or may be. */
    private Measure usual() {
        return inputs.tuples() == 0 && !inputs.hasUnknown() ? Measure.HITS : Measure.WEIGHT;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether each flow that is no tuple is to weigh 1. */
    boolean onesAmongNumbers() {
        return request.counting().weight() == Weight.DEFAULT && measure == Measure.WEIGHT;
    }

    private List<Measure> measures() {
        return measure == Measure.WEIGHT && request.output().rounding() == Rounding.RECORD
                ? List.of(Measure.WEIGHT, Measure.ROUNDED_WEIGHT)
                : List.of(measure);
    }

    private List<Side> sides() {
        return switch (request.counting().sides()) {
            case SOURCE -> List.of(Side.SOURCE);
            case DESTINATION -> List.of(Side.DESTINATION);
            case BOTH -> List.of(Side.SOURCE, Side.DESTINATION);
        };
    }

    private static KeyKind kind(TableKey key) {
        return switch (key) {
            case ASN -> KeyKind.ASN;
            case PREFIX -> KeyKind.PREFIX;
        };
    }

    /** What the pipeline counts. Rows of ASes carry names and totals, so they always come. */
    CountSpec count() {
        Set<KeyKind> kinds = EnumSet.of(KeyKind.ASN);
        request.counting().keys().forEach(key -> kinds.add(kind(key)));
        var window = request.counting().window();
        return new CountSpec(
                "count",
                kinds,
                sides(),
                measures(),
                window == null ? 0 : window.toMillis(),
                true,
                CountSpec.ROWS_OF_A_BOUNDED_COUNT);
    }

    /** What the report shows. */
    ReportSpec report(RibOpening table, int width, boolean colour) {
        CountRequest.Output output = request.output();
        List<ReportSpec.Table> tables = new ArrayList<>();
        for (Side side : sides()) {
            for (TableKey key : request.counting().keys()) {
                tables.add(new ReportSpec.Table(kind(key), side));
            }
        }
        boolean old = request.dialect() == Dialect.ASNCOUNTER;
        return ReportSpec.builder()
                .format(format(output.format()))
                .style(old ? ReportSpec.Style.ASNCOUNTER : ReportSpec.Style.ASNTALLY)
                .tables(tables)
                .measures(measures())
                .measure(measure)
                .rounding(
                        output.rounding() == Rounding.RECORD
                                ? ReportSpec.Rounding.RECORD
                                : ReportSpec.Rounding.DISPLAY)
                .top(output.topGiven() ? output.top() : null)
                .names(output.names())
                .windowed(request.counting().window() != null)
                .width(width)
                .colour(colour)
                .output(text(output.file()))
                .json(text(output.json()))
                .csv(text(output.csv()))
                .exposed(output.port() != null)
                .rib(table.facts())
                .input(
                        new InputFacts(
                                inputs.files().stream().map(file -> file.name()).toList(),
                                inputs.formats()))
                .build();
    }

    private static @Nullable String text(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    private static ReportSpec.Format format(ReportFormat format) {
        return switch (format) {
            case TABLE -> ReportSpec.Format.TABLE;
            case TSV -> ReportSpec.Format.TSV;
            case CSV -> ReportSpec.Format.CSV;
            case JSON -> ReportSpec.Format.JSON;
            case PROMETHEUS -> ReportSpec.Format.PROMETHEUS;
            case NULL -> ReportSpec.Format.NULL;
        };
    }
}
