package org.asntally.job.attribute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a timeline once and ends: the RIB source of a bounded job. At least once: a timeline hears
 * a message twice and stays the same.
 */
public final class RibSource
        implements Source<RibMessage, RibSource.Split, Collection<RibSource.Split>> {

    private static final long serialVersionUID = 1;

    private final RibTimeline timeline;

    /** Will tell this timeline. */
    public RibSource(RibTimeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<Split, Collection<Split>> createEnumerator(
            SplitEnumeratorContext<Split> context) {
        return new IteratorSourceEnumerator<>(context, List.of(new Split(timeline.messages(), 0)));
    }

    @Override
    public SplitEnumerator<Split, Collection<Split>> restoreEnumerator(
            SplitEnumeratorContext<Split> context, Collection<Split> left) {
        return new IteratorSourceEnumerator<>(context, left);
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<Split>> getEnumeratorCheckpointSerializer() {
        return new SplitsSerializer();
    }

    @Override
    public SourceReader<RibMessage, Split> createReader(SourceReaderContext context) {
        return new IteratorSourceReader<>(context);
    }

    /** Messages, and how many of them have been told. */
    static final class Split implements IteratorSourceSplit<RibMessage, Iterator<RibMessage>> {
        private final List<RibMessage> messages;
        private final int told;

        Split(List<RibMessage> messages, int told) {
            this.messages = messages;
            this.told = told;
        }

        @Override
        public String splitId() {
            return "timeline";
        }

        @Override
        public Iterator<RibMessage> getIterator() {
            return new Telling(messages, told);
        }

        @Override
        public IteratorSourceSplit<RibMessage, Iterator<RibMessage>> getUpdatedSplitForIterator(
                Iterator<RibMessage> iterator) {
            return new Split(messages, iterator instanceof Telling telling ? telling.next : 0);
        }
    }

    private static final class Telling implements Iterator<RibMessage> {
        private final List<RibMessage> messages;
        private int next;

        Telling(List<RibMessage> messages, int next) {
            this.messages = messages;
            this.next = next;
        }

        @Override
        public boolean hasNext() {
            return next < messages.size();
        }

        @Override
        public RibMessage next() {
            return messages.get(next++);
        }
    }

    private static final class SplitSerializer implements SimpleVersionedSerializer<Split> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Split split) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            RibMessageSerializer messages = new RibMessageSerializer();
            out.writeInt(split.told);
            out.writeInt(split.messages.size());
            for (RibMessage message : split.messages) {
                messages.serialize(message, out);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public Split deserialize(int version, byte[] serialized) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            RibMessageSerializer messages = new RibMessageSerializer();
            int told = in.readInt();
            List<RibMessage> list = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                list.add(messages.deserialize(in));
            }
            return new Split(list, told);
        }
    }

    /** Of the one split there is, or none. */
    private static final class SplitsSerializer
            implements SimpleVersionedSerializer<Collection<Split>> {
        private final SplitSerializer split = new SplitSerializer();

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Collection<Split> splits) throws IOException {
            @Nullable Split only = splits.isEmpty() ? null : splits.iterator().next();
            return only == null ? new byte[0] : split.serialize(only);
        }

        @Override
        public Collection<Split> deserialize(int version, byte[] serialized) throws IOException {
            return serialized.length == 0
                    ? List.of()
                    : List.of(split.deserialize(version, serialized));
        }
    }
}
