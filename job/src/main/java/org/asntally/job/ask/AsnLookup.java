package org.asntally.job.ask;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.asntally.job.local.Console;
import org.asntally.job.local.RibOpening;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.Address;
import org.asntally.lookup.read.Reasons;
import org.asntally.sinks.ReportOutput;
import org.asntally.sources.files.StandardInput;
import org.jspecify.annotations.Nullable;

/**
 * {@code asn-lookup}, as the original answers: addresses sorted, each once, those of one network in
 * one row. So nothing comes out before the input ends; {@code lookup} streams.
 */
public final class AsnLookup {

    private static final int EACH = 100;
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    private final AsnLookupRequest request;
    private final Console console;
    private final AddressSet addresses = new AddressSet();
    private final Address parser = new Address();
    private boolean first = true;
    private long unreadable;

    private AsnLookup(AsnLookupRequest request, Console console) {
        this.request = request;
        this.console = console;
    }

    /**
     * Answers.
     *
     * @return whether all rows could be read
     */
    public static boolean run(AsnLookupRequest request, Console console, Clock clock) throws Fault {
        return new AsnLookup(request, console).run(clock);
    }

    private boolean run(Clock clock) throws Fault {
        RibOpening table = RibOpening.open(request.database(), console);
        if (request.addresses().isEmpty()) {
            stdin();
        }
        for (String address : request.addresses()) {
            if (!addresses.add(parser, utf8(address), request.mapV4())) {
                unreadable(null, address);
            }
        }
        Owners owners = new Owners(table.rib());
        addresses.inOrder(owners);
        try {
            ReportOutput.to(
                    console.rawOut(),
                    stream -> {
                        RowBuffer out = new RowBuffer(stream);
                        OwnerText.write(owners.rows(), request.format(), request.matched(), out);
                        out.flush();
                    });
        } catch (IOException e) {
            throw Fault.because(e, Problem.STDOUT_FAILED, Reasons.of(e));
        }
        if (unreadable > EACH) {
            console.err()
                    .println(
                            Problem.NO_QUESTION.say(
                                    (unreadable - EACH) + " more rows have", "no address"));
        }
        if (request.verbose() && !request.quiet()) {
            String line = table.summary(clock.instant());
            console.err().println(request.coloured() ? GREEN + line + PLAIN : line);
        }
        return unreadable == 0;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void stdin() throws Fault {
        if (StandardInput.isClosed()) {
            throw new Fault(Problem.NO_STDIN, "it is closed");
        }
        CsvColumn rows = new CsvColumn(request.delimiter(), request.column(), this::row);
        byte[] text = new byte[1 << 16];
        InputStream in = console.in();
        try {
            int n;
            boolean begins = true;
            while ((n = in.read(text)) >= 0) {
                // What Windows puts before the first row.
                boolean mark =
                        begins
                                && n >= 3
                                && text[0] == (byte) 0xef
                                && text[1] == (byte) 0xbb
                                && text[2] == (byte) 0xbf;
                rows.read(text, mark ? 3 : 0, n);
                begins = false;
            }
        } catch (IOException e) {
            throw Fault.because(e, Problem.NO_STDIN, Reasons.of(e));
        }
        rows.end();
    }

    private void row(long line, @Nullable String value) {
        boolean isFirst = first;
        first = false;
        if (isFirst && Boolean.TRUE.equals(request.header())) {
            return;
        }
        if (value != null && addresses.add(parser, utf8(value), request.mapV4())) {
            return;
        }
        if (isFirst && request.header() == null) {
            if (!request.quiet()) {
                console.err()
                        .println(
                                "the first row is taken for a header: '"
                                        + Problem.printable(Objects.requireNonNullElse(value, ""))
                                        + "'");
            }
            return;
        }
        unreadable("standard input:" + line, value);
    }

    private void unreadable(@Nullable String place, @Nullable String value) {
        if (++unreadable > EACH) {
            return;
        }
        String what = value == null ? "no column " + request.column() : WhyNot.ofAddress(value);
        String shown = value == null ? "" : value;
        console.err()
                .println(
                        place == null
                                ? Problem.NO_QUESTION.say(what, shown)
                                : Problem.NO_QUESTION.sayAt(place, what, shown));
    }
}
