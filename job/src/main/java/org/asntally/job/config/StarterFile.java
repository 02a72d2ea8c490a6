package org.asntally.job.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job file to begin with: what most need is set, what else a section may have stands beside it
 * as comments, with its default or an example.
 */
public final class StarterFile {

    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();

    private StarterFile() {}

    /** The file: valid in any folder. */
    public static String text() {
        return new StarterFile().write();
    }

    private String write() {
        text.append(
                """
                # A job of asntally: what is read, what is counted, where the results go.
                # To check it: asntally check FILE. All keys: docs/3-ref-job-file.md.
                # Lines that begin with #KEY: show what else there is, with its default or an example.
                """);
        for (Key<?> key : JobKeys.Job.SECTION.keys()) {
            if (key.type() instanceof NoneYetType) {
                continue;
            }
            text.append('\n');
            comment(key, 0);
            if (key == JobKeys.Job.VERSION) {
                text.append("version: 1\n");
            } else if (key == JobKeys.Job.SOURCES) {
                text.append("sources:\n  web:\n");
                section(
                        JobKeys.Source.SECTION,
                        SourceType.LOG,
                        2,
                        Map.of(
                                JobKeys.Source.TYPE, "log",
                                JobKeys.Source.PATH, "\"/var/log/nginx/access*.log*\"",
                                JobKeys.Source.FOLLOW, "true"));
            } else if (key == JobKeys.Job.COUNTS) {
                text.append("counts:\n  by-as:\n");
                section(
                        JobKeys.Count.SECTION,
                        null,
                        2,
                        Map.of(
                                JobKeys.Count.SOURCES, "[web]",
                                JobKeys.Count.BY, "[asn]",
                                JobKeys.Count.WINDOW, "1m"));
            } else if (key == JobKeys.Job.SINKS) {
                text.append("sinks:\n  results:\n");
                section(
                        JobKeys.Sink.SECTION,
                        null,
                        2,
                        Map.of(
                                JobKeys.Sink.TYPE, "files",
                                JobKeys.Sink.PATH, "results",
                                JobKeys.Sink.COUNTS, "[by-as]"));
            } else if (key.type() instanceof Section section) {
                text.append(key.name()).append(":\n");
                section(section, null, 1, Map.of());
            } else {
                setting(key, 0);
            }
        }
        return text.toString();
    }

    private void section(
            Section section, @Nullable SourceType type, int indent, Map<Key<?>, String> set) {
        for (Key<?> key : section.keys()) {
            if (!key.isFor(type)) {
                continue;
            }
            comment(key, indent);
            String value = set.get(key);
            if (value == null) {
                setting(key, indent);
            } else {
                text.append("  ".repeat(indent))
                        .append(key.name())
                        .append(": ")
                        .append(value)
                        .append('\n');
            }
        }
    }

    /** A key that is not set. */
    private void setting(Key<?> key, int indent) {
        text.append("  ".repeat(indent))
                .append('#')
                .append(key.name())
                .append(": ")
                .append(key.shown())
                .append('\n');
    }

    private void comment(Key<?> key, int indent) {
        String before = "  ".repeat(indent) + "#";
        StringBuilder line = new StringBuilder(before);
        String otherwise = key.unset();
        String words =
                key.meaning()
                        + (key.isChoice() ? " (" + key.values() + ")" : "")
                        + (otherwise == null ? "" : " Without: " + otherwise + ".");
        for (String word : List.of(words.split(" "))) {
            if (line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(before);
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
