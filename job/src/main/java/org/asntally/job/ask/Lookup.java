package org.asntally.job.ask;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.asntally.job.local.Console;
import org.asntally.job.local.RibOpening;
import org.asntally.job.local.TerminalWidth;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.ReportOutput;
import org.asntally.sources.files.StandardInput;
import org.asntally.sources.text.LineFeed;

/**
 * {@code asntally lookup}: a row for each question, from the command line or from standard input,
 * as it comes. Rows are passed on when there are many, and before it waits for more input.
 */
public final class Lookup {

    private static final String STDIN = "-";
    private static final int CHUNK = 1 << 17;

    /** Longer lines are no questions; their beginning is told. */
    private static final int LONGEST_LINE = 1 << 16;

    private final LookupRequest request;
    private final Console console;
    private final Clock clock;
    private final SaidLines said;
    private boolean streamed;

    private Lookup(LookupRequest request, Console console, Clock clock) {
        this.request = request;
        this.console = console;
        this.clock = clock;
        this.said = new SaidLines(console, request.questions().isEmpty());
    }

    /**
     * Answers.
     *
     * @return whether all questions could be read
     */
    public static boolean run(LookupRequest request, Console console, Clock clock) throws Fault {
        return new Lookup(request, console, clock).run();
    }

    private boolean run() throws Fault {
        RibOpening table = RibOpening.open(request.table(), console);
        Rib rib = table.rib();
        Questions[] answered = new Questions[1];
        try {
            ReportOutput.to(
                    console.rawOut(),
                    stream -> {
                        RowBuffer out = new RowBuffer(stream);
                        RowWriter rows = rows(rib);
                        Questions questions = new Questions(rib, rows, out, request.mapV4(), said);
                        answered[0] = questions;
                        rows.begin(out);
                        ask(questions, rows, out);
                        rows.end(out);
                        out.flush();
                    });
        } catch (InputFailure e) {
            throw Fault.because(e, Problem.NO_STDIN, Reasons.of(e.failure));
        } catch (IOException e) {
            throw Fault.because(e, Problem.STDOUT_FAILED, Reasons.of(e));
        }
        said.end();
        Questions questions = answered[0];
        if (!request.quiet()) {
            if (streamed) {
                console.err().println(summary(questions));
            }
            console.err().println(table.summary(clock.instant()));
        }
        return questions.unreadable() == 0;
    }

    private static String summary(Questions questions) {
        String text = "looked up " + questions.asked() + ", unrouted " + questions.unrouted();
        return questions.unreadable() == 0 ? text : text + ", unreadable " + questions.unreadable();
    }

    private RowWriter rows(Rib rib) {
        RowFormat format = request.format();
        if (format == null) {
            format = console.outTerminal() ? RowFormat.TABLE : RowFormat.TSV;
        }
        return switch (format) {
            case TABLE ->
                    new TableRows(
                            rib,
                            console.outTerminal() ? TerminalWidth.of(console) : 0,
                            console.outTerminal() && console.variable("NO_COLOR") == null);
            case TSV -> new TsvRows(rib);
            case CSV -> new CsvRows(rib);
            case JSON -> new JsonRows(rib);
            case PUPPET -> new PuppetRows(rib);
        };
    }

    private void ask(Questions questions, RowWriter rows, RowBuffer out) throws IOException {
        if (request.questions().isEmpty()) {
            stream(questions, rows, out);
            return;
        }
        for (String question : request.questions()) {
            if (question.equals(STDIN)) {
                stream(questions, rows, out);
            } else {
                byte[] text = question.getBytes(StandardCharsets.UTF_8);
                questions.answer(text, 0, text.length);
            }
        }
    }

    /** Standard input could not be read; told apart from an output that could not be written. */
    private static final class InputFailure extends IOException {
        private static final long serialVersionUID = 1;
        private final IOException failure;

