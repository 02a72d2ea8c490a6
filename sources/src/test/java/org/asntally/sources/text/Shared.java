package org.asntally.sources.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The inputs and golden files that lie beside the repository. */
public final class Shared {
    private Shared() {}

    /** A file of them; where they are not, the test that asks is skipped. */
    public static Path file(String name) {
        String told = System.getenv("ASNTALLY_SHARED");
        Path folder = told == null ? Path.of("").toAbsolutePath() : Path.of(told);
        for (Path up = folder; told == null && up != null; up = up.getParent()) {
            folder = up.resolve("shared");
            if (Files.isDirectory(folder)) {
                break;
            }
        }
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
        return file;
    }
}
