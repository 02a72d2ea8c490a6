package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobStatesTest {

    @TempDir private Path folder;

    @Test
    void checkpointsThatKilledProcessesLeftGoButForOne() throws Exception {
        for (String name :
                new String[] {"chk-1", "chk-3", "chk-15", "chk-16", "chk-20", "shared"}) {
            Path made = Files.createDirectory(folder.resolve(name));
            Files.writeString(made.resolve("_metadata"), "x");
        }
        Files.createDirectory(folder.resolve("chk-of-mine"));

        JobStates.sweep(folder, new SavedState(folder.resolve("chk-16"), 16, 0, Map.of(), null));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> String.valueOf(path.getFileName())))
                    .containsExactlyInAnyOrder(
                            "chk-15", "chk-16", "chk-20", "chk-of-mine", "shared");
        }
        JobStates.sweep(
                folder.resolve("none"), new SavedState(folder.resolve("x"), 16, 0, Map.of(), null));
    }
}
