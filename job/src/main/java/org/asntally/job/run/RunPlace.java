package org.asntally.job.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a job runs, and what of this machine is at hand.
 *
 * @param dataFolder of the program
 * @param archive the archive of tables where the job names none
 * @param cluster whether its tasks are processes of a cluster: they see no memory of this one, have
 *     another working folder and maybe other files
 * @param temporary a folder for files that are gone after submission
 * @param shared address of what every process of the cluster reaches: that of its checkpoints
 * @param resultMark what the names of result files have in them; empty: nothing
 */
record RunPlace(
        Path dataFolder,
        Path archive,
        boolean cluster,
        Path temporary,
        String shared,
        String resultMark) {

    /** Where result files have no mark. */
    RunPlace(Path dataFolder, Path archive, boolean cluster, Path temporary, String shared) {
        this(dataFolder, archive, cluster, temporary, shared, "");
    }

    /** In this process. */
    static RunPlace here(Path dataFolder, Path archive, Path temporary) {
        return new RunPlace(dataFolder, archive, false, temporary, "");
    }

    /** The same, with this in the names of result files. */
    RunPlace marked(String mark) {
        return new RunPlace(dataFolder, archive, cluster, temporary, shared, mark);
    }

    /**
     * Whether a folder is on the storage that all processes share: the one that the checkpoints are
     * on, which would be of no use elsewhere.
     */
    boolean isShared(Path folder) {
        Path common = local(shared);
        // Checkpoints are made later; what is there of their path tells the storage.
        while (common != null && !Files.exists(common)) {
            common = common.getParent();
        }
        try {
            return common != null
                    && !isRoot(common)
                    && Files.exists(folder)
                    && Files.getFileStore(common).equals(Files.getFileStore(folder));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isRoot(Path path) {
        return path.getNameCount() == 0;
    }

    /** A path of the job file as each process of a cluster takes it. */
    String path(String given) {
        return cluster ? absolute(given) : given;
    }

    /** A path that does not depend on the working folder; an address with a scheme stays. */
    static String absolute(String path) {
        return isAddress(path) ? path : Path.of(path).toAbsolutePath().toString();
    }

    /** As {@link #absolute}, for Flink: a file's address. */
    static String address(String path) {
        return isAddress(path) ? path : Path.of(path).toAbsolutePath().toUri().toString();
    }

    /** The path of a folder that this process can look into; null when it is none. */
    static @Nullable Path local(String address) {
        if (address.startsWith("file:")) {
            return Path.of(URI.create(address));
        }
        return address.isEmpty() || isAddress(address) ? null : Path.of(address);
    }

    static boolean isAddress(String path) {
        return path.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*");
    }
}
