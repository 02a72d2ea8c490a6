package org.asntally.lookup.rib;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over what a table says, not over when it holds nor over how it is searched: each column
 * as its length in bytes (8) and its bytes, all little-endian, in the order of {@link RibParts},
 * then the facts as text; then the routes with an AS_SET, where there are any.
 */
final class ContentHash {

    private static final int CHUNK = 1 << 16;

    private final MessageDigest digest;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    private ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] of(RibParts parts, RibInfo info) {
        ContentHash hash = new ContentHash();
        hash.ints(parts.address4());
        hash.longs(parts.high6());
        hash.longs(parts.low6());
        hash.bytes(parts.lengths());
        hash.ints(parts.origins());
        hash.ints(parts.lines());
        hash.shorts(parts.files());
        hash.shorts(parts.countries());
        hash.ints(parts.manyRoutes());
        hash.ints(parts.manyStarts());
        hash.ints(parts.manyOrigins());
        hash.ints(parts.namedAsns());
        hash.ints(parts.nameStarts());
        hash.bytes(parts.nameText());
        hash.text(info.kind().label());
        hash.text(info.countryRule().label());
        hash.text(info.source());
        hash.text(info.licence());
        hash.text(info.attribution());
        for (String file : info.files()) {
            hash.text(file);
        }
        if (parts.asSets().limit() > 0) {
            hash.ints(parts.asSets());
        }
        return hash.digest.digest();
    }

    private void length(long bytes) {
        chunk.clear().putLong(bytes);
        flush();
    }

    private void flush() {
        digest.update(chunk.array(), 0, chunk.position());
        chunk.clear();
    }

    private void text(String text) {
        bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void bytes(ByteBuffer column) {
        ByteBuffer view = column.duplicate();
        length(view.remaining());
        digest.update(view);
    }

    private void shorts(ShortBuffer column) {
        length(2L * column.limit());
        for (int from = 0; from < column.limit(); from += CHUNK / 2) {
            int count = Math.min(CHUNK / 2, column.limit() - from);
            chunk.asShortBuffer().put(column.slice(from, count));
            chunk.position(2 * count);
            flush();
        }
    }

    private void ints(IntBuffer column) {
        length(4L * column.limit());
        for (int from = 0; from < column.limit(); from += CHUNK / 4) {
            int count = Math.min(CHUNK / 4, column.limit() - from);
            chunk.asIntBuffer().put(column.slice(from, count));
            chunk.position(4 * count);
            flush();
        }
    }

    private void longs(LongBuffer column) {
        length(8L * column.limit());
        for (int from = 0; from < column.limit(); from += CHUNK / 8) {
            int count = Math.min(CHUNK / 8, column.limit() - from);
            chunk.asLongBuffer().put(column.slice(from, count));
            chunk.position(8 * count);
            flush();
        }
    }
}
