package org.asntally.job.config;

import java.util.function.Function;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Values that are one text each. */
final class WordType<T> extends ValueType<T> {

    /** The value of a text, or null when it is none. */
    interface Parser<T> {
        @Nullable T parse(String text);
    }

    private final Parser<T> parser;
    private final Function<T, String> printer;
    private final boolean choice;

    WordType(String what, Parser<T> parser, Function<T, String> printer) {
        this(what, parser, printer, false);
    }

    WordType(String what, Parser<T> parser, Function<T, String> printer, boolean choice) {
        super(what);
        this.choice = choice;
        this.parser = parser;
        this.printer = printer;
    }

    @Override
    boolean isChoice() {
        return choice;
    }

    @Override
    @Nullable T read(YamlNode node, String key, Findings findings) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
            refuseShape(node, key, findings);
            return null;
        }
        String text = scalar.text();
        if (text.startsWith("${")) {
            findings.error(node.place(), Problem.CONFIG_NO_SECRET_HERE, text, key);
            return null;
        }
        T value = parser.parse(text);
        if (value == null) {
            findings.error(node.place(), Problem.CONFIG_BAD_VALUE, text, key, what());
        }
        return value;
    }

    @Override
    String flow(T value) {
        return YamlText.of(printer.apply(value));
    }
}
