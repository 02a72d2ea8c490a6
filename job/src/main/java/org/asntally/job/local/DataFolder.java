package org.asntally.job.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of RIB archive and caches: {@code --data-dir}, else {@code $XDG_DATA_HOME/asntally},
 * else {@code ~/.local/share/asntally}. Nothing is made until somebody writes.
 */
public final class DataFolder {

    private final Path path;
    private final boolean named;

    private DataFolder(Path path, boolean named) {
        this.path = path;
        this.named = named;
    }

    /** The folder that the user named, or the usual one. */
    public static DataFolder of(@Nullable String given, Console console) {
        if (given != null) {
            return new DataFolder(Path.of(given), true);
        }
        String data = console.variable("XDG_DATA_HOME");
        if (data != null) {
            return new DataFolder(Path.of(data, "asntally"), false);
        }
        String home = console.variable("HOME");
        return new DataFolder(
                home == null
                        ? Path.of(".local", "share", "asntally")
                        : Path.of(home, ".local", "share", "asntally"),
                false);
    }

    /** Where it is, or would be. */
    public Path path() {
        return path;
    }

    /** Whether the user named it. */
    public boolean isNamed() {
        return named;
    }

    /** Where the archive of tables is, or would be. */
    public Path archive() {
        return path.resolve("rib");
    }

    /** Makes the folder and tries to write there. */
    public void make() throws IOException {
        Files.createDirectories(path);
        Files.delete(Files.createTempFile(path, ".try", ""));
    }
}
