package org.asntally.sources.flink;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.asntally.sources.ExporterHealth;
import org.asntally.sources.ExporterTable;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where readers tell the user things, and where the command line learns which inputs failed. One
 * for the JVM, thread-safe. Until a sink is installed, notices are logged.
 *
 * <p>Of the bad lines of one input and reason the first is told at once, the others once a minute
 * with their number; a sink may ask for each.
 */
public final class Notices {

    /** Handles notices; called by the reading threads, so it must be quick and thread-safe. */
    @FunctionalInterface
    public interface Sink {
        /** Handles a notice, which is valid during this call only. */
        void tell(Notice notice);

        /** Hears of the format that was told for an input, before a line of it is read. */
        default void formatTold(String input, FlowFormat format) {}

        /** Whether each bad line is wanted, however many. */
        default boolean wantsEveryLine() {
            return false;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final int QUOTE = 80;
    private static final int FIRST_BYTES = 16;
    private static final int FIRST_RECORDS = 3;
    private static final int FIRST_RECORD_BYTES = 256;
    private static final int FAILED = 1_000;
    private static final int TRACKED = 1_000;

    /** So many exporters of an input are told apart. */
    private static final int EXPORTERS = 10;

    private static final long REPEAT_NANOS = 60_000_000_000L;

    private static final Map<Repeated, Told> TOLD = new ConcurrentHashMap<>();
    private static final Set<String> FAILED_INPUTS = new LinkedHashSet<>();
    private static volatile Sink sink = Notices::log;

    private Notices() {}

    /** Puts this sink in place of the one before. */
    public static void install(Sink newSink) {
        sink = newSink;
    }

    /** The names of the inputs that could not be read to their end, the first thousand of them. */
    public static Set<String> failedInputs() {
        synchronized (FAILED_INPUTS) {
            return new LinkedHashSet<>(FAILED_INPUTS);
        }
    }

    /** Forgets failures, repetitions and the installed sink: for a JVM that counts again. */
    public static void reset() {
        sink = Notices::log;
        TOLD.clear();
        synchronized (FAILED_INPUTS) {
            FAILED_INPUTS.clear();
        }
    }

    /** Tells which format was taken for an input. */
    public static void formatChosen(String input, FlowFormat format) {
        Sink now = sink;
        now.tell(
                new Notice(
                        Notice.Kind.FORMAT_CHOSEN,
                        input,
                        SkipReason.NONE,
                        format.label(),
                        1,
                        () -> 0L));
        now.formatTold(input, format);
    }

    /** Tells that an input could not be opened or read to its end; once per input. */
    public static void inputFailed(String input, String cause) {
        synchronized (FAILED_INPUTS) {
            if (FAILED_INPUTS.contains(input)) {
                return;
            }
            if (FAILED_INPUTS.size() < FAILED) {
                FAILED_INPUTS.add(input);
            }
        }
        tellCause(Notice.Kind.INPUT_FAILED, input, SkipReason.BROKEN_INPUT, cause, 1);
    }

    /** Tells that something cannot be read now and is tried again, once a minute. */
    public static void inputTrouble(String input, String cause) {
        long count = told(input, SkipReason.NONE).next();
        if (count > 0) {
            tellCause(Notice.Kind.INPUT_TROUBLE, input, SkipReason.NONE, cause, count);
        }
    }

    /** Tells that a routing table is not used, once a minute for each. */
    public static void tableRefused(String table, String cause) {
        long count = told("table " + table, SkipReason.NONE).next();
        if (count > 0) {
            tellCause(Notice.Kind.TABLE_REFUSED, table, SkipReason.NONE, cause, count);
        }
    }

    /** Tells that bytes are gone before they were read. */
    static void bytesLost(String input, long bytes, String cause) {
        tellCause(Notice.Kind.BYTES_LOST, input, SkipReason.LOST_BYTES, cause, bytes);
    }

    /** Tells that a socket's buffer is smaller than was asked for; in bytes. */
    static void smallBuffer(String address, long given, long wanted) {
        if (told("buffer of " + address, SkipReason.NONE).next() > 0) {
            tellCause(
                    Notice.Kind.SMALL_BUFFER,
                    address,
                    SkipReason.NONE,
                    Long.toString(given),
                    wanted);
        }
    }

    /** Tells that another process receives at the same address. */
    static void addressShared(String address) {
        if (told("sharing of " + address, SkipReason.NONE).next() > 0) {
            tellCause(Notice.Kind.ADDRESS_SHARED, address, SkipReason.NONE, "", 1);
        }
    }

    /** Tells that there was no room for datagrams, once a minute. */
    static void datagramsDropped(String address, SkipReason reason, long datagrams, String cause) {
        long count = told(address, reason).next(datagrams);
        if (count > 0) {
            tellCause(Notice.Kind.DATAGRAMS_DROPPED, address, reason, cause, count);
        }
    }

    /** Tells what became of all datagrams of a source, at its end. */
    static void received(String source, String text) {
        sink.tell(
                new Notice(
                        Notice.Kind.DATAGRAMS_RECEIVED,
                        source,
                        SkipReason.NONE,
                        text,
                        1,
                        () -> 0L));
    }

    /** Tells that datagrams of an exporter never came, once a minute. */
    static void datagramsLost(String source, String exporter, long datagrams) {
        long count = told(source + ' ' + exporter, SkipReason.NONE).next(datagrams);
        if (count > 0) {
            tellCause(Notice.Kind.DATAGRAMS_LOST, source, SkipReason.NONE, exporter, count);
        }
    }

    /** Tells what is missing of the exporters, of those with the most of it. */
    static void exporterLosses(String input, List<ExporterHealth> exporters) {
        List<ExporterHealth> lossy =
                exporters.stream()
                        .filter(ExporterHealth::hasLoss)
                        .sorted(Comparator.comparingLong(ExporterHealth::lostDatagrams).reversed())
                        .toList();
        for (ExporterHealth one : lossy.subList(0, Math.min(EXPORTERS, lossy.size()))) {
            exporterLoss(input, one.text(), one.lostDatagrams());
        }
        if (lossy.size() > EXPORTERS) {
            exporterLoss(input, "the same of " + (lossy.size() - EXPORTERS) + " others", 0);
        }
    }

    /** Tells what was refused of exporters, of those with the most of it. */
    public static void exporterRefusals(String source, ExporterTable exporters) {
        List<ExporterTable.Entry> refused =
                exporters.known().stream()
                        .filter(entry -> entry.allRefused() > 0)
                        .sorted(
                                Comparator.comparingLong(ExporterTable.Entry::allRefused)
                                        .reversed())
                        .toList();
        for (ExporterTable.Entry one : refused.subList(0, Math.min(EXPORTERS, refused.size()))) {
            exporterRefusal(
                    source,
                    "exporter "
                            + one.exporter()
                            + ": "
                            + one.flows()
                            + " flows; refused: "
                            + ExporterHealth.reasons(one.refused()),
                    one.allRefused());
        }
        if (refused.size() > EXPORTERS) {
            exporterRefusal(source, "so of " + (refused.size() - EXPORTERS) + " others", 0);
        }
    }

    private static void exporterRefusal(String source, String text, long count) {
        sink.tell(
                new Notice(
                        Notice.Kind.EXPORTER_REFUSED,
                        source,
                        SkipReason.NONE,
                        text,
                        count,
                        () -> 0L));
    }

    private static void exporterLoss(String input, String text, long count) {
        sink.tell(
                new Notice(
                        Notice.Kind.EXPORTER_LOSS,
                        input,
                        SkipReason.LOST_DATAGRAMS,
                        text,
                        count,
                        () -> 0L));
    }

    /** Tells that records are gone before they were read. */
    public static void recordsLost(String input, long records, String cause) {
        tellCause(Notice.Kind.RECORDS_LOST, input, SkipReason.LOST_RECORDS, cause, records);
    }

    private static void tellCause(
            Notice.Kind kind, String input, SkipReason reason, String cause, long count) {
        byte[] text = cause.getBytes(StandardCharsets.UTF_8);
        sink.tell(
                new Notice(
                        kind,
                        input,
                        reason,
                        quote(text, 0, text.length, 2 * QUOTE),
                        count,
                        () -> 0L));
    }

    /** Tells of a line that gave no flow, unless the like of it was told within the minute. */
    static void badLine(
            Told told,
            String input,
            SkipReason reason,
            byte[] text,
            int from,
            int to,
            LongSupplier lineNumber) {
        Sink now = sink;
        long count = 1;
        if (!now.wantsEveryLine()) {
            count = told.next();
        }
        if (count > 0) {
            now.tell(
                    new Notice(
                            Notice.Kind.BAD_LINE,
                            input,
                            reason,
                            quote(text, from, to, QUOTE),
                            count,
                            lineNumber));
        }
    }

    /** Tells of a packet that gave no flow, unless the like of it was told within the minute. */
    static void badPacket(
            Told told,
            String input,
            SkipReason reason,
            byte[] bytes,
            int from,
            int to,
            long position) {
        Sink now = sink;
        long count = now.wantsEveryLine() ? 1 : told.next();
        if (count > 0) {
            int end = Math.min(to, from + FIRST_BYTES);
            String text =
                    "byte "
                            + position
                            + ", which begins with "
                            + HexFormat.ofDelimiter(" ").formatHex(bytes, from, end)
                            + (end < to ? " …" : "");
            now.tell(new Notice(Notice.Kind.BAD_PACKET, input, reason, text, count, () -> 0L));
        }
    }

    /**
     * Tells of a record that gave no flow: of the first few of each reason at once, of the others
     * once a minute with their number.
     *
     * @param place where it stands
     */
    public static void badRecord(
            String input, SkipReason reason, String place, byte[] record, long number) {
        long count = number <= FIRST_RECORDS ? 1 : told(input, reason).next();
        if (count > 0) {
            String text = place + ", which is " + hex(record, FIRST_RECORD_BYTES);
            sink.tell(new Notice(Notice.Kind.BAD_RECORD, input, reason, text, count, () -> 0L));
        }
    }

    /** The first bytes of a record, as digits. */
    public static String hex(byte[] record, int most) {
        if (record.length == 0) {
            return "empty";
        }
        int end = Math.min(record.length, most);
        return HexFormat.of().formatHex(record, 0, end)
                + (end < record.length ? "… (" + record.length + " bytes)" : "");
    }

    /**
     * The text as it may be shown on a terminal: control and format characters escaped, what is no
     * UTF-8 replaced, cut to {@code limit} characters.
     */
    public static String quote(byte[] text, int from, int to, int limit) {
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        // One character takes at most four bytes; the spare ones keep the cut out of sight.
        int bytes = Math.min(end - from, 4 * (limit + 1));
        String line = new String(text, from, bytes, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(limit + 8);
        int at = 0;
        while (at < line.length() && out.length() < limit) {
            int c = line.codePointAt(at);
            at += Character.charCount(c);
            switch (c) {
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\\' -> out.append("\\\\");
                default -> append(out, c);
            }
        }
        if (at < line.length() || bytes < end - from) {
            out.append('…');
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    out.append(
                            c < 0x100 ? String.format("\\x%02x", c) : String.format("\\u{%x}", c));
            default -> out.appendCodePoint(c);
        }
    }

    /** What was told of bad lines of this input and reason. */
    static Told told(String input, SkipReason reason) {
        Repeated key = new Repeated(input, reason);
        Told told = TOLD.get(key);
        if (told == null) {
            // Thousands of bad inputs share one entry per reason, so this stays bounded.
            Repeated bounded = TOLD.size() < TRACKED ? key : new Repeated("", reason);
            told = TOLD.computeIfAbsent(bounded, k -> new Told());
        }
        return told;
    }

    private static void log(Notice notice) {
        switch (notice.kind()) {
            case FORMAT_CHOSEN -> LOG.info("{}: read as {}", notice.input(), notice.text());
            case INPUT_FAILED -> LOG.warn("{}: {}", notice.input(), notice.text());
            case INPUT_TROUBLE -> LOG.warn("{}: {}, tried again", notice.input(), notice.text());
            case TABLE_REFUSED -> LOG.warn("a routing table is refused: {}", notice.text());
            case BYTES_LOST ->
                    LOG.warn(
                            "{}: {} bytes lost, {}", notice.input(), notice.count(), notice.text());
            case SMALL_BUFFER ->
                    LOG.warn(
                            "{}: a receive buffer of {} bytes, {} were asked for",
                            notice.input(),
                            notice.text(),
                            notice.count());
            case ADDRESS_SHARED ->
                    LOG.warn("{}: another process receives here too", notice.input());
            case DATAGRAMS_DROPPED ->
                    LOG.warn(
                            "{}: {} datagrams dropped, {}",
                            notice.input(),
                            notice.count(),
                            notice.text());
            case DATAGRAMS_RECEIVED -> LOG.info("{}: {}", notice.input(), notice.text());
            case DATAGRAMS_LOST ->
                    LOG.warn(
                            "{}: {} datagrams of {} lost",
                            notice.input(),
                            notice.count(),
                            notice.text());

            case EXPORTER_LOSS, EXPORTER_REFUSED ->
                    LOG.warn("{}: {}", notice.input(), notice.text());
            case BAD_PACKET ->
                    LOG.warn(
                            "{}: skipped, {} in the packet at {} ({} such)",
                            notice.input(),
                            notice.reason().label(),
                            notice.text(),
                            notice.count());
            case RECORDS_LOST ->
                    LOG.warn(
                            "{}: {} records lost, {}",
                            notice.input(),
                            notice.count(),
                            notice.text());
            case BAD_RECORD ->
                    LOG.warn(
                            "{}: skipped, {} in the record at {} ({} such)",
                            notice.input(),
                            notice.reason().label(),
                            notice.text(),
                            notice.count());
            case BAD_LINE ->
                    LOG.warn(
                            "{}:{}: skipped, {}: '{}' ({} such)",
                            notice.input(),
                            notice.line(),
                            notice.reason().label(),
                            notice.text(),
                            notice.count());
        }
    }

    private record Repeated(String input, SkipReason reason) {}

    /** Remembers when the like was told last, and counts what was not told since. */
    static final class Told {
        private final AtomicLong since = new AtomicLong();
        private final AtomicLong nextAt = new AtomicLong(System.nanoTime());

        /** How many there were since the last one that was told; 0 when it is too early to tell. */
        long next() {
            return next(1);
        }

        /** The same of several at once. */
        long next(long more) {
            since.addAndGet(more);
            long at = nextAt.get();
            long now = System.nanoTime();
            return now - at >= 0 && nextAt.compareAndSet(at, now + REPEAT_NANOS)
                    ? since.getAndSet(0)
                    : 0;
        }
    }
}
