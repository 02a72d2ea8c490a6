package org.asntally.sources.flink;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** Stops jobs of tests. */
public final class Savepoints {

    private static final int MOST_ATTEMPTS = 100;

    private Savepoints() {}

    /** Stops a job, which wants all its tasks to run; gives the place of its savepoint. */
    public static String stop(JobClient job, Path folder) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return job.stopWithSavepoint(
                                false, folder.toString(), SavepointFormatType.CANONICAL)
                        .get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (attempt > MOST_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }
}
