package org.asntally.job.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.asntally.job.filter.FilterException;
import org.asntally.job.filter.FilterExpression;
import org.asntally.job.filter.FilterNames;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.Side;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/** Whether the sources of a count tell what it asks of them. */
final class CountChecks {

    /** What keys need of a flow beside its addresses. */
    private static final Map<String, Set<FlowColumn>> NEEDED =
            Map.of(
                    "exporter", Set.of(FlowColumn.EXPORTER),
                    "interface", Set.of(FlowColumn.EXPORTER, FlowColumn.INPUT_INTERFACE),
                    "customer", Set.of(FlowColumn.CUSTOMER),
                    "exporter-asn", Set.of(FlowColumn.EXPORTER_SOURCE_AS));

    private final Settings count;
    private final Findings findings;
    private final Map<String, Settings> sources = new LinkedHashMap<>();

    /**
     * Checks of a count.
     *
     * @param all the sources of the file, by name
     */
    CountChecks(Settings count, Map<String, Settings> all, Findings findings) {
        this.count = count;
        this.findings = findings;
        List<String> names = count.find(JobKeys.Count.SOURCES);
        if (names != null) {
            for (String name : names) {
                Settings source = all.get(name);
                if (source != null) {
                    sources.put(name, source);
                }
            }
        }
    }

    void check(FilterNames names) {
        if (count.find(JobKeys.Count.FILTER) != null
                && count.node(JobKeys.Count.FILTER) instanceof YamlNode.Scalar text) {
            filter(text, names);
        }
        if (count.get(JobKeys.Count.SIDE).contains(Side.DESTINATION)) {
            Place place = count.place(JobKeys.Count.SIDE);
            lacks(place, "a destination", FlowColumn.DESTINATION);
        }
        weight(count.get(JobKeys.Count.WEIGHT), count.place(JobKeys.Count.WEIGHT));
        List<String> by = count.get(JobKeys.Count.BY);
        for (int i = 0; i < by.size() && count.isGiven(JobKeys.Count.BY); i++) {
            Place place = JobFileChecks.place(count, JobKeys.Count.BY, i);
            for (String part : by.get(i).split("[+]", -1)) {
                for (FlowColumn column : NEEDED.getOrDefault(part, Set.of())) {
                    lacks(place, part, column);
                }
            }
        }
    }

    private void filter(YamlNode.Scalar text, FilterNames names) {
        try {
            FilterExpression expression = FilterExpression.parse(text.text());
            expression.bind(names);
            sources.forEach(
                    (name, source) -> {
                        SourceType type = source.find(JobKeys.Source.TYPE);
                        if (type == null) {
                            return;
                        }
                        for (FilterExpression.Place lacking :
                                expression.lacking(
                                        column -> SourceColumns.knows(type, source, column))) {
                            tell(
                                    text.placeOf(lacking.position()),
                                    name,
                                    type,
                                    lacking.test().term().label());
                        }
                    });
        } catch (FilterException e) {
            findings.error(
                    text.placeOf(e.position()), Problem.CONFIG_BAD_FILTER, e.reason(), e.advice());
        }
    }

    private void weight(String weight, @Nullable Place place) {
        switch (weight) {
            case "hits" -> {
                // Of every flow.
            }
            case "packets" -> lacks(place, weight, FlowColumn.PACKETS);
            case "bytes" -> lacks(place, weight, FlowColumn.BYTES);
            case "number" -> lacks(place, weight, type -> type == SourceType.TUPLE);
            case "time" -> {
                lacks(place, weight, CountChecks::isLog);
                lacks(place, weight, FlowColumn.WEIGHT);
            }
            default -> {
                lacks(place, weight, CountChecks::isLog);
                sources.forEach((name, source) -> field(place, weight, name, source));
            }
        }
    }

    private static boolean isLog(SourceType type) {
        return type == SourceType.LOG || type == SourceType.JSON_LOG;
    }

    /** Only a format that is named says which fields there will be; an object may have any. */
    private void field(@Nullable Place place, String field, String name, Settings source) {
        if (place == null || source.find(JobKeys.Source.TYPE) != SourceType.LOG) {
            return;
        }
        boolean isTold = SourceColumns.isTold(SourceType.LOG, source);
        if (isTold || !SourceColumns.hasField(SourceType.LOG, source, field)) {
            findings.error(
                    place,
                    Problem.CONFIG_NO_FIELD,
                    name,
                    field,
                    isTold ? "name its log-format" : "name one of its log-format");
        }
    }

    private void lacks(@Nullable Place place, String what, FlowColumn column) {
        sources.forEach(
                (name, source) -> {
                    SourceType type = source.find(JobKeys.Source.TYPE);
                    if (place != null
                            && type != null
                            && !SourceColumns.knows(type, source, column)) {
                        tell(place, name, type, what);
                    }
                });
    }

    private void lacks(@Nullable Place place, String what, Predicate<SourceType> knows) {
        sources.forEach(
                (name, source) -> {
                    SourceType type = source.find(JobKeys.Source.TYPE);
                    if (place != null && type != null && !knows.test(type)) {
                        tell(place, name, type, what);
                    }
                });
    }

    private void tell(Place place, String source, SourceType type, String what) {
        findings.error(place, Problem.CONFIG_LACKS, source, type.word(), what);
    }
}
