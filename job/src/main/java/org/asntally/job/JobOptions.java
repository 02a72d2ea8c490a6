package org.asntally.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.asntally.job.config.JobFiles;

/**
 * The keys of the job file as options of Flink: {@code flink run -Dasntally.rib.poll=30s ...} takes
 * the place of {@code rib: {poll: ...}} in the file. Only keys that stand once in a file, none of
 * which takes a secret: Flink shows its configuration to all who ask.
 */
public final class JobOptions {

    private static final String PREFIX = "asntally.";

    private JobOptions() {}

    /** An option for each, in the order of their declaration. */
    public static List<ConfigOption<String>> all() {
        List<ConfigOption<String>> options = new ArrayList<>();
        JobFiles.paths()
                .forEach(
                        (path, key) ->
                                options.add(
                                        ConfigOptions.key(PREFIX + path)
                                                .stringType()
                                                .noDefaultValue()
                                                .withDescription(key.meaning())));
        return List.copyOf(options);
    }

    /**
     * What a configuration says in place of the file; for {@link JobFiles#read}, which refuses keys
     * that there are not.
     */
    public static Map<String, String> instead(ReadableConfig configuration) {
        Map<String, String> values = new TreeMap<>();
        for (String key : configuration.toMap().keySet()) {
            if (key.startsWith(PREFIX)) {
                configuration
                        .getOptional(ConfigOptions.key(key).stringType().noDefaultValue())
                        .ifPresent(value -> values.put(key.substring(PREFIX.length()), value));
            }
        }
        return values;
    }
}
