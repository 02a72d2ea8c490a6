package org.asntally.job.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions of bounded size, which match in time linear in the text. */
final class Patterns {

    private static final int LONGEST = 1000;
    // Each step of matching costs as much as the program is long.
    private static final int LARGEST = 10_000;

    private Patterns() {}

    /** Why a text cannot be used as a regular expression; null when it can. */
    static @Nullable String fault(String text) {
        if (text.length() > LONGEST) {
            return "longer than " + LONGEST + " characters";
        }
        try {
            return Pattern.compile(text).programSize() > LARGEST ? "it repeats too much" : null;
        } catch (PatternSyntaxException e) {
            String reason = String.valueOf(e.getDescription());
            return e.getPattern() == null || e.getPattern().isEmpty()
                    ? reason
                    : reason + " at '" + e.getPattern() + "'";
        } catch (StackOverflowError e) {
            return "it is nested too deeply";
        }
    }

    /** The text as UTF-8 when it means itself and nothing else, null when it is a pattern. */
    static @Nullable String literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("\\^$.|?*+()[]{}".indexOf(text.charAt(i)) >= 0) {
                return null;
            }
        }
        return text;
    }
}
