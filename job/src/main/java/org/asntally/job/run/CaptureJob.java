package org.asntally.job.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;
import org.jspecify.annotations.Nullable;

/**
 * What {@code asn_capture} runs, as a job file: one source, whose packets to public addresses are
 * counted by destination and stored by the {@code files} sink.
 */
public final class CaptureJob {

    /** The name of the job, and of the file in messages. */
    public static final String NAME = "asn_capture";

    private static final long MAPPED = 0xffff_0000_0000L;

    private static final String JOB =
            """
            version: 1
            name: asn_capture
            sources:
              packets: {%s}
            %scounts:
              destinations:
                sources: [packets]
                by: [asn, prefix, host]
                side: destination
                window: %s
                filter: %s
                exclude: [%s]
            sinks:
              files: {type: files, path: %s, format: %s}
            checkpoints: {interval: 10s}
            """;

    private CaptureJob() {}

    /**
     * What is captured and where it goes.
     *
     * @param file a capture to read; null: an interface
     * @param live the interface, when there is no file
     * @param filter in the words of pcap-filter(7)
     * @param own prefixes and ASes that are no destinations: our own
     * @param table of routes, a file or a folder; null: the starter table
     * @param window of time, as in a job file
     * @param output folder
     * @param format of its files, as in a job file
     */
    public record Order(
            @Nullable Path file,
            String live,
            String filter,
            List<String> own,
            @Nullable Path table,
            String window,
            Path output,
            String format) {}

    /** The order as a job file. */
    public static String text(Order order) {
        Path file = order.file();
        Path table = order.table();
        String from =
                file == null
                        ? "type: capture, interface: " + quoted(order.live())
                        : "type: pcap, path: " + quoted(file.toString());
        return JOB.formatted(
                order.filter().isBlank() ? from : from + ", bpf: " + quoted(order.filter()),
                table == null ? "" : "rib: {path: " + quoted(table.toString()) + "}\n",
                quoted(order.window()),
                quoted(publicDestinations()),
                String.join(", ", order.own().stream().map(CaptureJob::quoted).toList()),
                quoted(order.output().toString()),
                order.format());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                quoted.append('\\').appendCodePoint(c);
                            } else if (c < ' ') {
                                quoted.append("\\x%02x".formatted(c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        });
        return quoted.append('"').toString();
    }

    /** Public is what the registries of special-purpose addresses say nothing against. */
    static String publicDestinations() {
        List<String> closed = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (SpecialBlock block : SpecialPurpose.blocks()) {
            if (block.v6() && block.high() == 0 && block.low() == MAPPED) {
                // Such an address counts as the IPv4 address that it carries.
                continue;
            }
            (block.globallyReachable() ? open : closed).add(block.prefix());
        }
        // Of nested blocks the smaller holds, and the open ones have none in them.
        return "not dst in " + String.join(", ", closed) + " or dst in " + String.join(", ", open);
    }
}
