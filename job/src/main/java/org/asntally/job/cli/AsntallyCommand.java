package org.asntally.job.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.asntally.job.local.Console;
import org.asntally.job.local.LocalRun;
import org.asntally.job.local.ProcessName;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.run.JobRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The one program: {@code asntally COMMAND}, and the tools that it replaces, by the name that it
 * was called by (system property {@code asntally.name}) or as first argument.
 */
@Command(
        name = "asntally",
        header = "Count traffic by network: who is it from?",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asntally count examples/access.log",
            "  asntally help count",
            "  asntally completion bash > /etc/bash_completion.d/asntally"
        })
public final class AsntallyCommand implements Runnable {

    /** The property that holds the name by which the program was called. */
    public static final String NAME_PROPERTY = "asntally.name";

    private static final String PROGRAM = "asntally";
    private static final String OLD_COUNTER = "asncounter";
    private static final String LOOKUP = "lookup";
    private static final String EXPLAIN = "explain";
    private static final String OLD_LOOKUP = "asn-lookup";
    private static final String OLD_UPDATE = "asn-update";
    private static final String OLD_CAPTURE = "asn_capture";
    private static final List<String> OLD_TOOLS =
            List.of(OLD_COUNTER, OLD_LOOKUP, OLD_UPDATE, OLD_CAPTURE);

    @Mixin CommonOptions common = new CommonOptions();

    @Spec private @Nullable CommandSpec spec;

    private final Console console;
    private final Counter counter;

    AsntallyCommand(Console console, Counter counter) {
        this.console = console;
        this.counter = counter;
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        String name = System.getProperty(NAME_PROPERTY, PROGRAM);
        int status = new AsntallyCommand(console, LocalRun::count).execute(name, arguments);
        console.flush();
        // Non-daemon threads of the engine would hold the process for half a second.
        Runtime.getRuntime().halt(status);
    }

    /** Runs a command; gives its exit status. */
    int execute(String calledBy, String... arguments) {
        String name = calledBy;
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean debug = words.contains("--debug");
        try {
            if (name.equals(PROGRAM)
                    && !words.isEmpty()
                    && (OLD_TOOLS.contains(words.get(0))
                            || Later.COMMANDS.contains(words.get(0)))) {
                name = words.remove(0);
            }
            if (Later.COMMANDS.contains(name)) {
                throw new Fault(
                        Problem.NOT_YET,
                        name,
                        "this version has: count, asncounter, enrich, lookup, rib, init, check");
            }
            if (name.equals(PROGRAM) && !words.isEmpty() && words.get(0).equals(LOOKUP)) {
                LookupCommand quick =
                        QuickLine.lookup(words.subList(1, words.size()), console, clock());
                if (quick != null) {
                    return quick.call();
                }
            }
            ProcessName.set(name);
            CommandLine line =
                    switch (name) {
                        case OLD_COUNTER -> oldCounter();
                        case OLD_LOOKUP ->
                                configured(new CommandLine(new AsnLookupCommand(console, clock())));
                        case OLD_UPDATE -> oldUpdate();
                        case OLD_CAPTURE -> configured(new CommandLine(oldCapture()));
                        default -> program(words);
                    };
            String[] rest = words.toArray(new String[0]);
            return line.setParameterExceptionHandler((e, args) -> usage(e))
                    .setExecutionExceptionHandler((e, command, result) -> failure(e, debug))
                    .execute(rest);
        } catch (Exception | LinkageError e) {
            return failure(e, debug);
        } catch (OutOfMemoryError e) {
            console.err().println(Problem.OUT_OF_MEMORY.say(String.valueOf(e.getMessage())));
            return ExitStatus.DEFECT.code();
        } finally {
            console.flush();
        }
    }

