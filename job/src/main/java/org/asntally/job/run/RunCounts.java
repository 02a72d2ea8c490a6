package org.asntally.job.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.job.CountSpec;
import org.asntally.job.Counted;
import org.asntally.job.FlowRule;
import org.asntally.job.Windows;
import org.asntally.job.config.CountConfig;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.SourceConfig;
import org.asntally.job.filter.FilterException;
import org.asntally.job.filter.FilterExpression;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;

/** What the counts of a job file count. */
final class RunCounts {

    private RunCounts() {}

    /** One count. */
    static CountSpec spec(JobFile job, CountConfig count) throws Fault {
        // Rows of ASes are how flows that come too late are counted; the sinks show what was asked.
        Set<KeyKind> kinds = EnumSet.of(KeyKind.ASN);
        List<TableKey> others = new ArrayList<>();
        for (TableKey key : keys(count)) {
            if (key.kind() == KeyKind.FIELDS) {
                others.add(key);
            } else {
                kinds.add(key.kind());
            }
        }
        List<String> sources = count.get(JobKeys.Count.SOURCES);
        List<Measure> measures = measures(job, count, sources);
        Integer top = count.find(JobKeys.Count.TOP);
        return new CountSpec(
                        count.name(),
                        kinds,
                        count.get(JobKeys.Count.SIDE),
                        measures,
                        windows(job, count),
                        false,
                        CountSpec.ROWS_BETWEEN_CHECKPOINTS)
                .of(Set.copyOf(sources))
                .with(
                        new CountSpec.Details(
                                others,
                                count.get(JobKeys.Count.MAX_KEYS),
                                rules(job, count),
                                List.of(),
                                top == null ? Integer.MAX_VALUE : top,
                                measures.indexOf(measure(count))))
                .inTime(count.get(JobKeys.Count.LATENESS).toMillis(), aheadMillis(job, sources));
    }

    /**
     * Of archives alone nothing is too early: some may be read behind others, and time comes to all
     * of it at their end.
     */
    private static long aheadMillis(JobFile job, List<String> sources) {
        boolean live =
                sources.stream()
                        .map(job.sources()::get)
                        .anyMatch(source -> source != null && source.isLive());
        return live ? job.time().get(JobKeys.Time.MAX_AHEAD).toMillis() : Long.MAX_VALUE;
    }

    private static Windows windows(JobFile job, CountConfig count) {
        long length = count.get(JobKeys.Count.WINDOW).toMillis();
        Duration given = count.find(JobKeys.Count.SLIDE);
        long slide = given == null ? length : given.toMillis();
        return new Windows(length, slide, job.window().get(JobKeys.Window.TIMEZONE));
    }

    /** The tables that were asked for. */
    static List<TableKey> keys(CountConfig count) {
        List<TableKey> keys = new ArrayList<>();
        for (String text : count.get(JobKeys.Count.BY)) {
            TableKey key = TableKey.parse(text);
            if (key == null) {
                throw new IllegalStateException("a key that the check let pass: " + text);
            }
            keys.add(key);
        }
        return keys;
    }

    /** What is left out, then what is counted. */
    private static List<FlowRule> rules(JobFile job, CountConfig count) throws Fault {
        List<FlowRule> rules = new ArrayList<>();
        List<String> excluded = count.get(JobKeys.Count.EXCLUDE);
        if (!excluded.isEmpty()) {
            rules.add(
                    rule(
                            job,
                            exclusion(excluded, count.get(JobKeys.Count.SIDE)),
                            Counted.EXCLUDED));
        }
        String filter = count.find(JobKeys.Count.FILTER);
        if (filter != null) {
            rules.add(rule(job, filter, Counted.FILTER));
        }
        return rules;
    }

    /** As an expression: none of these networks and ASes. */
    private static String exclusion(List<String> values, List<Side> sides) {
        boolean both = sides.size() > 1;
        boolean source = sides.get(0) == Side.SOURCE;
        String address = both ? "addr" : source ? "src" : "dst";
        String asn = both ? "asn" : source ? "src-asn" : "dst-asn";
        List<String> terms = new ArrayList<>();
        for (String value : values) {
            boolean isAsn = value.matches("(?i)AS[0-9]+");
            terms.add(
                    "not " + (isAsn ? asn + " = " + value.substring(2) : address + " in " + value));
        }
        return String.join(" and ", terms);
    }

    private static FlowRule rule(JobFile job, String expression, Counted others) throws Fault {
        try {
            return new FlowRule(FilterExpression.parse(expression).bind(job.filterNames()), others);
        } catch (FilterException e) {
            throw Fault.because(e, Problem.BAD_USAGE, String.valueOf(e.getMessage()), "check");
        }
    }

    /** What the count weighs by: the order of its rows where only some are written. */
    private static Measure measure(CountConfig count) {
        return switch (count.get(JobKeys.Count.WEIGHT)) {
            case "hits" -> Measure.HITS;
            case "packets" -> Measure.PACKETS;
            case "bytes" -> Measure.BYTES;
            default -> Measure.WEIGHT;
        };
    }

    /** Hits, the weight, and what any of the sources knows. */
    private static List<Measure> measures(JobFile job, CountConfig count, List<String> names) {
        Set<Measure> measures = EnumSet.of(Measure.HITS);
        measures.add(measure(count));
        for (Map.Entry<String, SourceConfig> source : job.sources().entrySet()) {
            if (names.contains(source.getKey())) {
                switch (source.getValue().type()) {
                    case LINE -> {}
                    case TUPLE -> measures.add(Measure.WEIGHT);
                    case LOG, JSON_LOG -> measures.add(Measure.BYTES);
                    case TCPDUMP, PCAP, CAPTURE, SFLOW, KAFKA -> {
                        measures.add(Measure.PACKETS);
                        measures.add(Measure.BYTES);
                    }
                }
            }
        }
        return List.copyOf(measures);
    }
}
