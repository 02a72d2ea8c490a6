package org.asntally.job.local;

import java.io.IOException;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.SerializedThrowable;
import org.asntally.job.attribute.RequiredSourceException;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.jspecify.annotations.Nullable;

/** Says why a job ended early, from the innermost of the exceptions that the engine wraps. */
public final class Failures {

    private static final int DEEPEST = 50;

    private Failures() {}

    /** Why a job has failed. */
    public static Fault fault(JobResult result) {
        Throwable cause = result.getSerializedThrowable().orElse(null);
        return fault(
                cause == null ? new IllegalStateException("job ended without a result") : cause);
    }

    /** What an exception of the engine means to a person. */
    public static Fault fault(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof RequiredSourceException required) {
            return Fault.because(failure, Problem.REQUIRED_SOURCE_FAILED, required.source());
        }
        if (root instanceof OutOfMemoryError) {
            return Fault.because(failure, Problem.OUT_OF_MEMORY, String.valueOf(root.getMessage()));
        }
        if (root instanceof IOException io
                && String.valueOf(io.getMessage()).contains("No space left")) {
            return Fault.because(failure, Problem.TEMPORARY_FOLDER_FULL, Reasons.of(io));
        }
        return Fault.because(failure, Problem.JOB_FAILED, root.toString());
    }

    /** The innermost of the exceptions that the engine wraps. */
    public static Throwable root(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (at instanceof SerializedThrowable serialized) {
                at = serialized.deserializeError(Failures.class.getClassLoader());
                if (at instanceof SerializedThrowable) {
                    return at;
                }
            }
            @Nullable Throwable next = at.getCause();
            if (next == null || next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }
}
