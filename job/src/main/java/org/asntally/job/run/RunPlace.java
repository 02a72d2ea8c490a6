package org.asntally.job.run;

import java.net.URI;
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
 * @param resultMark what the names of result files have in them; empty: nothing
 */
record RunPlace(Path dataFolder, Path archive, boolean cluster, Path temporary, String resultMark) {

    /** Where result files have no mark. */
    RunPlace(Path dataFolder, Path archive, boolean cluster, Path temporary) {
        this(dataFolder, archive, cluster, temporary, "");
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
