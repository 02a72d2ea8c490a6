package org.asntally.job.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asntally.job.local.Console;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page, written from the same options that are parsed, in the macros of man(7). The
 * build puts it into the distribution.
 */
public final class ManPage {

    private final StringBuilder page = new StringBuilder(1 << 14);

    private ManPage() {}

    /** Prints the page on standard output. */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        console.out().print(of(console));
        console.flush();
    }

    /** The page. */
    static String of(Console console) {
        AsntallyCommand root =
                new AsntallyCommand(console, (request, where) -> ExitStatus.DEFECT.code());
        return new ManPage().write(root.program());
    }

    private String write(CommandLine program) {
        CommandSpec spec = program.getCommandSpec();
        String name = spec.name();
        macro("TH", name.toUpperCase(Locale.ROOT), "1", "", name + " " + Version.text(), "");
        macro("SH", "NAME");
        text(name + " - " + decapitalized(String.join(" ", spec.usageMessage().header())));
        macro("SH", "SYNOPSIS");
        boolean first = true;
        for (CommandLine command : commands(program)) {
            if (!first) {
                macro("br");
            }
            first = false;
            synopsis(command.getCommandSpec());
        }
        macro("SH", "DESCRIPTION");
        text(
                "Counts traffic by network, looks networks up, and keeps the tables of networks that"
                        + " this needs. Called by a link named after a tool that it replaces, such as"
                        + " asncounter, it is that tool.");
        macro("SH", "OPTIONS OF ALL COMMANDS");
        options(spec);
        macro("SH", "COMMANDS");
        for (CommandLine command : commands(program)) {
            command(command.getCommandSpec(), spec);
        }
        macro("SH", "FILES");
        tagged("~/.local/share/asntally/rib/", "The archive of tables; see --data-dir.");
        macro("SH", "ENVIRONMENT");
        tagged("XDG_DATA_HOME", "Where the data folder is, in place of ~/.local/share.");
        tagged("NO_COLOR", "If set, no colours on a terminal.");
        tagged("JAVA_HOME", "The Java to use, 17 or newer.");
        tagged("ASNTALLY_JAVA_OPTS", "Further options of the JVM.");
        macro("SH", "EXIT STATUS");
        for (ExitStatus status : ExitStatus.values()) {
            tagged(String.valueOf(status.code()), meaning(status));
        }
        macro("SH", "EXAMPLES");
        text("The help of each command has more.");
        examples(spec);
        return page.toString();
    }

    private static String meaning(ExitStatus status) {
        return switch (status) {
            case DONE -> "All done; skipped input is reported, no error.";
            case PARTLY -> "Done, but something that was asked for could not be done.";
            case USAGE -> "Usage or configuration.";
            case NO_RIB -> "No usable table of networks.";
            case INPUT_OUTPUT ->
                    "An input cannot be opened or read to its end, or an output not be written.";
            case DEFECT -> "A defect of asntally.";
        };
    }

    /** All commands that do something, those below others too. */
    static List<CommandLine> commands(CommandLine line) {
        List<CommandLine> commands = new ArrayList<>();
        for (CommandLine below : line.getSubcommands().values()) {
            if (below.getSubcommands().isEmpty()) {
                commands.add(below);
            } else {
                commands.addAll(commands(below));
            }
        }
        return commands;
    }

    private void synopsis(CommandSpec spec) {
        StringBuilder words = new StringBuilder("[OPTIONS]");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
            words.append(' ').append(parameter.arity().min() == 0 ? "[" + label + "]" : label);
        }
        line(".B " + escaped(spec.qualifiedName()));
        text(words.toString());
    }

    private void command(CommandSpec spec, CommandSpec root) {
        macro("SS", spec.qualifiedName());
        text(String.join(" ", spec.usageMessage().header()));
        String more = String.join(" ", spec.usageMessage().description()).strip();
        if (!more.isEmpty()) {
            macro("PP");
            text(more);
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            argument(parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && root.findOption(option.longestName()) == null) {
                argument(names(option), option);
            }
        }
        examples(spec);
    }

    private void options(CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                argument(names(option), option);
            }
        }
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : option.paramLabel();
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            String value = label.isEmpty() ? "" : (name.startsWith("--") ? "=" : " ") + label;
            names.add(
                    option.arity().min() == 0 && !label.isEmpty()
                            ? name + "[" + value + "]"
                            : name + value);
        }
        return String.join(", ", names);
    }

    private void argument(String tag, ArgSpec argument) {
        tagged(tag, String.join(" ", argument.description()));
    }

    private void tagged(String tag, String text) {
        macro("TP");
        line(".B " + escaped(tag));
        text(text);
    }

    /** Lines of the footer that begin with blanks are commands; the others are text. */
    private void examples(CommandSpec spec) {
        boolean open = false;
        for (String line : spec.usageMessage().footer()) {
            if (line.startsWith("  ")) {
                if (!open) {
                    macro("PP");
                    macro("nf");
                    macro("RS");
                    open = true;
                }
                line(escaped(line.substring(2)));
            } else {
                if (open) {
                    macro("RE");
                    macro("fi");
                    open = false;
                }
                if (line.isEmpty()) {
                    macro("PP");
                } else {
                    text(line);
                }
            }
        }
        if (open) {
            macro("RE");
            macro("fi");
        }
    }

    private static String decapitalized(String text) {
        String whole = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return whole.substring(0, 1).toLowerCase(Locale.ROOT) + whole.substring(1);
    }

    private void macro(String name, String... words) {
        StringBuilder macro = new StringBuilder(".").append(name);
        for (String word : words) {
            macro.append(" \"").append(escaped(word)).append('"');
        }
        line(macro.toString());
    }

    private void text(String text) {
        line(escaped(text.strip()));
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** Nothing of it is a request, and dashes are the ones that can be typed. */
    private static String escaped(String text) {
        String safe =
                text.replace("%n", " ")
                        .replace("%%", "%")
                        .replace("\\", "\\e")
                        .replace("-", "\\-")
                        .replace("\"", "\\(dq")
                        .replace("~", "\\(ti");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
