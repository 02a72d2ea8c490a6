package org.asntally.job.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.asntally.job.filter.FilterNames;

/**
 * A job file that was found right, with its defaults. Immutable; maps are in the file's order.
 * Secrets in it are references ({@link SecretText}).
 *
 * @param name the job's name: the file's own, or that of the file
 * @param settings all of it: {@link JobKeys.Job}
 * @param sources at least one, by name
 * @param counts at least one, by name; their sources exist
 * @param sinks by name; their counts exist
 */
public record JobFile(
        String name,
        Settings settings,
        Map<String, SourceConfig> sources,
        Map<String, CountConfig> counts,
        Map<String, SinkConfig> sinks) {

    static JobFile of(Settings settings) {
        return new JobFile(
                settings.get(JobKeys.Job.NAME),
                settings,
                entries(
                        settings.get(JobKeys.Job.SOURCES),
                        (name, source) ->
                                new SourceConfig(name, source.get(JobKeys.Source.TYPE), source)),
                entries(settings.get(JobKeys.Job.COUNTS), CountConfig::new),
                entries(settings.get(JobKeys.Job.SINKS), SinkConfig::new));
    }

    private static <T> Map<String, T> entries(
            Map<String, Settings> sections, BiFunction<String, Settings, T> entry) {
        Map<String, T> entries = new LinkedHashMap<>();
        sections.forEach((name, section) -> entries.put(name, entry.apply(name, section)));
        return Collections.unmodifiableMap(entries);
    }

    /** The routing tables: {@link JobKeys.Rib}. */
    public Settings rib() {
        return settings.get(JobKeys.Job.RIB);
    }

    /** Event time: {@link JobKeys.Time}. */
    public Settings time() {
        return settings.get(JobKeys.Job.TIME);
    }

    /** What holds for all windows: {@link JobKeys.Window}. */
    public Settings window() {
        return settings.get(JobKeys.Job.WINDOW);
    }

    /** The state that is saved: {@link JobKeys.Checkpoints}. */
    public Settings checkpoints() {
        return settings.get(JobKeys.Job.CHECKPOINTS);
    }

    /** Named networks, as they are written. */
    public Map<String, List<NetworkEntry>> networks() {
        return settings.get(JobKeys.Job.NETWORKS);
    }

    /** Named interfaces. */
    public Map<String, List<InterfaceId>> interfaces() {
        return settings.get(JobKeys.Job.INTERFACES);
    }

    /** What {@code list:NAME}, {@code file:PATH} and named interfaces of its filters stand for. */
    public FilterNames filterNames() {
        return new JobNames(networks(), interfaces());
    }

    /** The effective configuration as YAML: defaults are in it, secrets are references. */
    public String print() {
        StringBuilder text = new StringBuilder();
        JobKeys.Job.SECTION.write(settings, 0, text);
        return text.substring(1);
    }

    /** As {@link #print}: no secret is ever in it. */
    @Override
    public String toString() {
        return print();
    }
}
