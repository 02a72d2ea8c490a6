package org.asntally.lookup;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the folder of golden cases and inputs that lies beside a checkout. */
public final class Shared {

    private Shared() {}

    /** A file in it; the test is skipped, with a message, where the folder is absent. */
    public static Path file(String name) {
        String named = System.getenv("ASNTALLY_SHARED");
        Path folder = named == null ? null : Path.of(named);
        Path up = Path.of("").toAbsolutePath();
        while (folder == null && up != null) {
            if (Files.isDirectory(up.resolve("shared/spec"))) {
                folder = up.resolve("shared");
            }
            up = up.getParent();
        }
        Path file = folder == null ? null : folder.resolve(name);
        Assumptions.assumeTrue(
                file != null && Files.exists(file), "no shared/" + name + " beside this checkout");
        return file;
    }
}
