package org.asntally.job.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.job.Windows;
import org.asntally.job.filter.FilterNames;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.DurationText;
import org.asntally.job.value.Nearest;

/**
 * What is wrong between keys that are right each by itself, and the defaults that depend on other
 * keys. Looks at files only to warn, and at secrets to see whether they can be had.
 */
final class JobFileChecks {

    private final String shown;
    private final Findings findings;
    private final Surroundings around;

    JobFileChecks(String shown, Findings findings, Surroundings around) {
        this.shown = shown;
        this.findings = findings;
        this.around = around;
    }

    /** The job with all its defaults. */
    Settings check(Settings job) {
        Settings checked = job;
        if (checked.find(JobKeys.Job.NAME) == null) {
            checked = checked.with(JobKeys.Job.NAME, JobFiles.nameOf(shown));
        }
        Map<String, Settings> sources = checked.find(JobKeys.Job.SOURCES);
        Map<String, Settings> counts = checked.find(JobKeys.Job.COUNTS);
        if (sources != null) {
            sources = sources(sources, checked);
            checked = checked.with(JobKeys.Job.SOURCES, sources);
        }
        if (counts != null) {
            counts(counts, checked);
        }
        checked = checked.with(JobKeys.Job.SINKS, sinks(checked));
        moves(checked);
        return checked.with(JobKeys.Job.RIB, rib(checked));
    }

    private Map<String, Settings> sources(Map<String, Settings> sources, Settings job) {
        Settings time = job.get(JobKeys.Job.TIME);
        Map<String, Settings> checked = new LinkedHashMap<>();
        Map<Endpoint, String> listeners = new HashMap<>();
        sources.forEach(
                (name, settings) -> {
                    SourceType type = settings.find(JobKeys.Source.TYPE);
                    Settings source = settings;
                    if (type != null) {
                        new SourceChecks(type, settings, findings, around).check();
                        if (JobKeys.Source.TIMEZONE.isFor(type)
                                && settings.find(JobKeys.Source.TIMEZONE) == null) {
                            source =
                                    settings.with(
                                            JobKeys.Source.TIMEZONE,
                                            time.get(JobKeys.Time.TIMEZONE));
                        }
                        listeners(name, settings, listeners);
                    }
                    checked.put(name, source);
                });
        return checked;
    }

    private void listeners(String name, Settings source, Map<Endpoint, String> listeners) {
        List<Endpoint> endpoints = source.find(JobKeys.Source.LISTEN);
        if (endpoints == null) {
            return;
        }
        for (int i = 0; i < endpoints.size(); i++) {
            String other = listeners.putIfAbsent(endpoints.get(i), name);
            if (other != null) {
                findings.error(
                        place(source, JobKeys.Source.LISTEN, i),
                        Problem.CONFIG_SAME_PLACE,
                        "sources '" + other + "' and '" + name + "' listen at",
                        endpoints.get(i));
            }
        }
    }

    private void counts(Map<String, Settings> counts, Settings job) {
        Set<String> used = new HashSet<>();
        Map<String, String> weights = new HashMap<>();
        Map<String, Settings> sources = job.find(JobKeys.Job.SOURCES);
        FilterNames filterNames =
                around.names(job.get(JobKeys.Job.NETWORKS), job.get(JobKeys.Job.INTERFACES));
        counts.forEach(
                (name, count) -> {
                    used.addAll(
                            references(
                                    "count '" + name + "'",
                                    count,
                                    JobKeys.Count.SOURCES,
                                    "source",
                                    names(job, JobKeys.Job.SOURCES)));
                    windows(count, job.get(JobKeys.Job.WINDOW));
                    excludes(name, count, names(job, JobKeys.Job.NETWORKS));
                    new CountChecks(count, sources == null ? Map.of() : sources, findings)
                            .check(filterNames);
                    weights(name, count, weights);
                });
        if (sources != null && !findings.anyErrors()) {
            unused(job, JobKeys.Job.SOURCES, used, "source", "no count counts it");
        }
    }

