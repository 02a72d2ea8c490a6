package org.asntally.job.tally;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.asntally.job.CountSpec;
import org.asntally.job.attribute.AttributedBatch;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.KeyFields;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a key, flow by flow, as {@link KeyFields} has them. For one key and side;
 * one thread.
 */
final class KeyWriter {

    private static final int LONGEST = 128 + KeyFields.LONGEST_SOURCE;
    private static final long LAST_V4 = 0xffffffffL;

    /** A column of addresses, row by row. */
    private static final class Addresses {
        final byte[] family = new byte[FlowBatchBuilder.CAPACITY];
        final long[] high = new long[FlowBatchBuilder.CAPACITY];
        final long[] low = new long[FlowBatchBuilder.CAPACITY];
        private final int[] v4 = new int[FlowBatchBuilder.CAPACITY];
        private final long[] families = new long[FlowBatchBuilder.CAPACITY / 64];

        void load(FlowBatch flows, FlowColumn column) {
            int rows = flows.rows();
            if (!flows.has(column)) {
                Arrays.fill(family, 0, rows, (byte) 0);
                return;
            }
            int count4 = flows.v4Count(column);
            flows.v4(column, v4, count4);
            flows.v6(column, count4, high, low);
            flows.families(column, families);
            // From the end, so that what is spread does not overwrite what is still packed.
            int next4 = count4;
            int next6 = rows - count4;
            for (int row = rows - 1; row >= 0; row--) {
                if ((families[row >>> 6] >>> row & 1) != 0) {
                    next6--;
                    family[row] = 6;
                    high[row] = high[next6];
                    low[row] = low[next6];
                } else {
                    next4--;
                    family[row] = 4;
                    high[row] = 0;
                    low[row] = v4[next4] & LAST_V4;
                }
            }
        }
    }

    private final TableKey key;
    private final Side side;
    private final byte[] bytes = new byte[LONGEST];
    private final ByteBuffer into = ByteBuffer.wrap(bytes);
    private final @Nullable Addresses addresses;
    private final @Nullable Addresses exporters;
    private final long[] customers;
    private final long[] asns;
    private final long[] interfaces;
    private final boolean ofRouteOnly;

    private byte[] source = new byte[0];
    private int[] routes = new int[0];
    private @Nullable Rib rib;
    // Countries by route + 1, plus 1; 0 is not asked yet.
    private char[] countries = new char[0];

    KeyWriter(TableKey key, Side side) {
        this.key = key;
        this.side = side;
        boolean hasAddress = key.has(TableKey.Field.HOST) || key.has(TableKey.Field.NET);
        boolean hasInterface = key.has(TableKey.Field.INTERFACE);
        addresses = hasAddress ? new Addresses() : null;
        exporters = hasInterface || key.has(TableKey.Field.EXPORTER) ? new Addresses() : null;
        interfaces = room(TableKey.Field.INTERFACE);
        customers = room(TableKey.Field.CUSTOMER);
        asns = room(TableKey.Field.EXPORTER_ASN);
        ofRouteOnly =
                key.parts().stream()
                        .allMatch(
                                part ->
                                        switch (part.field()) {
                                            case ASN, PREFIX, COUNTRY -> true;
                                            default -> false;
                                        });
    }

    private long[] room(TableKey.Field field) {
        return new long[key.has(field) ? FlowBatchBuilder.CAPACITY : 0];
    }

    /** Whether a flow's key follows from its route alone. */
    boolean isOfRouteOnly() {
        return ofRouteOnly;
    }

    /** Goes on to a batch; {@code sourceName} is the name of its input, UTF-8. */
    void begin(AttributedBatch batch, Rib table, byte[] sourceName) {
        FlowBatch flows = batch.flows();
        source = sourceName;
        routes = batch.routes(side);
        if (rib != table) {
            rib = table;
            countries = new char[key.has(TableKey.Field.COUNTRY) ? table.routes() + 1 : 0];
        }
        if (addresses != null) {
            addresses.load(flows, CountSpec.column(side));
        }
        if (exporters != null) {
            exporters.load(flows, FlowColumn.EXPORTER);
        }
        boolean from = side == Side.SOURCE;
        load(flows, FlowColumn.CUSTOMER, customers);
        load(
                flows,
                from ? FlowColumn.EXPORTER_SOURCE_AS : FlowColumn.EXPORTER_DESTINATION_AS,
                asns);
        load(flows, from ? FlowColumn.INPUT_INTERFACE : FlowColumn.OUTPUT_INTERFACE, interfaces);
    }

