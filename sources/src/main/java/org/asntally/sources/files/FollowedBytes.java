package org.asntally.sources.files;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A regular file that grows: there is nothing behind the bytes that the last look has seen, and no
 * end. Follows the file wherever it is renamed to, and after it was deleted.
 */
final class FollowedBytes extends FileBytes {
    private long limit;
    private boolean ending;

    FollowedBytes(Path path, long position) throws IOException {
        super(path, position);
    }

    /** Bytes behind this one have not been looked at. */
    void limit(long size) {
        limit = size;
    }

    /** The file is gone: where it ends now is its end. */
    void end() {
        ending = true;
    }

    /** How many bytes the file has now. */
    long size() throws IOException {
        return file.length();
    }

    /** Its first bytes; gives how many. Reading goes on where it was. */
    int head(byte[] into) throws IOException {
        file.seek(0);
        int length = 0;
        while (length < into.length) {
            int n = file.read(into, length, into.length - length);
            if (n < 0) {
                break;
            }
            length += n;
        }
        return length;
    }

    @Override
    int readOn(byte[] into, int at, int length) throws IOException {
        int most = (int) Math.min(length, limit - position);
        if (most <= 0) {
            return ending ? END : 0;
        }
        file.seek(position);
        // Cut since the last look, which the next will see.
        return Math.max(file.read(into, at, most), 0);
    }
}
