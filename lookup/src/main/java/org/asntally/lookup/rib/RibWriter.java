package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Writes the sections of a RIB file one after the other, then its frame. */
final class RibWriter {

    private static final int CHUNK = 1 << 18;

    private final FileChannel out;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private final RibSection[] ids = RibSection.values();
    private final int[] crcs = new int[ids.length];
    private final long[] places = new long[2 * ids.length];
    private final CRC32C crc = new CRC32C();
    private int done;
    private long position;

    RibWriter(FileChannel out) {
        this.out = out;
    }

    void write(Rib rib) throws IOException {
        RibParts parts = rib.parts();
        byte[] noHash = new byte[32];
        position = RibFile.frame(0, noHash, ids, crcs, places).remaining();
        bytes(RibSection.FACTS, RibFacts.write(rib.info()));
        ints(RibSection.ADDRESS_4, parts.address4());
        longs(RibSection.HIGH_6, parts.high6());
        longs(RibSection.LOW_6, parts.low6());
        bytes(RibSection.LENGTHS, parts.lengths());
        ints(RibSection.ORIGINS, parts.origins());
        ints(RibSection.LINES, parts.lines());
        shorts(RibSection.FILES, parts.files());
        shorts(RibSection.COUNTRIES, parts.countries());
        ints(RibSection.MANY_ROUTES, parts.manyRoutes());
        ints(RibSection.MANY_STARTS, parts.manyStarts());
        ints(RibSection.MANY_ORIGINS, parts.manyOrigins());
        ints(RibSection.NAMED_ASNS, parts.namedAsns());
        ints(RibSection.NAME_STARTS, parts.nameStarts());
        bytes(RibSection.NAME_TEXT, parts.nameText());
        longs(RibSection.CELLS_4, parts.table4().cells());
        ints(RibSection.RUNS_4, parts.table4().runs());
        ints(RibSection.SLOTS_6, parts.table6().slots());
        longs(RibSection.HIGHS_6, parts.table6().highs());
        ints(RibSection.RUNS_6, parts.table6().runs());
        ints(RibSection.BLOCKS_6, parts.table6().blocks());
        longs(RibSection.LOWS_6, parts.table6().lows());
        ints(RibSection.TAILS_6, parts.table6().tails());
        ints(RibSection.AS_SETS, parts.asSets());
        // The last section may be empty, and the file must be as long as its frame says.
        if (out.size() < position) {
            out.write(ByteBuffer.allocate(1), position - 1);
        }
        out.write(RibFile.frame(position, rib.hash(), ids, crcs, places), 0);
    }

    /**
     * Writes other times over those of the table that was written.
     *
     * @throws IllegalArgumentException when its facts have another length
     */
    void restamp(Rib rib) throws IOException {
        ByteBuffer facts = RibFacts.write(rib.info());
        if (facts.remaining() != places[1]) {
            throw new IllegalArgumentException("only times can be set anew");
        }
        crc.reset();
        crc.update(facts.duplicate());
        crcs[0] = (int) crc.getValue();
        for (long at = places[0]; facts.hasRemaining(); ) {
            at += out.write(facts, at);
        }
        out.write(RibFile.frame(position, rib.hash(), ids, crcs, places), 0);
    }

    private void begin(RibSection section) {
        if (ids[done] != section) {
            throw new IllegalStateException("section " + section + " out of order");
        }
        position = RibFile.aligned(position);
        places[2 * done] = position;
        crc.reset();
    }

    private void end() {
        crcs[done] = (int) crc.getValue();
        places[2 * done + 1] = position - places[2 * done];
        done++;
    }

    private void put(ByteBuffer bytes) throws IOException {
        crc.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            position += out.write(bytes, position);
        }
    }

    private void bytes(RibSection section, ByteBuffer column) throws IOException {
        begin(section);
        put(column.duplicate());
        end();
    }

    private void shorts(RibSection section, ShortBuffer column) throws IOException {
        begin(section);
        for (int from = 0; from < column.limit(); from += CHUNK / 2) {
            int count = Math.min(CHUNK / 2, column.limit() - from);
            chunk.clear().asShortBuffer().put(column.slice(from, count));
            put(chunk.limit(2 * count));
        }
        end();
    }

    private void ints(RibSection section, IntBuffer column) throws IOException {
        begin(section);
        for (int from = 0; from < column.limit(); from += CHUNK / 4) {
            int count = Math.min(CHUNK / 4, column.limit() - from);
            chunk.clear().asIntBuffer().put(column.slice(from, count));
            put(chunk.limit(4 * count));
        }
        end();
    }

    private void longs(RibSection section, LongBuffer column) throws IOException {
        begin(section);
        for (int from = 0; from < column.limit(); from += CHUNK / 8) {
            int count = Math.min(CHUNK / 8, column.limit() - from);
            chunk.clear().asLongBuffer().put(column.slice(from, count));
            put(chunk.limit(8 * count));
        }
        end();
    }
}
