package org.asntally.job.cli;

import org.asntally.job.problem.Problem;

/** How a command ends. The numbers are a contract. */
public enum ExitStatus {
    /** All done; skipped input is reported, no error. */
    DONE(0),
    /** Done, but something that was asked for could not be done. */
    PARTLY(1),
    /** Usage or configuration. */
    USAGE(2),
    /** No usable RIB. */
    NO_RIB(3),
    /** An input cannot be opened or read to its end, or an output cannot be written. */
    INPUT_OUTPUT(4),
    /** A defect of ours. */
    DEFECT(70);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The process's exit status. */
    public int code() {
        return code;
    }

    /** How a command ends that ends with this problem. */
    public static ExitStatus of(Problem problem) {
        return switch (problem) {
            case STRICT, NO_QUESTION -> PARTLY;
            case BAD_REPORT -> INPUT_OUTPUT;
            case BAD_DOWNLOAD_SETTING, BAD_BPF, NO_INTERFACE -> USAGE;
            // Told on the way; all goes on.
            case BAD_LINE,
                    BAD_PACKET,
                    BAD_RECORD,
                    RECORDS_LOST,
                    EXPORTER_REFUSED,
                    BAD_ROW,
                    COLUMN_THERE,
                    BAD_ROUTE,
                    CUT_OFF_RIB,
                    BEFORE_FIRST_TABLE,
                    NO_CACHE,
                    LEFT_OUT,
                    SPLIT,
                    HOST_BITS,
                    CONFIG_OPEN_SECRET,
                    CONFIG_NO_MATCH,
                    CONFIG_FOLDER,
                    CONFIG_UNREADABLE,
                    CONFIG_UNUSED,
                    DATA_FOLDER,
                    OTHER_FILE_RUNS,
                    JOB_LOST,
                    JOB_RESTARTS,
                    CLUSTER_SILENT,
                    TABLES_LEFT_BEHIND ->
                    DONE;
            default -> of(problem.area());
        };
    }

    private static ExitStatus of(String area) {
        return switch (area) {
            case "USE", "CFG", "FLT", "JOB" -> USAGE;
            case "RIB" -> NO_RIB;
            case "LIST" -> PARTLY;
            case "IN", "OUT", "NET", "CAP" -> INPUT_OUTPUT;
            default -> DEFECT;
        };
    }
}
