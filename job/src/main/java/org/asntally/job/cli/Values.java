package org.asntally.job.cli;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.TimeText;
import org.jspecify.annotations.Nullable;

/** Turns the texts of options into values, or into the problem to tell. */
final class Values {

    private Values() {}

    /** The constant whose lower-case name this is; {@code later} values are refused as such. */
    static <E extends Enum<E>> E one(
            String option, String text, Class<E> type, List<String> hidden, List<String> later)
            throws Fault {
        if (later.contains(text)) {
            throw Later.refusal(option + " " + text, "use one of: " + names(type, hidden));
        }
        for (E constant : type.getEnumConstants()) {
            String name = name(constant);
            if (name.equals(text) && !hidden.contains(name)) {
                return constant;
            }
        }
        throw new Fault(Problem.BAD_VALUE, text, option, "one of: " + names(type, hidden));
    }

    static <E extends Enum<E>> E one(String option, String text, Class<E> type) throws Fault {
        return one(option, text, type, List.of(), List.of());
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> String names(Class<E> type, List<String> hidden) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            String name = name(constant);
            if (!hidden.contains(name)) {
                names.append(names.length() == 0 ? "" : ", ").append(name);
            }
        }
        return names.toString();
    }

    /** A point in time, RFC 3339; a day alone is its beginning in UTC. */
    static @Nullable Instant time(String option, @Nullable String text) throws Fault {
        if (text == null) {
            return null;
        }
        Instant time = TimeText.parse(text);
        if (time == null) {
            throw new Fault(Problem.BAD_VALUE, text, option, "a time such as 2026-05-27T16:00Z");
        }
        return time;
    }

    /** A whole number within bounds. */
    static int number(String option, String text, int least, int most) throws Fault {
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        String range =
                most == Integer.MAX_VALUE
                        ? least == Integer.MIN_VALUE
                                ? "a whole number"
                                : "a whole number from " + least
                        : "a whole number from " + least + " to " + most;
        throw new Fault(Problem.BAD_VALUE, text, option, range);
    }
}
