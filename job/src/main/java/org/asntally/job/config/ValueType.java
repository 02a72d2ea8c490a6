package org.asntally.job.config;

import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a key are written, read and printed. Printed and read again, a value is equal.
 */
abstract class ValueType<T> {

    private final String what;

    ValueType(String what) {
        this.what = what;
    }

    /** What a value is, for messages and the reference: {@code a duration such as 90s}. */
    final String what() {
        return what;
    }

    /** Whether it is one of some words. */
    boolean isChoice() {
        return false;
    }

    /** The value of a node, or null when it is none: then a finding says so. */
    abstract @Nullable T read(YamlNode node, String key, Findings findings);

    /** Writes a value behind {@code key:}, with the end of the line. */
    void write(T value, int indent, StringBuilder out) {
        out.append(' ').append(flow(value)).append('\n');
    }

    /** A value in one line. */
    abstract String flow(T value);

    final void refuseShape(YamlNode node, String key, Findings findings) {
        if (node instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
            findings.error(node.place(), Problem.CONFIG_NO_VALUE, key, what);
        } else {
            findings.error(node.place(), Problem.CONFIG_WRONG_SHAPE, key, what, node.shape());
        }
    }
}
