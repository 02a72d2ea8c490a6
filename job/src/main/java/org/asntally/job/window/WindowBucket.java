package org.asntally.job.window;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The namespace of a chunk of rows.
 *
 * @param window the window's start, milliseconds
 * @param bucket which part of the window's rows
 */
record WindowBucket(long window, int bucket) {

    /** Writes it: window (8 bytes), bucket (4). */
    static final class Serializer extends TypeSerializerSingleton<WindowBucket> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public WindowBucket createInstance() {
            return new WindowBucket(0, 0);
        }

        @Override
        public WindowBucket copy(WindowBucket from) {
            return from;
        }

        @Override
        public WindowBucket copy(WindowBucket from, WindowBucket reuse) {
            return from;
        }

        @Override
        public int getLength() {
            return 12;
        }

        @Override
        public void serialize(WindowBucket record, DataOutputView target) throws IOException {
            target.writeLong(record.window);
            target.writeInt(record.bucket);
        }

        @Override
        public WindowBucket deserialize(DataInputView source) throws IOException {
            return new WindowBucket(source.readLong(), source.readInt());
        }

        @Override
        public WindowBucket deserialize(WindowBucket reuse, DataInputView source)
                throws IOException {
            return deserialize(source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            serialize(deserialize(source), target);
        }

        @Override
        public TypeSerializerSnapshot<WindowBucket> snapshotConfiguration() {
            return new Snapshot();
        }

        /** Says in a savepoint which serializer wrote. */
        public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowBucket> {
            /** For Flink, which makes it by name. */
            public Snapshot() {
                super(Serializer::new);
            }
        }
    }
}