    /** A line has one number that is no count of bytes or packets. */
    private void weights(String name, Settings count, Map<String, String> bySource) {
        String weight = count.get(JobKeys.Count.WEIGHT);
        Place place = count.place(JobKeys.Count.WEIGHT);
        List<String> sources = count.find(JobKeys.Count.SOURCES);
        boolean isOne = weight.equals("time") || JobKeys.Count.field(weight) != null;
        if (!isOne || place == null || sources == null) {
            return;
        }
        for (String source : sources) {
            String other = bySource.putIfAbsent(source, weight);
            if (other != null && !other.equals(weight)) {
                findings.error(place, Problem.CONFIG_TWO_WEIGHTS, name, source, weight, other);
            }
        }
    }

    private void windows(Settings count, Settings all) {
        Duration window = count.get(JobKeys.Count.WINDOW);
        Duration slide = count.find(JobKeys.Count.SLIDE);
        Place place = count.place(JobKeys.Count.SLIDE);
        if (slide != null && place != null && !Windows.areOf(window.toMillis(), slide.toMillis())) {
            findings.error(
                    place,
                    Problem.CONFIG_BAD_VALUE,
                    DurationText.of(slide),
                    "slide",
                    window.toMillis() % slide.toMillis() == 0
                            ? "a longer one: a flow is in " + Windows.MOST + " windows at most"
                            : "a duration that divides the window of " + DurationText.of(window));
        }
        Duration step = slide == null ? window : slide;
        ZoneId zone = all.get(JobKeys.Window.TIMEZONE);
        Place where = all.place(JobKeys.Window.TIMEZONE);
        if (where != null && !Windows.fit(zone, step.toMillis())) {
            findings.error(
                    where,
                    Problem.CONFIG_CONTRADICTION,
                    "timezone: " + zone,
                    (slide == null ? "window: " : "slide: ") + DurationText.of(step));
        }
    }

    private void excludes(String name, Settings count, Set<String> networks) {
        List<String> excludes = count.get(JobKeys.Count.EXCLUDE);
        for (int i = 0; i < excludes.size(); i++) {
            String entry = excludes.get(i);
            if (entry.startsWith("list:")) {
                reference(
                        place(count, JobKeys.Count.EXCLUDE, i),
                        "count '" + name + "'",
                        "network",
                        entry.substring("list:".length()),
                        networks);
            }
        }
    }

    private Map<String, Settings> sinks(Settings job) {
        Map<String, Settings> checked = new LinkedHashMap<>();
        Set<String> counts = names(job, JobKeys.Job.COUNTS);
        Set<String> used = new HashSet<>();
        Map<String, String> paths = new HashMap<>();
        job.get(JobKeys.Job.SINKS)
                .forEach(
                        (name, settings) -> {
                            Settings sink = settings;
                            if (settings.isGiven(JobKeys.Sink.COUNTS)) {
                                used.addAll(
                                        references(
                                                "sink '" + name + "'",
                                                settings,
                                                JobKeys.Sink.COUNTS,
                                                "count",
                                                counts));
                            } else {
                                used.addAll(counts);
                                sink = settings.with(JobKeys.Sink.COUNTS, List.copyOf(counts));
                            }
                            paths(name, settings, paths);
                            checked.put(name, sink);
                        });
        if (job.find(JobKeys.Job.COUNTS) != null && !findings.anyErrors()) {
            unused(job, JobKeys.Job.COUNTS, used, "count", "no sink writes it");
        }
        return checked;
    }

    private void paths(String name, Settings sink, Map<String, String> paths) {
        String path = sink.find(JobKeys.Sink.PATH);
        Place place = sink.place(JobKeys.Sink.PATH);
        if (path == null || place == null) {
            return;
        }
        String whole = path;
        try {
            whole = Path.of(path).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            // A file system of Flink's, or a name that will be told when it is opened.
        }
        String other = paths.putIfAbsent(whole, name);
        if (other != null) {
            findings.error(
                    place,
                    Problem.CONFIG_SAME_PLACE,
                    "sinks '" + other + "' and '" + name + "' write into",
                    path);
        }
    }

