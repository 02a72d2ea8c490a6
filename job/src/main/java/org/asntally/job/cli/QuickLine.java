package org.asntally.job.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.asntally.job.local.Console;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usual command lines of {@code lookup} without picocli, which takes longer to learn the
 * options than a lookup takes. Whatever else stands there is left to picocli.
 */
final class QuickLine {

    private QuickLine() {}

    /** The command with its options, or null for another reader. */
    static @Nullable LookupCommand lookup(List<String> words, Console console, Clock clock) {
        LookupCommand command = new LookupCommand(console, clock);
        List<String> questions = new ArrayList<>(words.size());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-") || (!word.isEmpty() && !word.startsWith("-"))) {
                questions.add(word);
                continue;
            }
            switch (word) {
                case "--quiet" -> command.common.quiet = true;
                case "--header" -> command.header = true;
                case "--no-header" -> command.noHeader = true;
                case "--no-map-v4" -> command.noMapV4 = true;
                case "-O", "--format", "--rib", "--at", "--data-dir", "--countries" -> {
                    i++;
                    if (i == words.size() || words.get(i).startsWith("-")) {
                        return null;
                    }
                    set(command, word, words.get(i));
                }
                default -> {
                    return null;
                }
            }
        }
        command.questions = questions;
        return command;
    }

    private static void set(LookupCommand command, String option, String value) {
        switch (option) {
            case "--rib" -> command.rib = value;
            case "--at" -> command.at = value;
            case "--data-dir" -> command.common.dataDir = value;
            case "--countries" -> command.countries = value;
            default -> command.format = value;
        }
    }
}
