package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunPlaceTest {

    @TempDir private Path folder;

    private RunPlace cluster(String checkpoints) {
        return new RunPlace(folder, folder, true, folder, checkpoints);
    }

    @Test
    void whatIsBesideTheCheckpointsIsShared() throws Exception {
        Path tables = Files.createDirectory(folder.resolve("rib"));

        assertThat(cluster(folder + "/state/checkpoints").isShared(tables)).isTrue();
        assertThat(cluster(folder.toUri() + "state").isShared(tables)).isTrue();
        assertThat(cluster(folder.toString()).isShared(folder.resolve("none"))).isFalse();
    }

    @Test
    void withCheckpointsElsewhereNothingIs() throws Exception {
        assertThat(cluster("s3://bucket/checkpoints").isShared(folder)).isFalse();
        assertThat(cluster("").isShared(folder)).isFalse();
        assertThat(cluster("/no-such-folder/checkpoints").isShared(folder)).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // where /proc is a storage of its own
    void anotherStorageIsNot() {
        assertThat(cluster(folder.toString()).isShared(Path.of("/proc/self"))).isFalse();
    }
}
