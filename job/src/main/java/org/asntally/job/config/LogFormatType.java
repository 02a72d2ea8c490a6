package org.asntally.job.config;

import org.asntally.job.problem.Problem;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogFormats;
import org.jspecify.annotations.Nullable;

/** Formats of log lines, by name or as Apache's or nginx's text. */
final class LogFormatType extends ValueType<String> {

    LogFormatType() {
        super("common, combined, vhost, vhost-combined, or the text of a LogFormat or log_format");
    }

    @Override
    @Nullable String read(YamlNode node, String key, Findings findings) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
            refuseShape(node, key, findings);
            return null;
        }
        try {
            LogFormats.of(scalar.text());
            return scalar.text();
        } catch (LogFormatException e) {
            findings.error(
                    node.place(),
                    Problem.CONFIG_BAD_LOG_FORMAT,
                    scalar.text(),
                    String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Override
    String flow(String value) {
        return YamlText.of(value);
    }
}
