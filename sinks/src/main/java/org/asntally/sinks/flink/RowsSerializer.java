package org.asntally.sinks.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.asntally.sinks.TallyRowsFormat;

/**
 * What serializers of records of rows have in common. Each has a buffer of its own, so each task
 * and each copy that comes out of a plan has one of its own; all of a class are alike.
 *
 * @param <T> the records; each may be changed, so a copy is another one
 */
public abstract class RowsSerializer<T> extends TypeSerializer<T> {

    private static final long serialVersionUID = 1;

    /** How rows are written. */
    protected final transient TallyRowsFormat format = new TallyRowsFormat();

    @Override
    public final boolean isImmutableType() {
        return false;
    }

    @Override
    public final T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    public final T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public final void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // each class writes a format of its own
    public final boolean equals(Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }

    /** As it was read it has no buffer. */
    protected final Object readResolve() {
        return duplicate();
    }
}
