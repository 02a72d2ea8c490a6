package org.asntally.job.local;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.ReportOutcome;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.asntally.sources.flink.Notice;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error what readers tell. With {@code --strict} the first unreadable line ends
 * the count instead. Called by the reading threads.
 */
public final class ReaderNotices implements Notices.Sink {

    private final @Nullable CountRequest request;
    private final Console console;
    private final boolean strict;
    private final boolean quiet;
    private final boolean asWarnings;
    private final CompletableFuture<Fault> end = new CompletableFuture<>();
    private final Set<String> units = ConcurrentHashMap.newKeySet();

    ReaderNotices(CountRequest request, Console console) {
        this.request = request;
        this.console = console;
        this.strict = request.reading().strict();
        this.quiet = request.run().quiet();
        this.asWarnings = request.dialect() == CountRequest.Dialect.ASNCOUNTER;
    }

    /** Of a job that goes on whatever is read. */
    public ReaderNotices(Console console, boolean quiet) {
        this.request = null;
        this.console = console;
        this.strict = false;
        this.quiet = quiet;
        this.asWarnings = false;
    }

    /** Comes when the count is to end early, and why. */
    CompletableFuture<Fault> end() {
        return end;
    }

    /** What the inputs hold that told their kind when they were read. */
    Set<String> units() {
        return units;
    }

    @Override
    public void formatTold(String input, FlowFormat format) {
        units.add(format.units());
        if (format.provides(FlowColumn.TIME)) {
            ReportOutcome.tellTimes();
        }
        Fault refusal = request == null ? null : CountPlan.refusal(request, format);
        if (refusal != null) {
            end(refusal);
        }
    }

    @Override
    public void tell(Notice notice) {
        switch (notice.kind()) {
            case FORMAT_CHOSEN -> {
                if (!quiet && !asWarnings) {
                    say(notice.input() + ": read as " + notice.text());
                }
            }
            case INPUT_FAILED ->
                    console.err().println(Problem.BROKEN_INPUT.say(notice.input(), notice.text()));
            case INPUT_TROUBLE ->
                    console.err().println(Problem.INPUT_TROUBLE.say(notice.input(), notice.text()));
            case TABLE_REFUSED -> console.err().println(Problem.DAMAGED_TABLE.say(notice.text()));
            case BYTES_LOST ->
                    console.err()
                            .println(
                                    Problem.BYTES_LOST.say(
                                            notice.input(), notice.count(), notice.text()));
            case SMALL_BUFFER ->
                    console.err()
                            .println(
                                    Problem.SMALL_BUFFER.say(
                                            notice.input(), notice.text(), notice.count()));
            case ADDRESS_SHARED ->
                    console.err().println(Problem.ADDRESS_SHARED.say(notice.input()));
            case DATAGRAMS_DROPPED ->
                    console.err()
                            .println(
                                    Problem.DATAGRAMS_DROPPED.say(
                                            notice.input(), notice.count(), notice.text()));
            case DATAGRAMS_RECEIVED -> {
                if (!quiet) {
                    say(notice.input() + ": " + notice.text());
                }
            }
            case DATAGRAMS_LOST ->
                    console.err()
                            .println(
                                    Problem.DATAGRAMS_LOST.say(
                                            notice.input(), notice.text(), notice.count()));
            case EXPORTER_LOSS -> {
                if (!quiet) {
                    console.err()
                            .println(Problem.EXPORTER_LOSS.sayAt(notice.input(), notice.text()));
                }
            }
            case EXPORTER_REFUSED -> {
                if (!quiet) {
                    console.err()
                            .println(Problem.EXPORTER_REFUSED.sayAt(notice.input(), notice.text()));
                }
            }
            case RECORDS_LOST ->
                    console.err()
                            .println(
                                    Problem.RECORDS_LOST.say(
                                            notice.input(), notice.count(), notice.text()));
            case BAD_RECORD -> badRecord(notice);
            case BAD_LINE -> badLine(notice);
            case BAD_PACKET -> badPacket(notice);
        }
    }

    private void end(Fault fault) {
        ReportOutcome.refuse();
        end.complete(fault);
    }

    private void badLine(Notice notice) {
        if (notice.reason() == SkipReason.BLANK || notice.reason() == SkipReason.NONE) {
            return;
        }
        long line = notice.line();
        String place = line > 0 ? notice.input() + ":" + line : notice.input();
        String what = notice.reason().label() + " in '" + notice.text() + "'";
        if (strict) {
            end(Fault.at(place, Problem.STRICT, what));
            return;
        }
        String more = notice.count() > 1 ? " (" + notice.count() + " such lines by now)" : "";
        console.err().println(Problem.BAD_LINE.sayAt(place, what + more));
    }

    private void badPacket(Notice notice) {
        String what = notice.reason().label() + " in the packet at " + notice.text();
        if (strict) {
            end(Fault.at(notice.input(), Problem.STRICT, what));
            return;
        }
        String more = notice.count() > 1 ? " (" + notice.count() + " such packets by now)" : "";
        console.err().println(Problem.BAD_PACKET.sayAt(notice.input(), what + more));
    }

    private void badRecord(Notice notice) {
        String what = notice.reason().label() + " in the record at " + notice.text();
        String more = notice.count() > 1 ? " (" + notice.count() + " such records by now)" : "";
        console.err().println(Problem.BAD_RECORD.sayAt(notice.input(), what + more));
    }

    private void say(String text) {
        console.err().println(Problem.printable(text));
    }
}
