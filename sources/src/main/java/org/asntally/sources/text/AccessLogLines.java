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
    private final int[] timeLengths;

    /** The field of the time where lines begin as most logs' do; else -1. */
    private final int usualTime;

    private final @Nullable TimeReader time;
    private final ClientText clients;
    private final PythonFloat number = new PythonFloat();

    /** The builder for which the wishes below were asked. */
    private @Nullable FlowBatchBuilder asked;

    private boolean wantsTime;
    private boolean wantsBytes;
    private boolean wantsWeight;
    private int last;

    AccessLogLines(LogTemplate template, ReaderOptions options) {
        int count = template.fields().size();
        lead = template.lead().getBytes(StandardCharsets.UTF_8);
        contents = new Content[count];
        ends = new byte[count][];
        quoted = new boolean[count];
        timeLengths = new int[count];
        TimeReader reader = null;
        for (int i = 0; i < count; i++) {
            Field field = template.fields().get(i);
            contents[i] = field.content();
            ends[i] = field.end().getBytes(StandardCharsets.UTF_8);
            quoted[i] = field.quoted();
            TimePattern pattern = field.time();
            timeLengths[i] = pattern == null ? -1 : pattern.length();
            if (pattern != null && field.content() == Content.TIME) {
                reader = new TimeReader(pattern, options.zone());
            }
        }
        time = reader;
        usualTime = usualTime(template);
        clients = new ClientText(options);
    }

    /**
     * Most lines of most logs begin alike: an IPv4 address, two dashes, a time. Those are read at
     * one go, and their ends are looked for behind that.
     */
    @Override
    public int readBlock(byte[] text, int from, int to, FlowBatchBuilder flows, BadLines badLines) {
        if (flows != asked) {
            ask(flows);
        }
        if (last != usualTime) {
            return LineReader.super.readBlock(text, from, to, flows, badLines);
        }
        int at = from;
        while (at < to && !flows.isFull()) {
            int next = readUsual(text, at, to, flows);
            if (next > 0) {
                at = next;
                continue;
            }
            int end = LineFeed.find(text, at, to);
            SkipReason reason = read(text, at, end, flows);
            if (reason != SkipReason.NONE) {
                flows.skip(reason);
                if (reason != SkipReason.BLANK) {
                    badLines.badLine(reason, text, at, end);
                }
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
        int end = LineFeed.find(text, searchFrom, to);
        if (end < stop + ends[usualTime].length) {
            return 0;
        }
        flows.source4(DottedQuad.address(quad));
        flows.endFlow();
        return end + 1;
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
        SkipReason reason = readFields(text, from, end, flows);
        if (reason == SkipReason.NONE) {
            return reason;
        }
        if (Comments.startsWithMark(text, from, end)) {
            return readFields(text, from + Comments.MARK, end, flows);
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
        for (int i = 0; i <= last; i++) {
            Content content = contents[i];
            int start = at;
            int stop = stop(i, text, start, end);
            if (stop < 0) {
                return SkipReason.BAD_SHAPE;
            }
            at = stop + ends[i].length;
            if (content != Content.OTHER) {
                SkipReason reason = take(content, text, start, stop, flows);
                if (reason != SkipReason.NONE) {
                    return reason;
                }
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
        return contents[i] == Content.FORWARDED
                ? LogText.findBehindList(text, start, to, end)
                : quoted[i]
                        ? LogText.findQuoted(text, start, to, end)
                        : LogText.find(text, start, to, end);
    }

    /** Where the last field ends: servers are given more fields behind those of a usual format. */
    private int lastStop(int i, byte[] text, int start, int to) {
        switch (contents[i]) {
            case CLIENT, BYTES_SENT, BODY_BYTES, SECONDS, MILLISECONDS, MICROSECONDS -> {
                int stop = start;
                while (stop < to && text[stop] != ' ') {
                    stop++;
                }
                return stop;
            }
            case FORWARDED, TIME, OTHER -> {
                return to;
            }
        }
        return to;
    }

    private SkipReason take(
            Content content, byte[] text, int start, int stop, FlowBatchBuilder flows) {
        switch (content) {
            case CLIENT -> {
                return clients.source(text, start, stop, flows);
            }
            case FORWARDED -> {
                return clients.source(text, LogText.lastOfList(text, start, stop), stop, flows);
            }
            case TIME -> {
                return wantsTime ? takeTime(text, start, stop, flows) : SkipReason.NONE;
            }
            case BYTES_SENT, BODY_BYTES -> {
                return wantsBytes ? takeBytes(text, start, stop, flows) : SkipReason.NONE;
            }
            case SECONDS -> {
                return takeWeight(text, start, stop, 1, flows);
            }
            case MILLISECONDS -> {
                return takeWeight(text, start, stop, 1e3, flows);
            }
            case MICROSECONDS -> {
                return takeWeight(text, start, stop, 1e6, flows);
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

    /** A dash is no byte. */
    private static SkipReason takeBytes(byte[] text, int start, int stop, FlowBatchBuilder flows) {
        if (stop - start == 1 && text[start] == '-') {
            flows.bytes(0);
            return SkipReason.NONE;
        }
        long bytes = LogText.wholeNumber(text, start, stop);
        if (bytes < 0) {
            return SkipReason.BAD_NUMBER;
        }
        flows.bytes(bytes);
        return SkipReason.NONE;
    }

    private SkipReason takeWeight(
            byte[] text, int start, int stop, double perSecond, FlowBatchBuilder flows) {
        if (!wantsWeight) {
            return SkipReason.NONE;
        }
        if (!number.parse(text, start, stop)) {
            return SkipReason.BAD_NUMBER;
        }
        flows.weight(number.value() / perSecond);
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

    private void ask(FlowBatchBuilder flows) {
        asked = flows;
        wantsTime = flows.wants(FlowColumn.TIME);
        wantsBytes = flows.wants(FlowColumn.BYTES);
        wantsWeight = flows.wants(FlowColumn.WEIGHT);
        last = 0;
        for (int i = 0; i < contents.length; i++) {
            boolean matters =
                    switch (contents[i]) {
                        case CLIENT, FORWARDED, TIME -> true;
                        case BYTES_SENT, BODY_BYTES -> wantsBytes;
                        case SECONDS, MILLISECONDS, MICROSECONDS -> wantsWeight;
                        case OTHER -> false;
                    };
            last = matters ? i : last;
        }
    }
}
