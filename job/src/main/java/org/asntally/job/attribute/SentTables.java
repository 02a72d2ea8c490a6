package org.asntally.job.attribute;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Tables that came in parts, in broadcast state: of the newest two versions, whatever the order in
 * which parts come. Parts are immutable, so a checkpoint does not copy them. One thread.
 */
final class SentTables {

    /** The one in force, and the one that comes into force next. */
    private static final int MOST = 2;

    private final BroadcastState<String, RibMessage> state;

    SentTables(OperatorStateStore store) throws Exception {
        this.state =
                store.getBroadcastState(
                        new MapStateDescriptor<>(
                                "chunks", StringSerializer.INSTANCE, new RibMessageSerializer()));
    }

    /** Takes a part; tells whether the table of it is whole now. */
    boolean add(RibMessage message, RibChunk chunk) throws Exception {
        state.put(chunk.id() + '@' + chunk.validFrom() + '/' + chunk.index(), message);
        forgetOldest();
        return find(chunk.id()) != null;
    }

    private void forgetOldest() throws Exception {
        TreeMap<Long, Set<String>> byTime = new TreeMap<>();
        int versions = 0;
        for (Map.Entry<String, RibMessage> entry : state.immutableEntries()) {
            RibChunk chunk = chunk(entry.getValue());
            if (byTime.computeIfAbsent(chunk.validFrom(), time -> new HashSet<>())
                    .add(chunk.id())) {
                versions++;
            }
        }
        while (versions > MOST) {
            Map.Entry<Long, Set<String>> oldest = byTime.firstEntry();
            String id = oldest.getValue().stream().min(String::compareTo).orElseThrow();
            forget(id, oldest.getKey());
            versions--;
            oldest.getValue().remove(id);
            if (oldest.getValue().isEmpty()) {
                byTime.remove(oldest.getKey());
            }
        }
    }

    private void forget(String id, long validFrom) throws Exception {
        Set<String> keys = new HashSet<>();
        for (Map.Entry<String, RibMessage> entry : state.immutableEntries()) {
            RibChunk chunk = chunk(entry.getValue());
            if (chunk.validFrom() == validFrom && chunk.id().equals(id)) {
                keys.add(entry.getKey());
            }
        }
        for (String key : keys) {
            state.remove(key);
        }
    }

    private static RibChunk chunk(RibMessage message) {
        RibChunk chunk = message.chunk();
        if (chunk == null) {
            throw new IllegalStateException("no part of a table: " + message);
        }
        return chunk;
    }

    /** The parts of a table in their order; null when they are not all here. */
    byte @Nullable [][] find(String id) throws Exception {
        byte[][] parts = new byte[0][];
        int found = 0;
        for (Map.Entry<String, RibMessage> entry : state.immutableEntries()) {
            RibChunk chunk = chunk(entry.getValue());
            if (chunk.id().equals(id)) {
                if (parts.length != chunk.count()) {
                    parts = new byte[chunk.count()][];
                    found = 0;
                }
                // One table may be in force twice, and then its parts are here twice.
                found += parts[chunk.index()] == null ? 1 : 0;
                parts[chunk.index()] = chunk.bytes();
            }
        }
        return found > 0 && found == parts.length ? parts : null;
    }
}
