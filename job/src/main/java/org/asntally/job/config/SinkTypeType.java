package org.asntally.job.config;

import java.util.Set;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Types of sinks; those of later versions are told as such. */
final class SinkTypeType extends ValueType<JobKeys.SinkType> {

    private static final Set<String> LATER = Set.of("kafka", "jdbc", "prometheus", "web", "table");

    private final ValueType<JobKeys.SinkType> now = Types.choice(JobKeys.SinkType.class);

    SinkTypeType() {
        super("files");
    }

    @Override
    JobKeys.@Nullable SinkType read(YamlNode node, String key, Findings findings) {
        if (node instanceof YamlNode.Scalar scalar && LATER.contains(scalar.text())) {
            findings.error(
                    node.place(), Problem.CONFIG_NOT_YET, "type: " + scalar.text(), "type: files");
            return null;
        }
        return now.read(node, key, findings);
    }

    @Override
    String flow(JobKeys.SinkType value) {
        return now.flow(value);
    }
}
