package org.asntally.job.local;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.InputFile;
import org.asntally.sources.files.InputFiles;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.sflow.SflowFormat;
import org.asntally.sources.text.JsonFields;
import org.asntally.sources.text.JsonFormat;
import org.asntally.sources.text.LogFormatException;
import org.asntally.sources.text.LogFormats;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.TcpdumpFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a count reads, in its order: literal addresses, then files.
 *
 * @param files what can be read
 * @param failed how many arguments cannot; each was told
 */
record ChosenInputs(List<InputFile> files, int failed) {

    /** The name of the addresses of the command line in messages. */
    static final String COMMAND_LINE = "<command line>";

    /** So many files are named with their format. */
    private static final int NAMED = 5;

    /** Finds the inputs; tells those that cannot be read. */
    static ChosenInputs of(CountRequest request, Console console) throws Fault {
        if (request.packets().live() != null) {
            return new ChosenInputs(List.of(LiveInputs.check(request.packets())), 0);
        }
        PacketFilter filter = LiveInputs.filter(request.packets());
        LiveInputs.check(filter);
        FlowFormat format = format(request.reading(), request.packets(), filter);
        List<InputFile> files = new ArrayList<>();
        List<String> addresses = request.inputs().addresses();
        if (!addresses.isEmpty()) {
            String lines = String.join("\n", addresses) + "\n";
            files.add(InputFile.ofText(COMMAND_LINE, 0, PlainFormat.LINE, lines));
        }
        InputFiles found =
                InputFiles.resolve(
                        request.inputs().files(),
                        request.inputs().recursive(),
                        format,
                        new ToldFormat(
                                request.reading().format(),
                                false,
                                false,
                                filter,
                                request.packets().sflow()));
        for (InputFiles.Problem problem : found.problems()) {
            console.err().println(say(problem, request));
        }
        for (InputFile file : found.files()) {
            files.add(file.withOrdinal(files.size()));
        }
        if (format == null && !request.run().quiet()) {
            sayFormats(found.files(), console);
        }
        return new ChosenInputs(List.copyOf(files), found.problems().size());
    }

    private static @Nullable FlowFormat format(
            CountRequest.Reading reading, CountRequest.Packets packets, PacketFilter filter)
            throws Fault {
        String fields = reading.jsonFields();
        String text = fields != null ? fields : reading.logFormat();
        if (text != null) {
            try {
                return fields != null
                        ? new JsonFormat(JsonFields.parse(fields))
                        : LogFormats.of(text);
            } catch (LogFormatException e) {
                throw Fault.because(
                        e,
                        fields != null ? Problem.BAD_JSON_FIELDS : Problem.BAD_LOG_FORMAT,
                        text,
                        String.valueOf(e.getMessage()));
            }
        }
        return switch (reading.format()) {
            case AUTO -> null;
            // Which log format is told by each file's head.
            case LOG, JSON_LOG -> null;
            case LINE -> PlainFormat.LINE;
            case TUPLE -> PlainFormat.TUPLE;
            case TCPDUMP -> TcpdumpFormat.INSTANCE;
            case PCAP, SCAPY -> CaptureFormat.PCAP.with(filter);
            case SFLOW -> new SflowFormat(packets.sflow(), filter);
        };
    }

    private static String say(InputFiles.Problem problem, CountRequest request) {
        String name = problem.name();
        String detail = problem.detail().isEmpty() ? "it failed" : problem.detail();
        return switch (problem.trouble()) {
            case MISSING ->
                    request.dialect() == CountRequest.Dialect.COUNT && !looksLikeAPath(name)
                            ? Problem.NEITHER_FILE_NOR_ADDRESS.say(name)
                            : Problem.NO_SUCH_FILE.say(name);
            case NO_MATCH -> Problem.NO_MATCH.say(name);
            case DIRECTORY -> Problem.IS_DIRECTORY.say(name);
            case DENIED -> Problem.NOT_READABLE.say(name, "permission denied");
            case UNREADABLE -> Problem.NOT_READABLE.say(name, detail);
            case UNKNOWN_FORMAT -> Problem.UNKNOWN_FORMAT.say(name);
            case TOO_MANY -> Problem.TOO_MANY_FILES.say(InputFile.MOST);
        };
    }

    private static boolean looksLikeAPath(String name) {
        return name.indexOf('/') >= 0;
    }

    private static void sayFormats(List<InputFile> files, Console console) {
        Map<String, List<String>> byFormat = new LinkedHashMap<>();
        for (InputFile file : files) {
            FlowFormat format = file.format();
            if (format != null) {
                byFormat.computeIfAbsent(format.label(), label -> new ArrayList<>())
                        .add(file.name());
            }
        }
        byFormat.forEach(
                (label, names) -> {
                    String shown =
                            names.size() <= NAMED
                                    ? String.join(", ", names)
                                    : names.size() + " files";
                    console.err().println(Problem.printable(shown) + ": read as " + label);
                });
    }

    /** Whether standard input or another stream is among them. */
    boolean hasStream() {
        return files.stream().anyMatch(InputFile::isStream);
    }

    /** Whether the format of some input is told only when it is read. */
    boolean hasUnknown() {
        return files.stream().anyMatch(file -> file.format() == null);
    }

    /** How many inputs are tuples. */
    long tuples() {
        return files.stream().filter(file -> file.format() == PlainFormat.TUPLE).count();
    }

    /** What the inputs hold whose format is known before they are read. */
    Set<String> units() {
        Set<String> units = new HashSet<>();
        for (InputFile file : files) {
            FlowFormat format = file.format();
            if (format != null) {
                units.add(format.units());
            }
        }
        return units;
    }

    /** Whether an input whose format is known before it is read tells times. */
    boolean tellTimes() {
        for (InputFile file : files) {
            FlowFormat format = file.format();
            if (format != null && format.provides(FlowColumn.TIME)) {
                return true;
            }
        }
        return false;
    }

    /** The formats by name, for reports. */
    String formats() {
        List<String> labels = new ArrayList<>();
        for (InputFile file : files) {
            FlowFormat format = file.format();
            String label = format == null ? InputFormat.AUTO.name() : format.label();
            if (!labels.contains(label)) {
                labels.add(label);
            }
        }
        return String.join(", ", labels).toLowerCase(java.util.Locale.ROOT);
    }
}
