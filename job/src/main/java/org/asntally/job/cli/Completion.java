package org.asntally.job.cli;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion scripts, made from the same options that are parsed. */
final class Completion {

    private final CommandLine program;
    private final CommandLine oldCounter;

    Completion(CommandLine program, CommandLine oldCounter) {
        this.program = program;
        this.oldCounter = oldCounter;
    }

    String bash() {
        return AutoComplete.bash("asntally", program)
                + "\n"
                + AutoComplete.bash("asncounter", oldCounter);
    }

    /** zsh runs the script of bash. */
    String zsh() {
        return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
                + bash();
    }

    String fish() {
        StringBuilder script = new StringBuilder("# fish completion for asntally\n");
        fish(script, "asntally", "__fish_use_subcommand", program);
        fish(script, "asncounter", "true", oldCounter);
        return script.toString();
    }

    private static void fish(
            StringBuilder script, String program, String condition, CommandLine line) {
        String start = "complete -c " + program + " -n '" + condition + "'";
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.hidden()) {
                option(script.append(start), option);
            }
        }
        for (Map.Entry<String, CommandLine> command : line.getSubcommands().entrySet()) {
            String name = command.getKey();
            CommandLine below = command.getValue();
            script.append(start)
                    .append(below.getSubcommands().isEmpty() ? "" : " -f")
                    .append(" -a ")
                    .append(name)
                    .append(" -d ")
                    .append(
                            quoted(
                                    String.join(
                                            " ", below.getCommandSpec().usageMessage().header())))
                    .append('\n');
            fish(script, program, seen(condition, name, line), below);
        }
    }

    private static String seen(String condition, String name, CommandLine line) {
        String seen = "__fish_seen_subcommand_from " + name;
        return line.getParent() == null ? seen : condition + "; and " + seen;
    }

    private static void option(StringBuilder script, OptionSpec option) {
        for (String name : option.names()) {
            if (name.startsWith("--")) {
                script.append(" -l ").append(name.substring(2));
            } else {
                script.append(" -s ").append(name.substring(1));
            }
        }
        if (option.arity().max() > 0) {
            script.append(" -r");
        }
        if (option.completionCandidates() != null) {
            script.append(" -f -a '")
                    .append(String.join(" ", option.completionCandidates()))
                    .append('\'');
        }
        script.append(" -d ").append(quoted(String.join(" ", option.description()))).append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
