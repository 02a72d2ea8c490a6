package org.asntally.sources.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A regular file as a look finds it. */
record FileEntry(Path path, long device, long inode, long size, long changedMillis) {

    /** The file of this name, links followed; null when there is none. */
    static @Nullable FileEntry of(Path path) throws IOException {
        try {
            Map<String, Object> all =
                    Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,isRegularFile");
            if (!Boolean.TRUE.equals(all.get("isRegularFile"))) {
                return null;
            }
            return new FileEntry(
                    path,
                    number(all.get("dev")),
                    number(all.get("ino")),
                    number(all.get("size")),
                    all.get("lastModifiedTime") instanceof FileTime time ? time.toMillis() : 0);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    Key key() {
        return new Key(device, inode);
    }

    /** What tells files apart as long as they exist. */
    record Key(long device, long inode) {}
}
