package org.asntally.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.flink.WindowTallySerializer;

/**
 * Keeps what the job gave, exactly once: all of it is the writer's state. A test sees it from the
 * last flush.
 */
public final class CollectingSink
        implements Sink<WindowTally>, SupportsWriterState<WindowTally, WindowTally> {

    private static final long serialVersionUID = 1;

    private static final Map<Long, List<WindowTally>> FLUSHED = new ConcurrentHashMap<>();
    private static final AtomicLong LAST = new AtomicLong();

    private final long id = LAST.incrementAndGet();

    /** The only count of a job, its rows going here. */
    public static List<NamedCount> counts(CountSpec spec, Sink<WindowTally> sink) {
        return List.of(new NamedCount(spec, List.of(new NamedSink("test", sink, 1))));
    }

    /** What had come by the last flush. */
    public List<WindowTally> rows() {
        return FLUSHED.getOrDefault(id, List.of());
    }

    /** Of these, rows of windows that are over. */
    public List<WindowTally> over() {
        return rows().stream().filter(tally -> tally.snapshot() == 0).toList();
    }

    @Override
    public StatefulSinkWriter<WindowTally, WindowTally> createWriter(WriterInitContext context) {
        return new Writer(id, List.of());
    }

    @Override
    public StatefulSinkWriter<WindowTally, WindowTally> restoreWriter(
            WriterInitContext context, Collection<WindowTally> state) {
        return new Writer(id, state);
    }

    @Override
    public SimpleVersionedSerializer<WindowTally> getWriterStateSerializer() {
        return new StateSerializer();
    }

    private static final class Writer implements StatefulSinkWriter<WindowTally, WindowTally> {
        private final long id;
        private final List<WindowTally> rows;

        Writer(long id, Collection<WindowTally> state) {
            this.id = id;
            this.rows = new ArrayList<>(state);
        }

        @Override
        public void write(WindowTally tally, Context context) {
            // A row of an open window is the very one that the window goes on to change.
            rows.add(
                    new WindowTally(
                            tally.windowStart(),
                            tally.windowEnd(),
                            tally.snapshot(),
                            tally.correction(),
                            tally.rows().copy()));
        }

        @Override
        public void flush(boolean endOfInput) {
            FLUSHED.put(id, List.copyOf(rows));
        }

        @Override
        public List<WindowTally> snapshotState(long checkpoint) {
            return List.copyOf(rows);
        }

        @Override
        public void close() {}
    }

    private static final class StateSerializer implements SimpleVersionedSerializer<WindowTally> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(WindowTally tally) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            new WindowTallySerializer().serialize(tally, out);
            return out.getCopyOfBuffer();
        }

        @Override
        public WindowTally deserialize(int version, byte[] bytes) throws IOException {
            return new WindowTallySerializer().deserialize(new DataInputDeserializer(bytes));
        }
    }
}
