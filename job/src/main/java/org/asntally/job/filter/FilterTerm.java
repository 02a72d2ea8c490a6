package org.asntally.job.filter;

import static org.asntally.sources.FlowColumn.DESTINATION;
import static org.asntally.sources.FlowColumn.DESTINATION_PORT;
import static org.asntally.sources.FlowColumn.SOURCE;
import static org.asntally.sources.FlowColumn.SOURCE_PORT;

import java.util.List;
import java.util.Locale;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a flow. A term of several columns is about either: it accepts a flow when
 * one of them does, and a source need know only one.
 */
public enum FilterTerm {
    SRC(Kind.ADDRESS, SOURCE),
    DST(Kind.ADDRESS, DESTINATION),
    /** Source or destination address. */
    ADDR(Kind.ADDRESS, SOURCE, DESTINATION),
    /** Origin AS of either address. */
    ASN(Kind.ORIGIN, SOURCE, DESTINATION),
    SRC_ASN(Kind.ORIGIN, SOURCE),
    DST_ASN(Kind.ORIGIN, DESTINATION),
    /** Country of either address. */
    COUNTRY(Kind.COUNTRY, SOURCE, DESTINATION),
    PROTO(Kind.NUMBER, 0, 255, NumberNames.PROTOCOLS, FlowColumn.PROTOCOL),
    SPORT(Kind.ORDERED, 0, 65_535, NumberNames.NONE, SOURCE_PORT),
    DPORT(Kind.ORDERED, 0, 65_535, NumberNames.NONE, DESTINATION_PORT),
    /** Port of either side. */
    PORT(Kind.ORDERED, 0, 65_535, NumberNames.NONE, SOURCE_PORT, DESTINATION_PORT),
    TCP_FLAGS(Kind.FLAGS, 0, 255, NumberNames.TCP_FLAGS, FlowColumn.TCP_FLAGS),
    TTL(Kind.ORDERED, 0, 255, NumberNames.NONE, FlowColumn.TTL),
    DSCP(Kind.ORDERED, 0, 63, NumberNames.DSCP, FlowColumn.DSCP),
    ECN(Kind.ORDERED, 0, 3, NumberNames.NONE, FlowColumn.ECN),
    FRAGMENT(Kind.NUMBER, 0, 1, NumberNames.YES_OR_NO, FlowColumn.FRAGMENT),
    BYTES(Kind.ORDERED, 0, Long.MAX_VALUE, NumberNames.NONE, FlowColumn.BYTES),
    PACKETS(Kind.ORDERED, 0, Long.MAX_VALUE, NumberNames.NONE, FlowColumn.PACKETS),
    /** The input's name, which every flow has. */
    SOURCE_NAME(Kind.TEXT, "source"),
    EXPORTER(Kind.ADDRESS, FlowColumn.EXPORTER),
    IN_IF(Kind.INTERFACE, 1, 0xffffffffL, NumberNames.NONE, FlowColumn.INPUT_INTERFACE),
    OUT_IF(Kind.INTERFACE, 1, 0xffffffffL, NumberNames.NONE, FlowColumn.OUTPUT_INTERFACE),
    IN_IF_DESC(Kind.TEXT, FlowColumn.INPUT_DESCRIPTION),
    OUT_IF_DESC(Kind.TEXT, FlowColumn.OUTPUT_DESCRIPTION),
    DIRECTION(Kind.NUMBER, 0, 1, NumberNames.DIRECTIONS, FlowColumn.DIRECTION),
    CUSTOMER(Kind.NUMBER, 0, Long.MAX_VALUE, NumberNames.NONE, FlowColumn.CUSTOMER),
    /** Status of an HTTP response; a line without one is in no range. */
    STATUS(Kind.ORDERED, 1, 999, NumberNames.NONE, FlowColumn.STATUS),
    METHOD(Kind.TEXT, FlowColumn.METHOD),
    PATH(Kind.TEXT, FlowColumn.PATH),
    AGENT(Kind.TEXT, FlowColumn.AGENT),
    VHOST(Kind.TEXT, FlowColumn.VHOST);

    /** What its values are. */
    public enum Kind {
        /** Networks, lists and files of networks. */
        ADDRESS,
        /** AS numbers; 0 is unrouted. */
        ORIGIN,
        /** Two letters; none is unknown. */
        COUNTRY,
        /** Numbers without an order, some with names. */
        NUMBER,
        /** Numbers with an order. */
        ORDERED,
        /** Sets of flags: {@code <=} and {@code >=} are part of and holds. */
        FLAGS,
        /** Interfaces: an ifIndex, one of an exporter, or a name of the configuration. */
        INTERFACE,
        /** Texts; the only ones with {@code ~}. */
        TEXT
    }

    private static final FilterTerm[] TERMS = values();

    private final Kind kind;
    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<FlowColumn> columns;

    private final long least;
    private final long most;
    private final NumberNames names;

    FilterTerm(Kind kind, FlowColumn... columns) {
        this(kind, 0, 0, NumberNames.NONE, columns);
    }

    FilterTerm(Kind kind, String label) {
        this.kind = kind;
        this.label = label;
        this.columns = List.of();
        this.least = 0;
        this.most = 0;
        this.names = NumberNames.NONE;
    }

    FilterTerm(Kind kind, long least, long most, NumberNames names, FlowColumn... columns) {
        this.kind = kind;
        this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.columns = List.of(columns);
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** The term that is written like this, if there is one. */
    static @Nullable FilterTerm of(String label) {
        for (FilterTerm term : TERMS) {
            if (term.label.equals(label)) {
                return term;
            }
        }
        return null;
    }

    /** How it is written. */
    public String label() {
        return label;
    }

    /** What its values are. */
    public Kind kind() {
        return kind;
    }

    /** The columns that it is about, one of which is enough; none is known of every flow. */
    public List<FlowColumn> columns() {
        return columns;
    }

    /** Whether it needs the routes of addresses. */
    public boolean needsRoutes() {
        return kind == Kind.ORIGIN || kind == Kind.COUNTRY;
    }

    long least() {
        return least;
    }

    long most() {
        return most;
    }

    NumberNames names() {
        return names;
    }
}
