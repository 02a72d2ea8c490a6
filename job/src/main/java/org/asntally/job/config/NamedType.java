package org.asntally.job.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Maps from names of the user's choice. Their order is kept. */
final class NamedType<T> extends ValueType<Map<String, T>> {

    private final ValueType<T> element;
    private final WordType<String> names;
    private final boolean mayBeEmpty;

    /**
     * A map.
     *
     * @param names what its names may be
     * @param element what they name
     */
    NamedType(String what, WordType<String> names, ValueType<T> element, boolean mayBeEmpty) {
        super(what);
        this.names = names;
        this.element = element;
        this.mayBeEmpty = mayBeEmpty;
    }

    /** What its values are. */
    ValueType<T> element() {
        return element;
    }

    WordType<String> names() {
        return names;
    }

    @Override
    @Nullable Map<String, T> read(YamlNode node, String key, Findings findings) {
        boolean nothing = node instanceof YamlNode.Scalar scalar && scalar.isNothing();
        if (nothing && mayBeEmpty) {
            return Map.of();
        }
        if (!(node instanceof YamlNode.Entries map)) {
            refuseShape(node, key, findings);
            return null;
        }
        if (map.entries().isEmpty() && !mayBeEmpty) {
            findings.error(node.place(), Problem.CONFIG_NO_VALUE, key, what());
            return null;
        }
        Map<String, T> values = new LinkedHashMap<>();
        Map<String, Place> seen = new LinkedHashMap<>();
        for (YamlNode.Entry entry : map.entries()) {
            String name = names.read(entry.key(), "a name in " + key, findings);
            if (name == null) {
                continue;
            }
            Place first = seen.putIfAbsent(name, entry.key().place());
            if (first != null) {
                findings.error(entry.key().place(), Problem.CONFIG_KEY_TWICE, name, first.line());
                continue;
            }
            T value =
                    element.read(
                            entry.value(),
                            element instanceof Section ? key + "." + name : name,
                            findings);
            if (value != null) {
                values.put(name, value);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    @Override
    void write(Map<String, T> values, int indent, StringBuilder out) {
        if (values.isEmpty()) {
            out.append(" {}\n");
            return;
        }
        out.append('\n');
        values.forEach(
                (name, value) -> {
                    out.append("  ".repeat(indent)).append(names.flow(name)).append(':');
                    element.write(value, indent + 1, out);
                });
    }

    @Override
    String flow(Map<String, T> values) {
        StringBuilder map = new StringBuilder("{");
        values.forEach(
                (name, value) ->
                        map.append(map.length() == 1 ? "" : ", ")
                                .append(names.flow(name))
                                .append(": ")
                                .append(element.flow(value)));
        return map.append('}').toString();
    }
}
