package org.asntally.lookup.unpack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Opens packed bytes: gzip (RFC 1952, several members one after the other) and bzip2 (several
 * streams one after the other), told by how they begin; everything else as it is.
 */
public final class Unpacked {

    private static final int BUFFER = 1 << 16;

    private Unpacked() {}

    /**
     * The bytes that are in {@code packed}. Throws {@link DamagedException} where they cannot be
     * unpacked further, after all that could be; other exceptions are those of the stream itself.
     * Closing closes the stream.
     *
     * @return supports mark for 65,536 bytes
     */
    public static InputStream open(InputStream packed) throws IOException {
        BufferedInputStream in = new BufferedInputStream(packed, BUFFER);
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (GzipMembers.begin(magic)) {
            return new BufferedInputStream(new ReadAhead(new GzipMembers(in)), BUFFER);
        }
        if (Bzip2Blocks.begin(magic)) {
            return new BufferedInputStream(new Bzip2Blocks(in), BUFFER);
        }
        return in;
    }
}
