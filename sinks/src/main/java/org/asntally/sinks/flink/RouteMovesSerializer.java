package org.asntally.sinks.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.TallyRows;

/**
 * Writes {@link RouteMoves}: version 1, moment 8, tables 8 and 8, window 8 and 8, rows, and an
 * origin of 4 for each.
 */
public final class RouteMovesSerializer extends RowsSerializer<RouteMoves> {

    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public TypeSerializer<RouteMoves> duplicate() {
        return new RouteMovesSerializer();
    }

    @Override
    public RouteMoves createInstance() {
        return new RouteMoves(0, 0, 0, 0, 0, new TallyRows(0, 0), new int[0]);
    }

    @Override
    public RouteMoves copy(RouteMoves from) {
        return new RouteMoves(
                from.movedAt(),
                from.fromRib(),
                from.toRib(),
                from.windowStart(),
                from.windowEnd(),
                from.rows().copy(),
                from.toAsns().clone());
    }

    @Override
    public void serialize(RouteMoves record, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeLong(record.movedAt());
        target.writeLong(record.fromRib());
        target.writeLong(record.toRib());
        target.writeLong(record.windowStart());
        target.writeLong(record.windowEnd());
        format.write(record.rows(), target);
        for (int asn : record.toAsns()) {
            target.writeInt(asn);
        }
    }

    @Override
    public RouteMoves deserialize(DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("moves of format " + version + "; this reads " + VERSION);
        }
        long movedAt = source.readLong();
        long fromRib = source.readLong();
        long toRib = source.readLong();
        long start = source.readLong();
        long end = source.readLong();
        TallyRows rows = format.read(source);
        int[] toAsns = new int[rows.size()];
        for (int i = 0; i < toAsns.length; i++) {
            toAsns[i] = source.readInt();
        }
        return new RouteMoves(movedAt, fromRib, toRib, start, end, rows, toAsns);
    }

    @Override
    public TypeSerializerSnapshot<RouteMoves> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote; the bytes tell their version themselves. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RouteMoves> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(RouteMovesSerializer::new);
        }
    }
}
