package org.asntally.sources.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.LogTemplate.Content;
import org.asntally.sources.text.LogTemplate.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of access logs of one format, up to the last field that matters: the client, the
 * time, and what else is wanted. What stands behind it is not looked at.
 *
 * <p>Texts are those of the line, escapes ({@code \"}, {@code \x22}) as the server wrote them; a
 * dash alone is an empty text, and no number is 0.
 */
final class AccessLogLines implements LineReader {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SIX_BYTES = 0xffff_ffff_ffffL;

    /** A blank, a dash, a blank, a dash, a blank, a bracket. */
    private static final long DASHES = 0x5b20_2d20_2d20L;

    private final byte[] lead;
    private final Content[] contents;
    private final byte[][] ends;
    private final boolean[] quoted;
    private final boolean[] lists;
    private final int[] timeLengths;

    /** The field of the time where lines begin as most logs' do; else -1. */
    private final int usualTime;

    /** The status' field where request, status and bytes follow the usual time; else -1. */
    private final int usualStatus;

    /** The fields that the user named, or -1. */
    private final int weightField;

    private final boolean weighs;
    private final int listField;

    private final @Nullable TimeReader time;
    private final ClientText clients;
    private final @Nullable ForwardedClient forwarded;
    private final PythonFloat number = new PythonFloat();
    private final LinePrefix prefix;

    /** The builder for which the wishes below were asked. */
    private @Nullable FlowBatchBuilder asked;

    private boolean wantsTime;
    private boolean wantsStatus;
    private boolean wantsRequest;
    private boolean wantsBytes;
    private boolean wantsWeight;
    private int last;

    /** Whether all that is wanted is read at one go. */
    private boolean usual;

    private int peerFrom;
    private int peerTo;
    private int listFrom;
    private int listTo;

    AccessLogLines(LogTemplate template, ReaderOptions options) {
        int count = template.fields().size();
        lead = template.lead().getBytes(StandardCharsets.UTF_8);
        contents = new Content[count];
        ends = new byte[count][];
        quoted = new boolean[count];
        lists = new boolean[count];
        timeLengths = new int[count];
        TimeReader reader = null;
        for (int i = 0; i < count; i++) {
            Field field = template.fields().get(i);
            contents[i] = field.content();
            ends[i] = field.end().getBytes(StandardCharsets.UTF_8);
            quoted[i] = field.quoted();
            lists[i] = field.list();
            TimePattern pattern = field.time();
            timeLengths[i] = pattern == null ? -1 : pattern.length();
            if (pattern != null && field.content() == Content.TIME) {
                reader = new TimeReader(pattern, options.zone());
            }
        }
        time = reader;
        usualTime = usualTime(template);
        usualStatus = usualTime < 0 ? -1 : usualStatus(template, usualTime);
        clients = new ClientText(options);
        prefix = new LinePrefix(options);
        LogReading reading = options.logs();
        weighs = reading.weighs();
        weightField = reading.weight() == null ? -1 : template.named(reading.weight());
        listField = reading.clientFrom() == null ? -1 : template.named(reading.clientFrom());
        forwarded = listField < 0 ? null : new ForwardedClient(clients, reading.trusted());
    }

    /**
     * Most lines of most logs begin alike: an IPv4 address, two dashes, a time; then a request, a
     * status and a size. Those are read at one go, and their ends are looked for behind that.
     */
    @Override
    public int readBlock(byte[] text, int from, int to, FlowBatchBuilder flows, BadLines badLines) {
        if (flows != asked) {
            ask(flows);
        }
        if (!usual) {
            return LineReader.super.readBlock(text, from, to, flows, badLines);
        }
        int at = from;
        while (at < to && !flows.isFull()) {
            int next = readUsual(text, at, to, flows);
            if (next > 0) {
                at = next;
                continue;
            }
            if (text[at] == '\n') {
                at = LineReader.skipEmpty(text, at, to, flows);
                continue;
            }
            int end = LineFeed.find(text, at, to);
            SkipReason reason = read(text, at, end, flows);
            if (reason != SkipReason.NONE) {
                if (reason != SkipReason.BLANK) {
                    if (badLines.endsFormat(text, at, to)) {
                        return at;
                    }
                    badLines.badLine(reason, text, at, end);
                }
                flows.skip(reason);
            }
            at = end + 1;
        }
        return Math.min(at, to);
    }

    /** The start of the next line, or 0 when this one is not as usual. */
    private int readUsual(byte[] text, int from, int to, FlowBatchBuilder flows) {
        long quad = DottedQuad.parse(text, from, to);
        int dashes = from + DottedQuad.length(quad);
        int start = dashes + 6;
        int stop = start + timeLengths[usualTime];
        if (quad == 0
                || stop + 8 > to
                || ((long) LONG.get(text, dashes) & SIX_BYTES) != DASHES
                || !LogText.standsAt(text, stop, to, ends[usualTime])) {
            return 0;
        }
        int searchFrom = start;
        if (wantsTime && time != null) {
            if (!time.read(text, start, stop)) {
                return 0;
            }
            flows.time(time.millis());
            searchFrom = stop;
        }
        if (last != usualTime) {
            searchFrom = readRequest(text, stop + ends[usualTime].length, to, flows);
            if (searchFrom == 0) {
                return 0;
            }
        }
        int end = LineFeed.find(text, searchFrom, to);
        if (end < stop + ends[usualTime].length) {
            return 0;
        }
        flows.source4(DottedQuad.address(quad));
        flows.endFlow();
        return end + 1;
    }

    /** Reads request, status and bytes; where to look on for the line's end, or 0. */
    private int readRequest(byte[] text, int from, int to, FlowBatchBuilder flows) {
        int quote = LogText.endOfQuoted(text, from, to);
        int status = quote + 2;
        if (quote < 0 || status + 4 >= to || text[status - 1] != ' ' || text[status + 3] != ' ') {
            return 0;
        }
        if (wantsRequest) {
            takeRequest(text, from, quote, flows);
        }
        if (wantsStatus) {
            int number = TimeReader.digits(text, status, 3);
            if (number < 0) {
                return 0;
            }
            flows.number(FlowColumn.STATUS, number);
        }
        if (!wantsBytes) {
            return status + 3;
        }
        long bytes = 0;
        int at = status + 4;
        int first = at;
        while (at < to && text[at] >= '0' && text[at] <= '9' && at - first < 18) {
            bytes = bytes * 10 + (text[at++] - '0');
        }
        byte[] behind = ends[usualStatus + 1];
        boolean whole =
                at > first
                        && at < to
                        && (behind.length > 0
                                ? LogText.standsAt(text, at, to, behind)
                                : text[at] == ' ' || text[at] == '\n');
        if (!whole) {
            return 0;
        }
        flows.bytes(bytes);
        return at;
    }

    @Override
    public SkipReason read(byte[] text, int from, int to, FlowBatchBuilder flows) {
        if (flows != asked) {
            ask(flows);
        }
        int end = to;
        if (end > from && text[end - 1] == '\r') {
            end--;
        }
        int begin = prefix.expected() ? prefix.pass(text, from, end) : from;
        SkipReason reason = readFields(text, begin, end, flows);
        if (reason == SkipReason.NONE || begin > from) {
            return reason;
        }
        begin = Comments.startsWithMark(text, from, end) ? from + Comments.MARK : from;
        begin = prefix.pass(text, begin, end);
        if (begin > from) {
            return readFields(text, begin, end, flows);
        }
        int start = Blanks.skip(text, from, end);
        return start == end || text[start] == '#' ? SkipReason.BLANK : reason;
    }

    private SkipReason readFields(byte[] text, int from, int end, FlowBatchBuilder flows) {
        int at = from;
        if (lead.length > 0) {
            if (!LogText.standsAt(text, at, end, lead)) {
                return SkipReason.BAD_SHAPE;
            }
            at += lead.length;
        }
        peerTo = peerFrom;
        listTo = listFrom;
        for (int i = 0; i <= last; i++) {
            Content content = contents[i];
            int start = at;
            int stop = stop(i, text, start, end);
            if (stop < 0) {
                return SkipReason.BAD_SHAPE;
            }
            at = stop + ends[i].length;
            if (i == weightField && wantsWeight) {
                SkipReason reason = takeWeight(text, start, stop, 1, flows);
                if (reason != SkipReason.NONE) {
                    return reason;
                }
            }
            if (i == listField) {
                listFrom = start;
                listTo = stop;
            } else if (content != Content.OTHER) {
                SkipReason reason = take(content, text, start, stop, flows);
                if (reason != SkipReason.NONE) {
                    return reason;
                }
            }
        }
        if (forwarded != null) {
            SkipReason reason =
                    forwarded.source(text, peerFrom, peerTo, text, listFrom, listTo, flows);
            if (reason != SkipReason.NONE) {
                return reason;
            }
        }
        flows.endFlow();
        return SkipReason.NONE;
    }

    /** Where field {@code i} ends, or -1. */
    private int stop(int i, byte[] text, int start, int to) {
        byte[] end = ends[i];
        if (timeLengths[i] >= 0) {
            int stop = start + timeLengths[i];
            if (stop <= to && LogText.standsAt(text, stop, to, end)) {
                return stop;
            }
        }
        if (contents[i] == Content.TIME
                && timeLengths[i] < 0
                && time != null
                && time.read(text, start, to)
                && LogText.standsAt(text, time.end(), to, end)) {
            // It may have blanks within.
            return time.end();
        }
        if (end.length == 0) {
            return lastStop(i, text, start, to);
        }
        if (quoted[i]) {
            return LogText.findQuoted(text, start, to, end);
        }
        if (lists[i]) {
            return LogText.findBehindList(text, start, to, end);
        }
        int from = start;
        if (contents[i] == Content.VHOST && start < to && text[start] == '[') {
            // An IPv6 address, whose colons are not the one before the port.
            while (from < to && text[from] != ']') {
                from++;
            }
        }
        return LogText.find(text, from, to, end);
    }

    /** Where the last field ends: servers are given more fields behind those of a usual format. */
    private int lastStop(int i, byte[] text, int start, int to) {
        switch (contents[i]) {
            case CLIENT,
                    STATUS,
                    METHOD,
                    PATH,
                    VHOST,
                    BYTES_SENT,
                    BODY_BYTES,
                    SECONDS,
                    MILLISECONDS,
                    MICROSECONDS -> {
                return word(text, start, to);
            }
            case FORWARDED, TIME, REQUEST, AGENT, OTHER -> {
                return i == weightField ? word(text, start, to) : to;
            }
        }
        return to;
    }

    private static int word(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != ' ') {
            at++;
        }
        return at;
    }

    private SkipReason take(
            Content content, byte[] text, int start, int stop, FlowBatchBuilder flows) {
        switch (content) {
            case CLIENT -> {
                if (forwarded != null) {
                    peerFrom = start;
                    peerTo = stop;
                    return SkipReason.NONE;
                }
                return clients.source(text, start, stop, flows);
            }
            case FORWARDED -> {
                return clients.source(text, LogText.lastOfList(text, start, stop), stop, flows);
            }
            case TIME -> {
                return wantsTime ? takeTime(text, start, stop, flows) : SkipReason.NONE;
            }
            case STATUS -> {
                return wantsStatus ? takeStatus(text, start, stop, flows) : SkipReason.NONE;
            }
            case REQUEST -> {
                if (wantsRequest) {
                    takeRequest(text, start, stop, flows);
                }
                return SkipReason.NONE;
            }
            case METHOD -> {
                takeText(FlowColumn.METHOD, text, start, stop, flows);
                return SkipReason.NONE;
            }
            case PATH -> {
                takeText(FlowColumn.PATH, text, start, stop, flows);
                return SkipReason.NONE;
            }
            case AGENT -> {
                takeText(FlowColumn.AGENT, text, start, stop, flows);
                return SkipReason.NONE;
            }
            case VHOST -> {
                takeText(FlowColumn.VHOST, text, start, stop, flows);
                return SkipReason.NONE;
            }
            case BYTES_SENT, BODY_BYTES -> {
                return wantsBytes ? takeBytes(text, start, stop, flows) : SkipReason.NONE;
            }
            case SECONDS -> {
                return takeTaken(text, start, stop, 1, flows);
            }
            case MILLISECONDS -> {
                return takeTaken(text, start, stop, 1e3, flows);
            }
            case MICROSECONDS -> {
                return takeTaken(text, start, stop, 1e6, flows);
            }
            case OTHER -> {
                return SkipReason.NONE;
            }
        }
        return SkipReason.NONE;
    }

    private SkipReason takeTime(byte[] text, int start, int stop, FlowBatchBuilder flows) {
        if (time == null || !time.read(text, start, stop) || time.end() != stop) {
            return SkipReason.BAD_TIME;
        }
        flows.time(time.millis());
        return SkipReason.NONE;
    }

    private static boolean isDash(byte[] text, int start, int stop) {
        return stop - start == 1 && text[start] == '-';
    }

    private static SkipReason takeBytes(byte[] text, int start, int stop, FlowBatchBuilder flows) {
        long bytes = isDash(text, start, stop) ? 0 : LogText.wholeNumber(text, start, stop);
        if (bytes < 0) {
            return SkipReason.BAD_NUMBER;
        }
        flows.bytes(bytes);
        return SkipReason.NONE;
    }

    private static SkipReason takeStatus(byte[] text, int start, int stop, FlowBatchBuilder flows) {
        long status = isDash(text, start, stop) ? 0 : LogText.wholeNumber(text, start, stop);
        if (status < 0) {
            return SkipReason.BAD_NUMBER;
        }
        flows.number(FlowColumn.STATUS, status);
        return SkipReason.NONE;
    }

    /**
     * Method and path of a request line. What has no blank is no request (some client's noise): all
     * of it is the path, so that it can be looked for.
     */
    static void takeRequest(byte[] text, int start, int stop, FlowBatchBuilder flows) {
        int method = word(text, start, stop);
        if (method == stop) {
            flows.text(FlowColumn.METHOD, text, start, start);
            takeText(FlowColumn.PATH, text, start, stop, flows);
            return;
        }
        int end = stop;
        int blank = stop - 1;
        while (blank > method && text[blank] != ' ') {
            blank--;
        }
        if (blank > method && isProtocol(text, blank + 1, stop)) {
            end = blank;
        }
        flows.text(FlowColumn.METHOD, text, start, method);
        flows.text(FlowColumn.PATH, text, method + 1, end);
    }

    private static boolean isProtocol(byte[] text, int from, int to) {
        return to - from >= 5
                && text[from] == 'H'
                && text[from + 1] == 'T'
                && text[from + 2] == 'T'
                && text[from + 3] == 'P'
                && text[from + 4] == '/';
    }

    private static void takeText(
            FlowColumn column, byte[] text, int start, int stop, FlowBatchBuilder flows) {
        flows.text(column, text, start, isDash(text, start, stop) ? start : stop);
    }

    /** The time that a request took, unless the user weighs by another field. */
    private SkipReason takeTaken(
            byte[] text, int start, int stop, double perSecond, FlowBatchBuilder flows) {
        return wantsWeight && weightField < 0
                ? takeWeight(text, start, stop, perSecond, flows)
                : SkipReason.NONE;
    }

    private SkipReason takeWeight(
            byte[] text, int start, int stop, double perUnit, FlowBatchBuilder flows) {
        if (isDash(text, start, stop)) {
            flows.weight(0);
            return SkipReason.NONE;
        }
        if (!number.parse(text, start, stop)) {
            return SkipReason.BAD_NUMBER;
        }
        flows.weight(number.value() / perUnit);
        return SkipReason.NONE;
    }

    private static int usualTime(LogTemplate template) {
        List<Field> fields = template.fields();
        // nginx writes the first dash itself.
        int time = template.lead().isEmpty() && fields.get(0).end().equals(" - ") ? 2 : 3;
        return template.lead().isEmpty()
                        && fields.size() > time + 1
                        && fields.get(0).content() == Content.CLIENT
                        && (time == 2 || fields.get(0).end().equals(" "))
                        && fields.get(1).content() == Content.OTHER
                        && (time == 2 || fields.get(1).end().equals(" "))
                        && fields.get(time - 1).content() == Content.OTHER
                        && fields.get(time - 1).end().equals(" [")
                        && fields.get(time).content() == Content.TIME
                        && TimePattern.COMMON.equals(fields.get(time).time())
                ? time
                : -1;
    }

    /** Whether a quoted request, a status and bytes follow, as in common logs. */
    private static int usualStatus(LogTemplate template, int time) {
        List<Field> fields = template.fields();
        if (fields.size() < time + 4 || !fields.get(time).end().equals("] \"")) {
            return -1;
        }
        Field request = fields.get(time + 1);
        Field status = fields.get(time + 2);
        Field bytes = fields.get(time + 3);
        return request.content() == Content.REQUEST
                        && request.end().equals("\" ")
                        && status.content() == Content.STATUS
                        && status.end().equals(" ")
                        && (bytes.content() == Content.BYTES_SENT
                                || bytes.content() == Content.BODY_BYTES)
                        && (bytes.end().isEmpty() || bytes.end().startsWith(" "))
                ? time + 2
                : -1;
    }

    private void ask(FlowBatchBuilder flows) {
        asked = flows;
        wantsTime = flows.wants(FlowColumn.TIME);
        wantsStatus = flows.wants(FlowColumn.STATUS);
        wantsRequest = flows.wants(FlowColumn.METHOD) || flows.wants(FlowColumn.PATH);
        wantsBytes = flows.wants(FlowColumn.BYTES);
        wantsWeight = weighs && flows.wants(FlowColumn.WEIGHT);
        last = 0;
        for (int i = 0; i < contents.length; i++) {
            boolean matters =
                    i == listField
                            || (wantsWeight && i == weightField)
                            || matters(contents[i], flows);
            last = matters ? i : last;
        }
        usual =
                forwarded == null
                        && usualTime >= 0
                        && (last == usualTime
                                || (usualStatus >= 0
                                        && last <= usualStatus + 1
                                        && (weightField < 0 || weightField > last)));
    }

    private boolean matters(Content content, FlowBatchBuilder flows) {
        return switch (content) {
            case CLIENT, FORWARDED, TIME -> true;
            case STATUS -> wantsStatus;
            case REQUEST -> wantsRequest;
            case METHOD -> flows.wants(FlowColumn.METHOD);
            case PATH -> flows.wants(FlowColumn.PATH);
            case AGENT -> flows.wants(FlowColumn.AGENT);
            case VHOST -> flows.wants(FlowColumn.VHOST);
            case BYTES_SENT, BODY_BYTES -> wantsBytes;
            case SECONDS, MILLISECONDS, MICROSECONDS -> wantsWeight && weightField < 0;
            case OTHER -> false;
        };
    }
}
