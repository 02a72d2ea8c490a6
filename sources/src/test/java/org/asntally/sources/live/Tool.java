package org.asntally.sources.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Another program that reads captures. */
public final class Tool {
    private Tool() {}

    /** What it prints on standard output; where it is not installed, the test is skipped. */
    public static List<String> lines(String name, String... arguments) throws IOException {
        boolean there =
                Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin")
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        assumeTrue(there, () -> "skipped: " + name + " is not installed");
        Process process =
                new ProcessBuilder(Stream.concat(Stream.of(name), Stream.of(arguments)).toList())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return out.lines().toList();
    }
}
