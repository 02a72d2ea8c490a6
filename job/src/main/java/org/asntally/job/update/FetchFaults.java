package org.asntally.job.update;

import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.download.DownloadException;

/** What a failed download means for the user. */
final class FetchFaults {

    private FetchFaults() {}

    static Fault of(DownloadException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case BAD_SETTING -> Fault.because(e, Problem.BAD_DOWNLOAD_SETTING, message);
            case REFUSED -> fault(e, Problem.DOWNLOAD_REFUSED, message);
            case BAD_REDIRECT -> fault(e, Problem.DOWNLOAD_REDIRECTED, message);
            case TOO_LARGE -> fault(e, Problem.DOWNLOAD_TOO_LARGE, message);
            case TOO_SLOW -> fault(e, Problem.DOWNLOAD_TOO_SLOW, message);
            case NOT_TRUSTED -> fault(e, Problem.SERVER_NOT_TRUSTED, message);
            case UNUSABLE -> fault(e, Problem.NO_TABLE_LISTED, message);
            case NO_ANSWER, BROKEN_OFF, SERVER_BUSY -> fault(e, Problem.DOWNLOAD_FAILED, message);
        };
    }

    private static Fault fault(DownloadException e, Problem problem, String message) {
        return Fault.because(e, problem, e.address(), message);
    }
}
