package org.asntally.sources.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.text.Detection.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Tells the format of an input from its head: every format reads the first lines, and the one that
 * reads most of them is it. Of formats that read equally many, the more particular one.
 */
public final class FormatDetector {
    /** Lines that are tried. */
    private static final int MAX_LINES = 64;

    private static final Set<FlowColumn> COLUMNS =
            Set.of(FlowColumn.SOURCE, FlowColumn.TIME, FlowColumn.BYTES, FlowColumn.WEIGHT);

    /** nginx's usual time formats in place of the common one. */
    private static final LogFormat ISO_TIME =
            new LogFormat(
                    "combined, ISO time",
                    "$remote_addr - $remote_user [$time_iso8601] \"$request\" $status"
                            + " $body_bytes_sent");

    /** The more particular ones first. */
    private static final List<LineFormat> CANDIDATES =
            List.of(
                    TcpdumpFormat.INSTANCE,
                    LogFormat.VHOST_COMBINED,
                    new LogFormat("vhost-combined", "%v " + LogFormat.COMBINED.pattern()),
                    LogFormat.VHOST,
                    LogFormat.MAIN,
                    LogFormat.COMBINED,
                    LogFormat.COMMON,
                    ISO_TIME,
                    NetfilterFormat.INSTANCE,
                    PlainFormat.TUPLE,
                    PlainFormat.LINE);

    private static final Pattern TIME_IN_BRACKETS =
            Pattern.compile("\\G\\[(?:\\d\\d/[A-Za-z]{3}/\\d{4}:|\\d{4}-\\d\\d-)");

    /** Behind a combined line: a dash, or addresses. */
    private static final Pattern LIST_AT_END =
            Pattern.compile("\" \"(?:[^\"\\\\]|\\\\.)*\" \"(?:-|[0-9a-fA-F:., ]+)\"$");

    private static final LineFormat FALLBACK = PlainFormat.LINE;

    private FormatDetector() {}

    /**
     * Looks at the unpacked head of an input.
     *
     * @param wholeFile whether {@code head[0, length)} is all there is, so that its last line is
     *     whole even without a line feed
     */
    public static Detection detect(byte[] head, int length, boolean wholeFile) {
        Detection binary = binary(head, length);
        if (binary != null) {
            return binary;
        }
        int[] read = new int[CANDIDATES.size()];
        int lines = 0;
        List<byte[]> json = new ArrayList<>();
        LinePrefix prefix = new LinePrefix(ReaderOptions.standard());
        LineReader[] readers =
                CANDIDATES.stream()
                        .map(format -> format.open(ReaderOptions.standard()))
                        .toArray(LineReader[]::new);
        FlowBatchBuilder flows = new FlowBatchBuilder(COLUMNS);
        for (int at = 0; at < length && lines < MAX_LINES; ) {
            int end = LineFeed.find(head, at, length);
            // The last line may be cut off, unless there is no other.
            boolean whole = end < length || wholeFile || lines == 0;
            if (whole && !isBlank(head, at, end)) {
                lines++;
                int start = behindMark(head, at, end);
                start = prefix.pass(head, start, end);
                if (isJson(head, start, end)) {
                    json.add(Arrays.copyOfRange(head, start, end));
                }
                for (int i = 0; i < readers.length; i++) {
                    int before = flows.rows();
                    SkipReason reason = readers[i].read(head, at, end, flows);
                    boolean counts =
                            reason == SkipReason.NONE
                                    ? flows.rows() > before
                                    : hasShape(CANDIDATES.get(i), reason);
                    read[i] += counts && fits(CANDIDATES.get(i), head, start, end) ? 1 : 0;
                    if (flows.isFull()) {
                        flows.build();
                    }
                }
            }
            at = end + 1;
        }
        return judge(read, lines, json);
    }

    /** The format for {@link #detect}'s certain answers, else null. */
    public static @Nullable FlowFormat tell(byte[] head, int length, boolean wholeFile) {
        Detection detection = detect(head, length, wholeFile);
        return detection.verdict() == Verdict.TOLD ? detection.format() : null;
    }

    private static Detection judge(int[] read, int lines, List<byte[]> json) {
        if (lines == 0) {
            return new Detection(Verdict.UNKNOWN, FALLBACK, "no lines");
        }
        if (json.size() * 2 > lines) {
            return json(json, lines);
        }
        int best = 0;
        for (int i = 1; i < read.length; i++) {
            best = read[i] > read[best] ? i : best;
        }
        if (read[best] == 0) {
            return new Detection(
                    Verdict.UNKNOWN, FALLBACK, "none of " + lines + " lines has a known shape");
        }
        return new Detection(
                Verdict.TOLD, CANDIDATES.get(best), read[best] + " of " + lines + " lines");
    }

    /**
     * Of the sets of fields the one by which most lines can be read, then that with most fields.
     */
    private static Detection json(List<byte[]> objects, int lines) {
        JsonFields best = JsonFields.ANY;
        int most = 0;
        int mostFields = 0;
        for (JsonFields set : JsonFields.SETS) {
            JsonFields there = set.only(seen(set, objects));
            int read = there.has(JsonFields.Role.CLIENT) ? read(there, objects) : 0;
            int fields = there.paths().size();
            if (read > most || (read == most && read > 0 && fields > mostFields)) {
                // Of a server's own set a field may be missing from some lines.
                boolean own = set.equals(JsonFields.CADDY) || set.equals(JsonFields.TRAEFIK);
                best = own ? set : there;
                most = read;
                mostFields = fields;
            }
        }
        return most == 0
                ? new Detection(
                        Verdict.UNKNOWN,
                        new JsonFormat(best),
                        "JSON without a field that is known to hold the client")
                : new Detection(
                        Verdict.TOLD, new JsonFormat(best), most + " of " + lines + " lines");
    }

