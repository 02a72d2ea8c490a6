package org.asntally.sinks.text;

import java.util.Locale;

/** Names of constants as reports write them: the language of the machine has no say. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
