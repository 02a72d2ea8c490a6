package org.asntally.job.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalClusterITCase {

    @Test
    void runsAJobAndLeavesNothingBehind(@TempDir Path parent) throws Exception {
        TemporaryFolder folder = TemporaryFolder.make(parent);
        LocalCluster cluster = new LocalCluster(folder.path(), 2);

        JobResult result = cluster.run(job(folder.path(), false)).get(30, TimeUnit.SECONDS);
        cluster.close();
        folder.close();

        assertThat(result.isSuccess()).isTrue();
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFailureEndsTheJobAtOnce(@TempDir Path parent) throws Exception {
        TemporaryFolder folder = TemporaryFolder.make(parent);
        LocalCluster cluster = new LocalCluster(folder.path(), 2);

        JobResult result = cluster.run(job(folder.path(), true)).get(30, TimeUnit.SECONDS);
        cluster.close();
        folder.close();

        assertThat(result.getSerializedThrowable()).isPresent();
    }

    private static JobGraph job(Path folder, boolean broken) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        LocalCluster.configuration(folder, 2));
        env.fromSequence(1, 1000)
                .keyBy(number -> number % 7)
                .map(
                        number -> {
                            if (broken) {
                                throw new IllegalStateException("as ordered");
                            }
                            return number;
                        })
                .sinkTo(new DiscardingSink<>());
        return env.getStreamGraph().getJobGraph();
    }
}
