package org.asntally.job.config;

import java.util.Map;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A map that stays empty until a later version. */
final class NoneYetType extends ValueType<Map<String, Settings>> {

    NoneYetType() {
        super("an empty map, {}");
    }

    @Override
    @Nullable Map<String, Settings> read(YamlNode node, String key, Findings findings) {
        boolean nothing = node instanceof YamlNode.Scalar scalar && scalar.isNothing();
        if (nothing || (node instanceof YamlNode.Entries map && map.entries().isEmpty())) {
            return Map.of();
        }
        if (node instanceof YamlNode.Entries map) {
            map.entries()
                    .forEach(
                            entry ->
                                    findings.error(
                                            entry.key().place(),
                                            Problem.CONFIG_NOT_YET,
                                            key + ": " + entry.key().text(),
                                            key + ": {}"));
        } else {
            refuseShape(node, key, findings);
        }
        return null;
    }

    @Override
    String flow(Map<String, Settings> value) {
        return "{}";
    }
}
