package org.asntally.job.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.asntally.job.CountSpec;
import org.asntally.job.FlowRule;
import org.asntally.job.filter.FilterExpression;
import org.asntally.job.local.CountRequest.Dialect;
import org.asntally.job.local.CountRequest.ReportFormat;
import org.asntally.job.local.CountRequest.Rounding;
import org.asntally.job.local.CountRequest.Sides;
import org.asntally.job.local.CountRequest.Weight;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.InputFacts;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.live.LiveFormat;
import org.asntally.sources.packet.PacketFormat;
import org.asntally.sources.text.JsonFormat;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.LogFormat;
import org.asntally.sources.text.PlainFormat;
import org.jspecify.annotations.Nullable;

/** Turns a request into what the pipeline counts and what the report shows. */
final class CountPlan {

    private final CountRequest request;
    private final ChosenInputs inputs;
    private final Measure measure;
    private final List<FlowRule> rules;

    /** Plans a count of these inputs. */
    CountPlan(CountRequest request, ChosenInputs inputs, Console console) throws Fault {
        this.request = request;
        this.inputs = inputs;
        this.measure = measure();
        this.rules = new CountRules(request.counting(), inputs, console).rules();
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
        if (!request.packets().filter().isEmpty()
                && !(format instanceof PacketFormat)
                && !(format instanceof LiveFormat)) {
            return new Fault(Problem.NO_PACKETS, format.label());
        }
        Sides sides = request.counting().sides();
        if (sides != Sides.SOURCE && !format.provides(FlowColumn.DESTINATION)) {
            return new Fault(Problem.UNKNOWN_SIDE, "input format " + format.label(), name(sides));
        }
        Fault lacking = lacking(request, format);
        if (lacking != null) {
            return lacking;
        }
        Weight weight = request.counting().weight();
        String field = request.reading().logs().weight();
        boolean known =
                switch (weight) {
                    case DEFAULT, HITS -> true;
                    case PACKETS -> format.provides(FlowColumn.PACKETS);
                    case BYTES -> format.provides(FlowColumn.BYTES);
                    case TIME -> tellsTime(format);
                    case FIELD -> hasField(format, field);
                };
        if (!known) {
            return new Fault(
                    Problem.UNKNOWN_WEIGHT,
                    "input format " + format.label(),
                    weight == Weight.FIELD && field != null ? field : name(weight),
                    weights(format));
        }
        FilterExpression filter = request.counting().rules().filter();
        if (filter != null && !filter.lacking(format::provides).isEmpty()) {
            FilterExpression.Place lack = filter.lacking(format::provides).get(0);
            return Fault.at(
                    "--filter:" + (lack.position() + 1),
                    Problem.UNKNOWN_TERM_OF_FLOWS,
                    "input format " + format.label(),
                    lack.test().term().label());
        }
        for (TableKey key : request.counting().keys()) {
            for (Side side : sides(sides)) {
                if (!CountSpec.columns(key, side).stream().allMatch(format::provides)) {
                    return new Fault(
                            Problem.UNKNOWN_KEY_OF_FLOWS,
                            "input format " + format.label(),
                            key.label());
                }
            }
        }
        return null;
    }

    /** Where the client is to be found, and is not; literal addresses have no proxies. */
    private static @Nullable Fault lacking(CountRequest request, FlowFormat format) {
        String field = request.reading().logs().clientFrom();
        return field == null || format == PlainFormat.LINE || hasField(format, field)
                ? null
                : new Fault(
                        Problem.NO_SUCH_FIELD,
                        "input format " + format.label(),
                        field,
                        "name a format that has it: --log-format");
    }

    private static boolean hasField(FlowFormat format, @Nullable String field) {
        return field != null && format instanceof LineFormat lines && lines.hasField(field);
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
                + (tellsTime(format) ? ", time" : "")
                + (format instanceof LogFormat || format instanceof JsonFormat
                        ? ", or a field of the log"
                        : "");
    }

    private Measure measure() {
        return switch (request.counting().weight()) {
            case DEFAULT -> usual();
            case HITS -> Measure.HITS;
            case PACKETS -> Measure.PACKETS;
            case BYTES -> Measure.BYTES;
            case TIME, FIELD -> Measure.WEIGHT;
        };
    }

    /** Hits, and the numbers of tuples where there are any, or may be. */
    private Measure usual() {
        return inputs.tuples() == 0 && !inputs.hasUnknown() ? Measure.HITS : Measure.WEIGHT;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
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
        return sides(request.counting().sides());
    }

    static List<Side> sides(Sides asked) {
        return switch (asked) {
            case SOURCE -> List.of(Side.SOURCE);
            case DESTINATION -> List.of(Side.DESTINATION);
            case BOTH -> List.of(Side.SOURCE, Side.DESTINATION);
        };
    }

    /** What the pipeline counts. Rows of ASes carry names and totals, so they always come. */
    CountSpec count() {
        Set<KeyKind> kinds = EnumSet.of(KeyKind.ASN);
        List<TableKey> keys = new ArrayList<>();
        for (TableKey key : request.counting().keys()) {
            if (key.kind() == KeyKind.FIELDS) {
                keys.add(key);
            } else {
                kinds.add(key.kind());
            }
        }
        CountSpec count =
                new CountSpec(
                        "count",
                        kinds,
                        sides(),
                        measures(),
                        request.counting().windows(),
                        true,
                        CountSpec.ROWS_OF_A_BOUNDED_COUNT);
        return count.with(
                new CountSpec.Details(
                        keys,
                        request.counting().maxKeys(),
                        rules,
                        inputs.files().stream().map(InputFile::name).toList()));
    }

    /** The columns that readers fill: what some input knows of what the count asks for. */
    Set<FlowColumn> columns() {
        Set<FlowColumn> columns = EnumSet.noneOf(FlowColumn.class);
        for (FlowColumn column : count().columns()) {
            // A field that the user named may be of any format that has it.
            boolean named =
                    column == FlowColumn.WEIGHT && request.counting().weight() == Weight.FIELD;
            if (column == FlowColumn.TIME
                    || named
                    || inputs.files().stream().anyMatch(knows(column))) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static Predicate<InputFile> knows(FlowColumn column) {
        return file -> {
            FlowFormat format = file.format();
            return format == null || format.provides(column);
        };
    }

    /** What the report shows. */
    ReportSpec report(RibOpening table, int width, boolean colour) {
        CountRequest.Output output = request.output();
        List<ReportSpec.Table> tables = new ArrayList<>();
        for (Side side : sides()) {
            for (TableKey key : request.counting().keys()) {
                tables.add(new ReportSpec.Table(key, side));
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
                .windowed(!request.counting().windows().isAll())
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
