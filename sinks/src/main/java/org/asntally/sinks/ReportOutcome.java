package org.asntally.sinks;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the report sink of this JVM's one count did: its way to tell the command line, which is not
 * in the graph. Thread-safe. Call {@link #reset} before a count begins.
 */
public final class ReportOutcome {

    /**
     * An output that could not be written.
     *
     * @param target the file as it was named, or {@code standard output}
     * @param reason the system's words
     */
    public record Failure(String target, String reason) {}

    private static final AtomicReference<CompletableFuture<Report>> FINAL =
            new AtomicReference<>(new CompletableFuture<>());
    private static final List<Failure> FAILURES = new CopyOnWriteArrayList<>();
    private static final AtomicBoolean PRINT = new AtomicBoolean();
    private static final AtomicBoolean REFUSED = new AtomicBoolean();
    private static final AtomicBoolean TIMED = new AtomicBoolean();
    private static final AtomicReference<@Nullable Runnable> BEFORE_END = new AtomicReference<>();
    private static final AtomicReference<byte @Nullable []> EXPOSITION = new AtomicReference<>();

    private ReportOutcome() {}

    /** Forgets everything. */
    public static void reset() {
        FINAL.set(new CompletableFuture<>());
        FAILURES.clear();
        PRINT.set(false);
        REFUSED.set(false);
        TIMED.set(false);
        BEFORE_END.set(null);
        EXPOSITION.set(null);
    }

    /** Comes when the final report is written to each output that can be written. */
    public static CompletableFuture<Report> whole() {
        return Objects.requireNonNull(FINAL.get());
    }

    /** The final report, once the count has ended; null if it ended without one. */
    public static @Nullable Report last() {
        return whole().getNow(null);
    }

    /** Outputs that could not be written, in order. A reader that went away is none. */
    public static List<Failure> failures() {
        return List.copyOf(FAILURES);
    }

    /**
     * Asks for the next look at an {@linkplain ReportSpec#exposed exposed} count to be printed; the
     * looks at others are always printed.
     */
    public static void requestPrint() {
        PRINT.set(true);
    }

    /** The last look at an exposed count as Prometheus text; null before the first. */
    public static byte @Nullable [] exposition() {
        return EXPOSITION.get();
    }

    /** Whether a print was asked for since the last call. */
    public static boolean takePrintRequest() {
        return PRINT.getAndSet(false);
    }

    /** The count ends with a problem: no report is written any more. */
    public static void refuse() {
        REFUSED.set(true);
    }

    /** Whether {@link #refuse} was called. */
    public static boolean isRefused() {
        return REFUSED.get();
    }

    /** An input tells the times of its flows; before, all are of the moment of reading. */
    public static void tellTimes() {
        TIMED.set(true);
    }

    /** Whether {@link #tellTimes} was called: what was read has a newest time then. */
    public static boolean isTimed() {
        return TIMED.get();
    }

    /** Has something done when all is read, before the final report is written. */
    public static void beforeEnd(Runnable action) {
        BEFORE_END.set(action);
    }

    /** All is read, and the final report is about to be written. */
    public static void ending() {
        Runnable action = BEFORE_END.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    /** Tells the final report. */
    public static void ended(Report report) {
        whole().complete(report);
    }

    /** Tells an output that could not be written. */
    public static void failed(Failure failure) {
        FAILURES.add(failure);
    }

    /** Tells the newest look. */
    public static void exposed(byte[] text) {
        EXPOSITION.set(text);
    }
}
