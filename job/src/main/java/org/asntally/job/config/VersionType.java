package org.asntally.job.config;

import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The version of the file's format, of which there is one. */
final class VersionType extends ValueType<Integer> {

    VersionType() {
        super("1");
    }

    @Override
    @Nullable Integer read(YamlNode node, String key, Findings findings) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
            refuseShape(node, key, findings);
            return null;
        }
        if (!scalar.text().equals("1")) {
            findings.error(node.place(), Problem.CONFIG_WRONG_VERSION, scalar.text());
            return null;
        }
        return 1;
    }

    @Override
    String flow(Integer value) {
        return value.toString();
    }
}
