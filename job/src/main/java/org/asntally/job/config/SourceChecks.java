package org.asntally.job.config;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.asntally.job.problem.Problem;
import org.asntally.sources.text.LogFormatException;

/** What is wrong between the keys of one source, with its files and its secrets. */
final class SourceChecks {

    /** Settings of Kafka's client, and of what it loads, that are secrets. */
    private static final Pattern SECRET =
            Pattern.compile(".*(password|secret|jaas|token|credential|\\.key$).*");

    /** Settings of Kafka's client that are made from keys of ours. */
    private static final Map<String, String> OWNED =
            Map.of(
                    "bootstrap.servers", "brokers",
                    "group.id", "group",
                    "auto.offset.reset", "start",
                    "enable.auto.commit", "checkpoints",
                    "key.deserializer", "schema",
                    "value.deserializer", "schema");

    private final Settings source;
    private final SourceType type;
    private final Findings findings;
    private final Surroundings around;

    SourceChecks(SourceType type, Settings source, Findings findings, Surroundings around) {
        this.source = source;
        this.type = type;
        this.findings = findings;
        this.around = around;
    }

    void check() {
        List<String> paths = source.find(JobKeys.Source.PATH);
        Place typePlace = JobFileChecks.place(source, JobKeys.Source.TYPE, 0);
        if (type == SourceType.SFLOW) {
            boolean listens = source.isGiven(JobKeys.Source.LISTEN);
            boolean reads = source.isGiven(JobKeys.Source.PATH);
            if (listens && reads) {
                contradiction(JobKeys.Source.PATH, "path", "listen");
            } else if (!listens && !reads) {
                findings.missing(
                        typePlace,
                        Problem.CONFIG_MISSING_KEY,
                        "listen",
                        "a source of type sflow",
                        JobKeys.Source.LISTEN.values());
            }
        } else if (JobKeys.Source.PATH.isFor(type) && !source.isGiven(JobKeys.Source.PATH)) {
            findings.missing(
                    typePlace,
                    Problem.CONFIG_MISSING_KEY,
                    "path",
                    "a source of type " + type.word(),
                    JobKeys.Source.PATH.values());
        }
        if (source.find(JobKeys.Source.FROM) == JobKeys.From.END
                && Boolean.FALSE.equals(source.find(JobKeys.Source.FOLLOW))) {
            contradiction(JobKeys.Source.FROM, "from: end", "follow: false");
        }
        if (type == SourceType.KAFKA
                && source.find(JobKeys.Source.SAMPLING) == JobKeys.Sampling.MEASURED) {
            contradiction(JobKeys.Source.SAMPLING, "sampling: measured", "type: kafka");
        }
        if (source.find(JobKeys.Source.FIELDS) != null) {
            fields();
        }
        if (paths != null) {
            files(paths);
        }
        if (source.node(JobKeys.Source.PROPERTIES) instanceof YamlNode.Entries properties) {
            properties.entries().forEach(this::secret);
            properties.entries().forEach(this::owned);
        }
    }

    private void owned(YamlNode.Entry property) {
        String key = OWNED.get(property.key().text());
        if (key != null) {
            findings.error(
                    property.key().place(),
                    Problem.CONFIG_CONTRADICTION,
                    property.key().text(),
                    key);
        }
    }

    private void contradiction(Key<?> key, String one, String other) {
        findings.error(
                JobFileChecks.place(source, key, 0), Problem.CONFIG_CONTRADICTION, one, other);
    }

    private void fields() {
        try {
            SourceColumns.format(type, source);
        } catch (LogFormatException e) {
            findings.error(
                    JobFileChecks.place(source, JobKeys.Source.FIELDS, 0),
                    Problem.CONFIG_BAD_LOG_FORMAT,
                    "fields",
                    String.valueOf(e.getMessage()));
        }
    }

    private void files(List<String> paths) {
        boolean recursive = Boolean.TRUE.equals(source.find(JobKeys.Source.RECURSIVE));
        for (int i = 0; i < paths.size(); i++) {
            Place place = JobFileChecks.place(source, JobKeys.Source.PATH, i);
            String path = paths.get(i);
            if (path.equals("-")) {
                findings.error(place, Problem.CONFIG_BAD_VALUE, path, "path", "files");
                continue;
            }
            switch (around.find(path)) {
                case NOTHING -> findings.warning(place, Problem.CONFIG_NO_MATCH, path);
                case UNREADABLE -> findings.warning(place, Problem.CONFIG_UNREADABLE, path);
                case FOLDER -> {
                    if (!recursive) {
                        findings.warning(place, Problem.CONFIG_FOLDER, path);
                    }
                }
                case READABLE -> {
                    // As it should be.
                }
            }
        }
    }

    private void secret(YamlNode.Entry property) {
        if (!(property.value() instanceof YamlNode.Scalar value)) {
            return;
        }
        SecretText text = new SecretText(value.text());
        String name = property.key().text();
        if (!text.holdsReferences()) {
            if (SECRET.matcher(name).matches()) {
                findings.error(value.place(), Problem.CONFIG_CLEAR_SECRET, name, "${file:PATH}");
            }
            return;
        }
        try {
            around.reveal(text);
        } catch (IOException e) {
            findings.error(
                    value.place(), Problem.CONFIG_NO_SECRET, name, String.valueOf(e.getMessage()));
            return;
        }
        for (String file : text.files()) {
            if (around.isOpen(file)) {
                findings.warning(value.place(), Problem.CONFIG_OPEN_SECRET, file);
            }
        }
    }
}
