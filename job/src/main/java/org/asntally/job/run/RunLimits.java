package org.asntally.job.run;

import java.util.List;
import org.asntally.job.config.CountConfig;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.Key;
import org.asntally.job.config.Settings;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;

/**
 * What a job file may say and this version does not do: refused by name, never taken and ignored.
 */
final class RunLimits {

    private static final String WAIT = "leave it out";

    private static final List<String> WEIGHTS =
            List.of("hits", "packets", "bytes", "number", "time");

    private RunLimits() {}

    /** Refuses the first of them. */
    static void check(JobFile job) throws Fault {
        for (CountConfig count : job.counts().values()) {
            refuse(count.settings(), JobKeys.Count.TOP);
            String weight = count.get(JobKeys.Count.WEIGHT);
            if (!WEIGHTS.contains(weight)) {
                throw new Fault(Problem.NOT_YET, "weight: " + weight, WAIT);
            }
        }
        refuse(job.rib(), JobKeys.Rib.LEAD);
    }

    private static void refuse(Settings settings, Key<?> key) throws Fault {
        if (settings.isGiven(key)) {
            throw new Fault(Problem.NOT_YET, key, WAIT);
        }
    }
}
