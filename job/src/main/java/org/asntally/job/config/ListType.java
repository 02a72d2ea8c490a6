package org.asntally.job.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Lists of values; a single value may stand without brackets. */
final class ListType<T> extends ValueType<List<T>> {

    private final ValueType<T> element;
    private final boolean mayBeEmpty;

    ListType(String what, ValueType<T> element, boolean mayBeEmpty) {
        super(what);
        this.element = element;
        this.mayBeEmpty = mayBeEmpty;
    }

    /** What its values are. */
    ValueType<T> element() {
        return element;
    }

    @Override
    @Nullable List<T> read(YamlNode node, String key, Findings findings) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNothing()) {
            T value = element.read(node, key, findings);
            return value == null ? null : List.of(value);
        }
        if (!(node instanceof YamlNode.Items list) || (list.items().isEmpty() && !mayBeEmpty)) {
            if (node instanceof YamlNode.Items) {
                findings.error(node.place(), Problem.CONFIG_NO_VALUE, key, what());
            } else {
                refuseShape(node, key, findings);
            }
            return null;
        }
        List<T> values = new ArrayList<>(list.items().size());
        boolean whole = true;
        for (YamlNode item : list.items()) {
            T value = element.read(item, key, findings);
            if (value == null) {
                whole = false;
            } else if (values.contains(value) && values.size() < 1000) {
                findings.error(item.place(), Problem.CONFIG_TWICE, element.flow(value), key);
                whole = false;
            } else {
                values.add(value);
            }
        }
        return whole ? List.copyOf(values) : null;
    }

    @Override
    String flow(List<T> values) {
        return values.stream().map(element::flow).collect(Collectors.joining(", ", "[", "]"));
    }
}
