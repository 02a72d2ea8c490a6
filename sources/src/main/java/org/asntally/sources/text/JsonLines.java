package org.asntally.sources.text;

import java.util.ArrayList;
import java.util.List;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.SkipReason;
import org.asntally.sources.text.JsonFields.Role;
import org.asntally.sources.text.JsonScanner.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects, one a line, by the paths of their fields. Only what is wanted is looked for.
 *
 * <p>Numbers may be strings. What is not there, null or a dash is 0 or an empty text; a time that
 * is not there is a bad line, unless the format has none.
 */
final class JsonLines implements LineReader {
    private static final Role[] DURATIONS = {
        Role.SECONDS, Role.MILLISECONDS, Role.MICROSECONDS, Role.NANOSECONDS
    };

    private final JsonFields fields;
    private final LogReading reading;
    private final ClientText clients;
    private final @Nullable ForwardedClient forwarded;
    private final AnyTime time;
    private final PythonFloat number = new PythonFloat();
    private final GoDuration duration = new GoDuration();
    private final LinePrefix prefix;

    /** The builder for which the paths below were asked. */
    private @Nullable FlowBatchBuilder asked;

    private JsonScanner scanner = new JsonScanner(List.of(), List.of());

    /** The numbers of the paths of a column, the best first; null: not wanted. */
    private int[] client = {};

    private int @Nullable [] list;
    private int @Nullable [] times;
    private int @Nullable [] status;
    private int @Nullable [] bytes;
    private int @Nullable [] weights;
    private int @Nullable [] request;
    private int @Nullable [] method;
    private int @Nullable [] path;
    private int @Nullable [] agent;
    private int @Nullable [] vhost;
    private double perSecond = 1;

    /** The value that was taken last. */
    private byte[] value = {};

    private int from;
    private int to;
    private int used;

    JsonLines(JsonFields fields, ReaderOptions options) {
        this.fields = fields;
        reading = options.logs();
        clients = new ClientText(options);
        forwarded =
                reading.clientFrom() == null
                        ? null
                        : new ForwardedClient(clients, reading.trusted());
        time = new AnyTime(options.zone());
        prefix = new LinePrefix(options);
    }

    private void ask(FlowBatchBuilder flows) {
        asked = flows;
        List<String> paths = new ArrayList<>();
        List<String> wholes = new ArrayList<>();
        String header = reading.clientFrom();
        list = null;
        Role peer = Role.CLIENT;
        if (header != null) {
            wholes.addAll(fields.named(header));
            list = slots(wholes, paths);
            peer = fields.has(Role.PEER) ? Role.PEER : Role.CLIENT;
        }
        client = slots(fields.of(peer), paths);
        times = wanted(flows, FlowColumn.TIME, Role.TIME, paths);
        status = wanted(flows, FlowColumn.STATUS, Role.STATUS, paths);
        bytes = wanted(flows, FlowColumn.BYTES, Role.BYTES, paths);
        method = wanted(flows, FlowColumn.METHOD, Role.METHOD, paths);
        path = wanted(flows, FlowColumn.PATH, Role.PATH, paths);
        agent = wanted(flows, FlowColumn.AGENT, Role.AGENT, paths);
        vhost = wanted(flows, FlowColumn.VHOST, Role.VHOST, paths);
        boolean split =
                (flows.wants(FlowColumn.METHOD) && !fields.has(Role.METHOD))
                        || (flows.wants(FlowColumn.PATH) && !fields.has(Role.PATH));
        request = split && fields.has(Role.REQUEST) ? slots(fields.of(Role.REQUEST), paths) : null;
        weights = null;
        perSecond = 1;
        if (reading.weighs() && flows.wants(FlowColumn.WEIGHT)) {
            weigh(paths);
        }
        scanner = new JsonScanner(paths, wholes);
    }

    private void weigh(List<String> paths) {
        String field = reading.weight();
        if (field != null) {
            weights = slots(fields.named(field), paths);
            return;
        }
        for (Role role : DURATIONS) {
            if (fields.has(role)) {
                weights = slots(fields.of(role), paths);
                perSecond = role.perSecond();
                return;
            }
        }
    }

    private int @Nullable [] wanted(
            FlowBatchBuilder flows, FlowColumn column, Role role, List<String> paths) {
        return flows.wants(column) && fields.has(role) ? slots(fields.of(role), paths) : null;
    }

    private static int[] slots(List<String> wanted, List<String> paths) {
        int[] slots = new int[wanted.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = paths.size();
            paths.add(wanted.get(i));
        }
        return slots;
    }

