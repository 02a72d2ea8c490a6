package org.asntally.job.run;

import java.nio.file.Path;
import java.util.Set;
import org.asntally.job.config.Endpoint;
import org.asntally.job.config.JobFile;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do; plain data without Flink.
 *
 * @param job what runs
 * @param dataFolder where it keeps what it needs to go on
 * @param archive the archive of tables where the job names none
 * @param fresh whether it begins anew, with results of their own
 * @param drop states that a changed job file has no use for and that may go
 * @param from a savepoint that the user names; it stays the user's
 * @param target where the job runs; null: in this process
 * @param progress whether a status line may be shown
 * @param last whether nobody goes on with it: its stop closes the windows
 */
public record RunRequest(
        JobFile job,
        Path dataFolder,
        Path archive,
        boolean fresh,
        Set<String> drop,
        @Nullable Path from,
        @Nullable Target target,
        boolean quiet,
        boolean progress,
        boolean last) {

    /**
     * A cluster.
     *
     * @param address of its REST interface
     * @param jar what it is given
     * @param detached whether to leave the job to it
     */
    public record Target(Endpoint address, Path jar, boolean detached) {}
}
