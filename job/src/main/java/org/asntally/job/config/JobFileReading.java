package org.asntally.job.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a job file.
 *
 * @param file the job; null when there are errors
 * @param findings all errors and warnings, in the order of their places
 */
public record JobFileReading(@Nullable JobFile file, List<Finding> findings) {

    /** How many findings keep the file from being used. */
    public int errors() {
        return (int) findings.stream().filter(finding -> !finding.warning()).count();
    }
}
