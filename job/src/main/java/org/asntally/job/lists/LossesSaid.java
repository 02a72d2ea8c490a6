package org.asntally.job.lists;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.prefixes.PrefixList;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;

/**
 * Tells the first prefixes that a list had to go without, and why; then how many more there were.
 */
final class LossesSaid implements PrefixList.Loss {

    private static final int TOLD = 5;

    private final Console console;
    private final boolean quiet;
    private long count;

    LossesSaid(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    @Override
    public void lost(boolean v6, long high, long low, int length, long pieces) {
        if (++count > TOLD || quiet) {
            return;
        }
        List<SpecialBlock> special = SpecialPurpose.overlapping(v6, high, low, length);
        String why =
                special.isEmpty()
                        ? "a network of --except"
                        : special.stream()
                                .limit(3)
                                .map(name(special.size() == 1))
                                .collect(Collectors.joining(", "));
        if (special.size() > 3) {
            why += " and " + (special.size() - 3) + " other special-purpose networks";
        }
        String prefix = Prefix.text(v6, high, low, length);
        console.err()
                .println(
                        pieces == 0
                                ? Problem.LEFT_OUT.say(prefix, why)
                                : Problem.SPLIT.say(prefix, why, pieces));
    }

    private static Function<SpecialBlock, String> name(boolean alone) {
        return block ->
                block.prefix() + " (" + (alone ? "special-purpose: " : "") + block.name() + ")";
    }

    void end() {
        if (count > TOLD && !quiet) {
            console.err()
                    .println(
                            Problem.LEFT_OUT.say(
                                    "a part of " + (count - TOLD) + " more prefixes",
                                    "special-purpose networks or --except"));
        }
    }
}