    /** Keeps tables as long as the latest flows that are taken need them. */
    private Settings rib(Settings job) {
        Settings rib = job.get(JobKeys.Job.RIB);
        Duration needed = Duration.ZERO;
        Map<String, Settings> counts = job.find(JobKeys.Job.COUNTS);
        Map<String, Settings> sources = job.find(JobKeys.Job.SOURCES);
        for (Settings count : counts == null ? List.<Settings>of() : counts.values()) {
            needed = longer(needed, count.get(JobKeys.Count.LATENESS));
        }
        Duration disorder = Duration.ZERO;
        for (Settings source : sources == null ? List.<Settings>of() : sources.values()) {
            disorder = longer(disorder, source.get(JobKeys.Source.OUT_OF_ORDERNESS));
        }
        needed = needed.plus(disorder).plus(job.get(JobKeys.Job.TIME).get(JobKeys.Time.MAX_AHEAD));
        Duration keep = rib.get(JobKeys.Rib.KEEP);
        Place place = rib.place(JobKeys.Rib.KEEP);
        if (keep.compareTo(needed) >= 0) {
            return rib;
        }
        if (place != null) {
            findings.error(
                    place,
                    Problem.CONFIG_BAD_VALUE,
                    DurationText.of(keep),
                    "keep",
                    "at least "
                            + DurationText.of(needed)
                            + ": lateness + out-of-orderness + time.max-ahead");
        }
        return rib.with(JobKeys.Rib.KEEP, needed);
    }

    private void moves(Settings job) {
        Settings rib = job.get(JobKeys.Job.RIB);
        String name = rib.find(JobKeys.Rib.MOVES);
        Set<String> counts = names(job, JobKeys.Job.COUNTS);
        Place place = rib.place(JobKeys.Rib.MOVES);
        if (name != null && place != null && !counts.isEmpty()) {
            reference(place, "moves", "count", name, counts);
        }
        new MovesChecks(job, findings).check();
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private List<String> references(
            String who, Settings settings, Key<List<String>> key, String what, Set<String> known) {
        List<String> names = settings.find(key);
        if (names == null || known.isEmpty()) {
            // That nothing is defined is told where it should be.
            return List.of();
        }
        for (int i = 0; i < names.size(); i++) {
            reference(place(settings, key, i), who, what, names.get(i), known);
        }
        return names;
    }

    private void reference(Place place, String who, String what, String name, Set<String> known) {
        if (known.contains(name)) {
            return;
        }
        String near = Nearest.of(name, known);
        findings.error(
                place,
                Problem.CONFIG_UNDEFINED,
                who,
                what + " '" + name + "'",
                near != null
                        ? "did you mean '" + near + "'?"
                        : known.isEmpty()
                                ? "none is defined"
                                : "defined: " + String.join(", ", known));
    }

    private void unused(Settings job, Key<?> key, Set<String> used, String what, String why) {
        if (job.node(key) instanceof YamlNode.Entries map) {
            for (YamlNode.Entry entry : map.entries()) {
                if (!used.contains(entry.key().text())) {
                    findings.warning(
                            entry.key().place(),
                            Problem.CONFIG_UNUSED,
                            what,
                            entry.key().text(),
                            why);
                }
            }
        }
    }

    /** The names that a map of the file defines, right or wrong. */
    private static Set<String> names(Settings job, Key<?> key) {
        List<String> names = new ArrayList<>();
        if (job.node(key) instanceof YamlNode.Entries map) {
            map.entries().forEach(entry -> names.add(entry.key().text()));
        }
        return new LinkedHashSet<>(names);
    }

    /** The place of an element of a list that is given. */
    static Place place(Settings settings, Key<?> key, int index) {
        YamlNode node = settings.node(key);
        if (node instanceof YamlNode.Items list && index < list.items().size()) {
            return list.items().get(index).place();
        }
        return node == null ? new Place("", 1, 1) : node.place();
    }
}
