package org.asntally.job.run;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.asntally.job.config.JobKeys.StateIn;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** How a job goes on from what was saved of it. */
final class Restore {

    private Restore() {}

    /**
     * Settings for a job.
     *
     * @param from null: it begins
     * @throws Fault when the changed file has no use for some of the state, or another place for it
     */
    static SavepointRestoreSettings settings(
            @Nullable SavedState from, JobGraph job, RunRequest request) throws Fault {
        if (from == null) {
            return SavepointRestoreSettings.none();
        }
        StateIn now = RunSettings.stateOf(request.job());
        if (from.keptIn() != null && from.keptIn() != now) {
            throw new Fault(Problem.STATE_KEPT_OTHERWISE, word(from.keptIn()), word(now));
        }
        Set<OperatorID> wanted = new HashSet<>();
        for (JobVertex vertex : job.getVertices()) {
            for (OperatorIDPair pair : vertex.getOperatorIDs()) {
                wanted.add(pair.getGeneratedOperatorID());
                pair.getUserDefinedOperatorID().ifPresent(wanted::add);
            }
        }
        Set<String> unused = new TreeSet<>();
        for (Map.Entry<OperatorID, String> state : from.operators().entrySet()) {
            String name = name(state.getValue());
            if (!wanted.contains(state.getKey()) && !request.drop().contains(name)) {
                unused.add(name);
            }
        }
        if (!unused.isEmpty()) {
            throw new Fault(
                    Problem.STATE_UNUSED, String.join(", ", unused), String.join(",", unused));
        }
        return settings(RunPlace.address(from.path().toString()), request);
    }

    private static String word(StateIn state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Settings for a job whose state only the cluster can read. */
    static SavepointRestoreSettings settings(String address, RunRequest request) {
        return SavepointRestoreSettings.forPath(
                address,
                !request.drop().isEmpty(),
                request.from() == null ? RecoveryClaimMode.CLAIM : RecoveryClaimMode.NO_CLAIM);
    }

    /**
     * The configured name within an operator's: {@code by-as} of {@code result: out/by-as: Writer}.
     */
    private static String name(String operator) {
        String[] words = operator.split("[: ]+", -1);
        String name = words[Math.min(words.length - 1, operator.startsWith("Source: ") ? 2 : 1)];
        return name.substring(name.indexOf('/') + 1);
    }
}
