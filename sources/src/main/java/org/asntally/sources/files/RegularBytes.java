package org.asntally.sources.files;

import java.io.IOException;
import java.nio.file.Path;

/** A regular file to its end. */
final class RegularBytes extends FileBytes {
    private final long listedSize;

    /**
     * Opens the file.
     *
     * @param listedSize how long the file was when it was listed; one that has become shorter is
     *     not read to its end
     */
    RegularBytes(Path path, long position, long listedSize) throws IOException {
        super(path, position);
        this.listedSize = listedSize;
        file.seek(position);
    }

    @Override
    int readOn(byte[] into, int at, int length) throws IOException {
        int n = file.read(into, at, length);
        if (n < 0 && position < listedSize) {
            throw new IOException(
                    "ends at byte " + position + ", had " + listedSize + " when it was listed");
        }
        return n;
    }
}
