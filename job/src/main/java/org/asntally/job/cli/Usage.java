package org.asntally.job.cli;

import java.util.List;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in our words what picocli found wrong with the arguments. */
final class Usage {

    private Usage() {}

    static Fault fault(ParameterException e) {
        CommandLine line = e.getCommandLine();
        String command = line.getCommandSpec().qualifiedName();
        if (e.getCause() instanceof Fault fault) {
            return fault;
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, command);
        }
        if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing(), command);
        }
        if (e.getArgSpec() instanceof OptionSpec option && e.getValue() == null) {
            return new Fault(Problem.MISSING_VALUE, option.longestName(), command);
        }
        String text = String.valueOf(e.getMessage());
        return new Fault(
                Problem.BAD_USAGE,
                text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1),
                command);
    }

    private static Fault unmatched(UnmatchedArgumentException e, String command) {
        CommandLine line = e.getCommandLine();
        var later = AsntallyCommand.later(line.getCommandName());
        for (String argument : e.getUnmatched()) {
            Fault refusal = Later.refusal(argument, later);
            if (refusal != null) {
                return refusal;
            }
        }
        String first = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
        List<String> near =
                e.getSuggestions().stream().filter(known -> Nearest.isNear(first, known)).toList();
        if (first.startsWith("-") && first.length() > 1) {
            return near.isEmpty()
                    ? new Fault(Problem.UNKNOWN_OPTION, first, command)
                    : new Fault(Problem.MISSPELT_OPTION, first, command, near.get(0));
        }
        if (line.getSubcommands().isEmpty()) {
            return new Fault(Problem.BAD_USAGE, "unexpected argument '" + first + "'", command);
        }
        return near.isEmpty()
                ? new Fault(Problem.UNKNOWN_COMMAND, first)
                : new Fault(Problem.MISSPELT_COMMAND, first, near.get(0));
    }

    private static Fault missing(List<ArgSpec> missing, String command) {
        ArgSpec first = missing.get(0);
        if (first instanceof OptionSpec option && !option.required()) {
            return new Fault(Problem.MISSING_VALUE, option.longestName(), command);
        }
        return first instanceof OptionSpec option
                ? new Fault(Problem.MISSING_ARGUMENT, "option " + option.longestName(), command)
                : new Fault(Problem.MISSING_ARGUMENT, first.paramLabel(), command);
    }
}
