package org.asntally.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobFileProperties {

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("asntally.long") ? 20_000 : 400);
    }

    /** The effective configuration is a file that says the same. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsPrintedIsReadAsTheSame(long seed) {
        JobFile job = new RandomJob(seed).job();
        String printed = job.print();

        JobFileReading again = JobFilesTest.read(printed);

        assertThat(again.errors()).as("seed %s: %s%n%s", seed, again.findings(), printed).isZero();
        JobFile file = again.file();
        assertThat(file).as("seed %s", seed).isEqualTo(job);
        assertThat(String.valueOf(file)).as("seed %s", seed).isEqualTo(printed);
    }
}
