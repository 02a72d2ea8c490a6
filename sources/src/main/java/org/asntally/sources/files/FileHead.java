package org.asntally.sources.files;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.asntally.sources.text.LineFeed;

/**
 * The first bytes of a file, unpacked, as a hash: they stay when a file is renamed, copied or
 * packed, and two logs of the same first {@link #LONGEST} bytes do not occur.
 *
 * @param length how many bytes are hashed; 0: there were none yet
 * @param high first half of a SHA-256's first 16 bytes
 * @param low second half
 */
public record FileHead(int length, long high, long low) {

    /** No more bytes than this make a head. */
    public static final int LONGEST = 1024;

    /** Of an empty file, which fits nothing. */
    public static final FileHead NONE = new FileHead(0, 0, 0);

    /** The head that these bytes begin with. */
    static FileHead of(byte[] bytes, int available) {
        int length = Math.min(available, LONGEST);
        if (length == 0) {
            return NONE;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new FileHead(length, hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The same, of no less than a line: a few bytes may be the beginning of anything. */
    static FileHead ofLines(byte[] bytes, int available) {
        return available >= LONGEST || LineFeed.find(bytes, 0, available) < available
                ? of(bytes, available)
                : NONE;
    }

    /** Whether a file of these first bytes begins as this one. */
    boolean fits(byte[] bytes, int available) {
        return length > 0 && available >= length && equals(of(bytes, length));
    }
}
