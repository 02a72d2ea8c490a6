package org.asntally.job.config;

import java.util.List;
import java.util.Map;
import org.asntally.job.problem.Problem;
import org.asntally.sinks.TableKey;
import org.jspecify.annotations.Nullable;

/**
 * Whether the count that moves of prefixes are told with can tell them. Windows it has: those of a
 * job file have a length.
 */
final class MovesChecks {

    private final Settings job;
    private final Settings rib;
    private final Findings findings;

    /** Checks of a job whose counts are known by name. */
    MovesChecks(Settings job, Findings findings) {
        this.job = job;
        this.rib = job.get(JobKeys.Job.RIB);
        this.findings = findings;
    }

    void check() {
        String name = rib.find(JobKeys.Rib.MOVES);
        Place all = rib.place(JobKeys.Rib.MOVES_ALL);
        if (name == null) {
            if (all != null && rib.get(JobKeys.Rib.MOVES_ALL)) {
                findings.warning(all, Problem.CONFIG_UNUSED, "key", "moves-all", "it needs moves");
            }
            return;
        }
        Map<String, Settings> counts = job.find(JobKeys.Job.COUNTS);
        Settings count = counts == null ? null : counts.get(name);
        Place place = rib.place(JobKeys.Rib.MOVES);
        if (counts == null || count == null || place == null) {
            return;
        }
        if (!count.get(JobKeys.Count.BY).contains(TableKey.PREFIX.label())) {
            refuse(place, name, "a count that has prefix in its by", near(counts));
        }
        if (!isWritten(name)) {
            refuse(place, name, "a count that a sink writes", null);
        }
        if (counts.containsKey(JobKeys.Rib.movesOf(name))) {
            findings.error(
                    place,
                    Problem.CONFIG_SAME_PLACE,
                    "a count and the moves of '" + name + "' are called",
                    JobKeys.Rib.movesOf(name));
        }
        if (rib.get(JobKeys.Rib.AT) == JobKeys.RibAt.LATEST) {
            findings.error(place, Problem.CONFIG_CONTRADICTION, "moves: " + name, "at: latest");
        }
    }

    private void refuse(Place place, String name, String what, @Nullable String near) {
        findings.error(
                place,
                Problem.CONFIG_BAD_VALUE,
                name,
                "moves",
                what + (near == null ? "" : ", such as '" + near + "'"));
    }

    /** A count that would do. */
    private @Nullable String near(Map<String, Settings> counts) {
        for (Map.Entry<String, Settings> count : counts.entrySet()) {
            if (count.getValue().get(JobKeys.Count.BY).contains(TableKey.PREFIX.label())
                    && isWritten(count.getKey())) {
                return count.getKey();
            }
        }
        return null;
    }

    private boolean isWritten(String count) {
        for (Settings sink : job.get(JobKeys.Job.SINKS).values()) {
            List<String> counts = sink.find(JobKeys.Sink.COUNTS);
            if (counts == null || counts.contains(count)) {
                return true;
            }
        }
        return false;
    }
}