    private static void load(FlowBatch flows, FlowColumn column, long[] into) {
        if (into.length == 0) {
            return;
        }
        if (flows.has(column)) {
            flows.longs(column, into);
        } else {
            Arrays.fill(into, 0, flows.rows(), 0);
        }
    }

    /** The bytes that {@link #write} fills. */
    byte[] bytes() {
        return bytes;
    }

    /** Writes a flow's key; gives its length. */
    int write(int row) {
        into.clear();
        for (TableKey.Part part : key.parts()) {
            write(part, row);
        }
        return into.position();
    }

    private void write(TableKey.Part part, int row) {
        int route = routes[row];
        switch (part.field()) {
            case ASN -> into.putInt(origin(route));
            case PREFIX -> prefix(route);
            case COUNTRY -> into.putShort((short) country(route));
            case HOST -> {
                address(part, row);
                int length = route == Rib.UNROUTED ? KeyFields.NO_ROUTE : length(part, route, row);
                into.put((byte) length).putInt(origin(route));
            }
            case NET -> address(part, row);
            case SOURCE -> {
                int length = Math.min(source.length, KeyFields.LONGEST_SOURCE);
                into.putShort((short) length).put(source, 0, length);
            }
            case EXPORTER -> exporter(row);
            case INTERFACE -> {
                exporter(row);
                into.putInt((int) interfaces[row]);
            }
            case CUSTOMER -> into.putLong(customers[row]);
            case EXPORTER_ASN -> into.putInt((int) asns[row]);
        }
    }

    private static Rib table(@Nullable Rib rib) {
        if (rib == null) {
            throw new IllegalStateException("no batch was begun");
        }
        return rib;
    }

    private int origin(int route) {
        return route == Rib.UNROUTED ? 0 : table(rib).origin(route);
    }

    private int country(int route) {
        int known = countries[route + 1];
        if (known == 0) {
            known = 1 + (route == Rib.UNROUTED ? 0 : table(rib).countryCode(route));
            countries[route + 1] = (char) known;
        }
        return known - 1;
    }

    private void prefix(int route) {
        if (route == Rib.UNROUTED) {
            into.put((byte) 0).put((byte) 0).putLong(0).putLong(0).putInt(0);
            return;
        }
        Rib of = table(rib);
        into.put((byte) (of.isV6(route) ? 6 : 4)).put((byte) of.length(route));
        into.putLong(of.high(route)).putLong(of.low(route)).putInt(of.origin(route));
    }

    /** The length of the route, where it is one of all addresses that are counted as this host. */
    private int length(TableKey.Part part, int route, int row) {
        int length = table(rib).length(route);
        boolean v6 = addresses != null && addresses.family[row] == 6;
        return length > (v6 ? part.v6() : part.v4()) ? KeyFields.NO_ROUTE : length;
    }

    private void address(TableKey.Part part, int row) {
        if (addresses == null || addresses.family[row] == 0) {
            into.put((byte) 0).put((byte) 0).putLong(0).putLong(0);
            return;
        }
        if (addresses.family[row] == 6) {
            into.put((byte) 6).put((byte) part.v6());
            into.putLong(addresses.high[row] & Prefix.maskHigh(part.v6()));
            into.putLong(addresses.low[row] & Prefix.maskLow(part.v6()));
        } else {
            into.put((byte) 4).put((byte) part.v4()).putLong(0);
            into.putLong(addresses.low[row] & Prefix.mask4(part.v4()) & LAST_V4);
        }
    }

    private void exporter(int row) {
        if (exporters == null || exporters.family[row] == 0) {
            KeyFields.address(into, 0, 0, 0);
        } else {
            KeyFields.address(into, exporters.family[row], exporters.high[row], exporters.low[row]);
        }
    }
}