        InputFailure(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private void stream(Questions questions, RowWriter rows, RowBuffer out) throws IOException {
        if (StandardInput.isClosed()) {
            throw new InputFailure(new IOException("it is closed"));
        }
        streamed = true;
        said.stdin();
        InputStream in = console.in();
        byte[] text = new byte[CHUNK];
        int filled = 0;
        boolean first = true;
        boolean passing = false;
        while (true) {
            if (available(in) == 0) {
                rows.pause(out);
                out.flush();
            }
            int n = read(in, text, filled);
            if (n < 0) {
                break;
            }
            int lastFeed = lastFeed(text, filled, filled + n);
            filled += n;
            if (lastFeed >= 0) {
                int from = passing ? LineFeed.find(text, 0, filled) + 1 : 0;
                passing = false;
                if (first && from <= lastFeed) {
                    from = header(text, lastFeed, questions);
                    first = false;
                }
                questions.answer(text, from, lastFeed + 1);
                System.arraycopy(text, lastFeed + 1, text, 0, filled - lastFeed - 1);
                filled -= lastFeed + 1;
            }
            if (filled > LONGEST_LINE) {
                if (!passing) {
                    // The line's row and message come now; what is left of it is passed over.
                    questions.answer(text, 0, LONGEST_LINE);
                }
                passing = true;
                first = false;
                filled = 0;
            }
        }
        if (filled > 0 && !passing) {
            int from = first ? header(text, filled - 1, questions) : 0;
            questions.answer(text, from, filled);
        }
    }

    private static int available(InputStream in) {
        try {
            return in.available();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int read(InputStream in, byte[] text, int at) throws InputFailure {
        try {
            return in.read(text, at, text.length - at);
        } catch (IOException e) {
            throw new InputFailure(e);
        }
    }

    /** Where the last line feed is in {@code text[from, to)}, or -1. */
    private static int lastFeed(byte[] text, int from, int to) {
        int at = to - 1;
        while (at >= from && text[at] != '\n') {
            at--;
        }
        return at >= from ? at : -1;
    }

    /** Where the lines begin that are no header nor a byte order mark. */
    private int header(byte[] text, int last, Questions questions) {
        int from = 0;
        if (last >= 2
                && text[0] == (byte) 0xef
                && text[1] == (byte) 0xbb
                && text[2] == (byte) 0xbf) {
            from = 3;
        }
        int end = LineFeed.find(text, from, last + 1);
        Boolean given = request.header();
        if (given == null ? !Header.isOne(text, from, end) : !given) {
            return from;
        }
        if (given == null && !request.quiet()) {
            String line =
                    new String(Arrays.copyOfRange(text, from, end), StandardCharsets.UTF_8).strip();
            console.err()
                    .println(
                            "the first line is taken for a header: '"
                                    + Problem.printable(line)
                                    + "'");
        }
        questions.passLines(1);
        return Math.min(end + 1, last + 1);
    }

    /** Tells lines that could not be read: the first ones each, then now and then how many. */
    private static final class SaidLines implements Questions.Unreadable {

        private static final int EACH = 100;
        private static final long MINUTE_NANOS = 60_000_000_000L;

        private final Console console;
        private boolean lines;
        private long count;
        private long untold;
        private long lastNanos;

        SaidLines(Console console, boolean lines) {
            this.console = console;
            this.lines = lines;
        }

        void stdin() {
            lines = true;
        }

        @Override
        public void line(long number, byte[] text, int from, int to) {
            long now = System.nanoTime();
            if (++count > EACH && now - lastNanos < MINUTE_NANOS) {
                untold++;
                return;
            }
            lastNanos = now;
            String shown = new String(text, from, Math.min(to - from, 300), StandardCharsets.UTF_8);
            String what = WhyNot.of(shown);
            String line =
                    lines
                            ? Problem.NO_QUESTION.sayAt("standard input:" + number, what, shown)
                            : Problem.NO_QUESTION.say(what, shown);
            console.err().println(untold > 0 ? line + " (and " + untold + " before it)" : line);
            untold = 0;
        }

        void end() {
            if (untold > 0) {
                console.err()
                        .println(
                                Problem.NO_QUESTION.say(
                                        untold + " more lines are", "no questions"));
            }
        }
    }
}