    /** The command line of {@code asntally}. */
    CommandLine program() {
        CommandLine line = new CommandLine(this);
        line.addSubcommand(new CountCommand(console, counter));
        line.addSubcommand(runner());
        line.addSubcommand(new AsncounterCommand(console, counter));
        line.addSubcommand(new EnrichCommand(console));
        line.addSubcommand(new LookupCommand(console, clock()));
        line.addSubcommand(new ExplainCommand(console));
        line.addSubcommand(new AsnLookupCommand(console, clock()));
        line.addSubcommand(
                new CommandLine(new RibCommand())
                        .addSubcommand(new RibBuildCommand(console, clock()))
                        .addSubcommand(new RibUpdateCommand(console, clock()))
                        .addSubcommand(new RibInfoCommand(console))
                        .addSubcommand(new RibListCommand(console, clock()))
                        .addSubcommand(new RibDiffCommand(console))
                        .addSubcommand(new RibVerifyCommand(console)));
        line.addSubcommand(new AsnUpdateCommand(console, clock()));
        line.addSubcommand(oldCapture());
        line.addSubcommand(new PrefixesCommand(console, clock()));
        line.addSubcommand(new AggregateCommand(console, clock()));
        line.addSubcommand(new InitCommand(console));
        line.addSubcommand(new CheckCommand(console));
        line.addSubcommand(new CompletionCommand(console));
        line.addSubcommand(new CommandLine.HelpCommand());
        return configured(line);
    }

    /** The same with the one command that is called: reading all their options takes a while. */
    private CommandLine program(List<String> words) {
        Object called =
                switch (words.isEmpty() ? "" : words.get(0)) {
                    case "count" -> new CountCommand(console, counter);
                    case "run" -> runner();
                    case LOOKUP -> new LookupCommand(console, clock());
                    case EXPLAIN -> new ExplainCommand(console);
                    case "prefixes" -> new PrefixesCommand(console, clock());
                    case "init" -> new InitCommand(console);
                    case "check" -> new CheckCommand(console);
                    case "aggregate" -> new AggregateCommand(console, clock());
                    default -> null;
                };
        return called == null ? program() : configured(new CommandLine(this).addSubcommand(called));
    }

    /** Jobs load the engine, so not before one runs. */
    private RunCommand runner() {
        return new RunCommand(console, (request, said) -> JobRun.run(request, said));
    }

    private AsnCaptureCommand oldCapture() {
        return new AsnCaptureCommand(console, (request, said) -> JobRun.run(request, said));
    }

    /** The command line of {@code asncounter}, which took abbreviated options. */
    CommandLine oldCounter() {
        return configured(new CommandLine(new AsncounterCommand(console, counter)))
                .setAbbreviatedOptionsAllowed(true);
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }

    private CommandLine oldUpdate() {
        return configured(new CommandLine(new AsnUpdateCommand(console, clock())));
    }

    private CommandLine configured(CommandLine line) {
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(96);
        line.setUsageHelpLongOptionsMaxWidth(30);
        line.setOverwrittenOptionsAllowed(true);
        line.setCaseInsensitiveEnumValuesAllowed(false);
        line.setExpandAtFiles(false);
        versions(line);
        return line;
    }

    private static void versions(CommandLine line) {
        line.getCommandSpec().version(PROGRAM + " " + Version.text());
        line.getSubcommands().values().forEach(AsntallyCommand::versions);
    }

    /** {@code asntally} alone: says what there is. */
    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    private int usage(ParameterException e) {
        console.out().flush();
        console.err().println(Usage.fault(e).line());
        return ExitStatus.USAGE.code();
    }

    private int failure(Throwable e, boolean debug) {
        console.out().flush();
        if (e instanceof Fault fault) {
            console.err().println(fault.line());
            if (debug && fault.getCause() != null) {
                fault.printStackTrace(console.err());
            }
            return ExitStatus.of(fault.problem()).code();
        }
        console.err().println(Problem.DEFECT.say(e.toString()));
        if (debug) {
            e.printStackTrace(console.err());
        }
        return ExitStatus.DEFECT.code();
    }

    /** Options of later versions by the command that will have them. */
    static Map<String, String> later(String command) {
        return switch (command) {
            case "count" -> Later.COUNT_OPTIONS;
            case OLD_COUNTER -> Later.ASNCOUNTER_OPTIONS;
            case "build" -> Later.RIB_BUILD_OPTIONS;
            default -> Map.of();
        };
    }
}
