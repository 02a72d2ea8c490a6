package org.asntally.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.asntally.job.filter.FilterNames;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a job file: no exception, no endless loop; findings, or a job that is printed and
 * read as the same. As a test it runs on its seeds alone; {@code ./test.sh long} fuzzes it.
 */
class JobFileFuzzTest {

    static Stream<byte[]> jobFileSeeds() {
        Stream<String> bad = JobFilesTest.badFiles().stream().map(JobFilesTest.Bad::text);
        Stream<String> good =
                Stream.of(
                        StarterFile.text(),
                        new RandomJob(1).job().print(),
                        new RandomJob(2).job().print(),
                        "a: &a [&b {c: *b}, *a]\n? [x]\n: y\n<<: *a\n");
        return Stream.concat(bad, good).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Files that the fuzzer names are not looked at. */
    private static final class Nowhere extends Surroundings {

        Nowhere() {
            super(name -> null);
        }

        @Override
        Found find(String text) {
            return Found.READABLE;
        }

        @Override
        FilterNames names(
                Map<String, List<NetworkEntry>> networks,
                Map<String, List<InterfaceId>> interfaces) {
            return new JobNames(networks, interfaces) {
                @Override
                public NetworkList file(String path) throws IOException {
                    throw new IOException("it is not looked at");
                }
            };
        }

        @Override
        void reveal(SecretText text) {}

        @Override
        boolean isOpen(String file) {
            return false;
        }
    }

    @MethodSource("jobFileSeeds")
    @FuzzTest(maxDuration = "10m")
    void jobFile(byte[] bytes) {
        if (bytes == null) {
            return;
        }
        JobFileReading reading = JobFiles.read(bytes, "f", new Nowhere(), Map.of());
        JobFile job = reading.file();
        if (job == null) {
            assertThat(reading.errors()).isPositive();
            return;
        }
        assertThat(reading.errors()).isZero();
        JobFileReading again =
                JobFiles.read(
                        job.print().getBytes(StandardCharsets.UTF_8), "f", new Nowhere(), Map.of());
        assertThat(again.file()).as("%s", again.findings()).isEqualTo(job);
    }
}