    @Override
    public SkipReason read(byte[] text, int start, int stop, FlowBatchBuilder flows) {
        if (flows != asked) {
            ask(flows);
        }
        int begin = prefix.expected() ? prefix.pass(text, start, stop) : start;
        SkipReason reason = readObject(text, begin, stop, flows);
        if (reason != SkipReason.BAD_SHAPE) {
            return reason;
        }
        begin = Comments.startsWithMark(text, start, stop) ? start + Comments.MARK : start;
        begin = prefix.pass(text, begin, stop);
        if (begin > start) {
            return readObject(text, begin, stop, flows);
        }
        int first = Blanks.skip(text, start, stop);
        return first == stop || text[first] == '#' ? SkipReason.BLANK : reason;
    }

    private SkipReason readObject(byte[] text, int start, int stop, FlowBatchBuilder flows) {
        if (!scanner.scan(text, start, stop)) {
            return SkipReason.BAD_SHAPE;
        }
        used = 0;
        SkipReason reason = takeClient(text, flows);
        if (reason == SkipReason.NONE) {
            reason = takeNumbers(text, flows);
        }
        if (reason != SkipReason.NONE) {
            return reason;
        }
        if (request != null) {
            take(request, text);
            AccessLogLines.takeRequest(value, from, to, flows);
        }
        takeText(method, FlowColumn.METHOD, text, flows);
        takeText(path, FlowColumn.PATH, text, flows);
        takeText(agent, FlowColumn.AGENT, text, flows);
        takeText(vhost, FlowColumn.VHOST, text, flows);
        flows.endFlow();
        return SkipReason.NONE;
    }

    private SkipReason takeClient(byte[] text, FlowBatchBuilder flows) {
        if (!take(client, text)) {
            return SkipReason.NO_ADDRESS;
        }
        if (forwarded != null && list != null) {
            byte[] peer = value;
            int peerFrom = from;
            int peerTo = to;
            take(list, text);
            return forwarded.source(peer, peerFrom, peerTo, value, from, to, flows);
        }
        return clients.source(value, LogText.lastOfList(value, from, to), to, flows);
    }

    private SkipReason takeNumbers(byte[] text, FlowBatchBuilder flows) {
        if (times != null) {
            if (!take(times, text) || !time.read(value, from, to)) {
                return SkipReason.BAD_TIME;
            }
            flows.time(time.millis());
        }
        if (status != null) {
            long number = wholeNumber(status, text);
            if (number < 0) {
                return SkipReason.BAD_NUMBER;
            }
            flows.number(FlowColumn.STATUS, number);
        }
        if (bytes != null) {
            long number = wholeNumber(bytes, text);
            if (number < 0) {
                return SkipReason.BAD_NUMBER;
            }
            flows.bytes(number);
        }
        if (weights != null) {
            if (!take(weights, text)) {
                flows.weight(0);
            } else if (number.parse(value, from, to)) {
                flows.weight(number.value() / perSecond);
            } else if (duration.parse(value, from, to)) {
                flows.weight(duration.seconds());
            } else {
                return SkipReason.BAD_NUMBER;
            }
        }
        return SkipReason.NONE;
    }

    /** A number that is not negative, fractions cut off; -1 when it is none. */
    private long wholeNumber(int[] slots, byte[] text) {
        if (!take(slots, text)) {
            return 0;
        }
        long whole = LogText.wholeNumber(value, from, to);
        if (whole >= 0) {
            return whole;
        }
        return number.parse(value, from, to) && number.value() >= 0 && number.value() < 1e18
                ? (long) number.value()
                : -1;
    }

    private void takeText(
            int @Nullable [] slots, FlowColumn column, byte[] text, FlowBatchBuilder flows) {
        if (slots != null) {
            take(slots, text);
            flows.text(column, value, from, to);
        }
    }

    /** Takes the first of these paths that has a value; false, and an empty one, when none has. */
    private boolean take(int[] slots, byte[] text) {
        for (int slot : slots) {
            Kind kind = scanner.kind(slot);
            if (kind == Kind.NONE) {
                continue;
            }
            value = text;
            from = scanner.start(slot);
            to = scanner.stop(slot);
            if (kind == Kind.ESCAPED) {
                int end = scanner.unescape(text, from, to, used);
                value = scanner.scratch();
                from = used;
                to = end;
                used = end;
            }
            if (to > from && !(to - from == 1 && value[from] == '-')) {
                return true;
            }
        }
        value = text;
        from = 0;
        to = 0;
        return false;
    }
}