    /** The paths of a set that some object has. */
    private static Set<String> seen(JsonFields set, List<byte[]> objects) {
        List<String> paths = List.copyOf(set.all());
        JsonScanner scanner = new JsonScanner(paths, List.of());
        Set<String> seen = new HashSet<>();
        for (byte[] object : objects) {
            if (scanner.scan(object, 0, object.length)) {
                for (int i = 0; i < paths.size(); i++) {
                    if (scanner.kind(i) != JsonScanner.Kind.NONE) {
                        seen.add(paths.get(i));
                    }
                }
            }
        }
        return seen;
    }

    private static int read(JsonFields fields, List<byte[]> objects) {
        LineReader reader = new JsonFormat(fields).open(ReaderOptions.standard());
        FlowBatchBuilder flows = new FlowBatchBuilder(Set.of(FlowColumn.SOURCE));
        int read = 0;
        for (byte[] object : objects) {
            SkipReason reason = reader.read(object, 0, object.length, flows);
            read += reason == SkipReason.NONE || reason == SkipReason.HOST_NAME ? 1 : 0;
        }
        return read;
    }

    /** Whether a line that gave no flow still has the format's shape. */
    private static boolean hasShape(LineFormat format, SkipReason reason) {
        if (format == TcpdumpFormat.INSTANCE) {
            return reason == SkipReason.NOT_IP || reason == SkipReason.HOST_NAME;
        }
        return format instanceof LogFormat
                && (reason == SkipReason.HOST_NAME
                        || reason == SkipReason.NO_ADDRESS
                        || reason == SkipReason.BAD_ADDRESS);
    }

    /** Tells apart the log formats that read one another's lines. */
    private static boolean fits(LineFormat format, byte[] text, int from, int to) {
        if (!(format instanceof LogFormat log)) {
            return true;
        }
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        String line = new String(text, from, Math.min(end - from, 4096), StandardCharsets.UTF_8);
        int time = line.indexOf('[');
        if (line.startsWith("[") && time == 0) {
            time = line.indexOf('[', 1);
        }
        if (time < 0 || !TIME_IN_BRACKETS.matcher(line).find(time)) {
            return false;
        }
        String before = line.substring(0, time).strip();
        int words = before.split(" +", -1).length;
        boolean vhost = log.name().startsWith("vhost");
        // A blank in the user's name is seen in common logs only.
        if (vhost != (words >= 4 && isHost(before.substring(0, before.indexOf(' '))))) {
            return false;
        }
        if (vhost
                && log.pattern().startsWith("%v:")
                        != before.substring(0, before.indexOf(' ')).matches(".*:\\d{1,5}")) {
            return false;
        }
        long quotes = line.chars().filter(c -> c == '"').count();
        boolean combined = quotes >= 6;
        if (log.equals(LogFormat.MAIN)) {
            return LIST_AT_END.matcher(line).find();
        }
        return log.name().contains("combined") == combined || log.equals(ISO_TIME);
    }

    /** Whether the first word is a virtual host rather than a client. */
    private static boolean isHost(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return new Address().parse(bytes, 0, bytes.length) == 0;
    }

    private static boolean isBlank(byte[] text, int from, int to) {
        int start = Blanks.skip(text, behindMark(text, from, to), to);
        return start == to || text[start] == '#';
    }

    private static int behindMark(byte[] text, int from, int to) {
        return Comments.startsWithMark(text, from, to) ? from + Comments.MARK : from;
    }

    private static boolean isJson(byte[] text, int from, int to) {
        int start = Blanks.skip(text, from, to);
        int end = Blanks.trim(text, start, to);
        return end - start >= 2
                && text[start] == '{'
                && (text[start + 1] == '"' || text[start + 1] == ' ' || text[start + 1] == '}');
    }

    private static @Nullable Detection binary(byte[] head, int length) {
        CaptureFormat capture = CaptureFormat.of(head, length);
        if (capture != null) {
            return new Detection(Verdict.TOLD, capture, "a " + capture.label() + " file");
        }
        if (length >= 2
                && ((head[0] == (byte) 0xff && head[1] == (byte) 0xfe)
                        || (head[0] == (byte) 0xfe && head[1] == (byte) 0xff))) {
            return new Detection(Verdict.NO_TEXT, FALLBACK, "text in UTF-16");
        }
        int controls = 0;
        int zeros = 0;
        for (int i = 0; i < length; i++) {
            byte b = head[i];
            zeros += b == 0 ? 1 : 0;
            controls += b >= 0 && b < ' ' && (b < '\t' || b > '\r') && b != 0x1b ? 1 : 0;
        }
        if (zeros * 3L > length) {
            return new Detection(Verdict.NO_TEXT, FALLBACK, "text in UTF-16, or binary data");
        }
        return controls * 20L > length
                ? new Detection(Verdict.NO_TEXT, FALLBACK, "binary data")
                : null;
    }
}
