package org.asntally.sinks.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.TallyRowsFormat;

/**
 * Writes {@link TallyRows}: state of {@code window}, and what goes to it. The bytes carry their own
 * version, see {@link TallyRowsFormat}.
 */
public final class TallyRowsSerializer extends RowsSerializer<TallyRows> {

    private static final long serialVersionUID = 1;

    @Override
    public TypeSerializer<TallyRows> duplicate() {
        return new TallyRowsSerializer();
    }

    @Override
    public TallyRows createInstance() {
        return new TallyRows(0, 0);
    }

    @Override
    public TallyRows copy(TallyRows from) {
        return from.copy();
    }

    @Override
    public void serialize(TallyRows record, DataOutputView target) throws IOException {
        format.write(record, target);
    }

    @Override
    public TallyRows deserialize(DataInputView source) throws IOException {
        return format.read(source);
    }

    @Override
    public TypeSerializerSnapshot<TallyRows> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint which serializer wrote; the bytes tell their version themselves. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TallyRows> {
        /** For Flink, which makes it by name. */
        public Snapshot() {
            super(TallyRowsSerializer::new);
        }
    }
}
