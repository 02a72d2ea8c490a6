package org.asntally.job.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.asntally.job.config.JobKeys;
import org.asntally.job.local.TemporaryFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.run.JobFolder.Current;
import org.asntally.lookup.read.Reasons;
import org.jspecify.annotations.Nullable;

/** Where the checkpoints and savepoints of a job are. */
final class JobStates {

    private static final String CHECKPOINT = "chk-";

    /** Submissions further back have been followed by complete checkpoints of later ones. */
    private static final int MOST_ATTEMPTS = 1000;

    /** With so many bytes left the disk of checkpoints is as good as full. */
    private static final long LITTLE = 64L << 20;

    private final RunRequest request;
    private final JobFolder folder;

    JobStates(RunRequest request, JobFolder folder) {
        this.request = request;
        this.folder = folder;
    }

    /** The same name, generation and attempt are the same job to Flink, so its state is found. */
    static JobID id(String name, int generation, int attempt) {
        String text = name + '/' + generation + (attempt == 0 ? "" : "/" + attempt);
        UUID uuid = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return new JobID(uuid.getLeastSignificantBits(), uuid.getMostSignificantBits());
    }

    /** The folder of checkpoints; an address where the job file names one. */
    String checkpoints() {
        String given = request.job().checkpoints().find(JobKeys.Checkpoints.PATH);
        return given == null ? folder.checkpoints().toString() : RunPlace.absolute(given);
    }

    /**
     * Keeps other processes from the job's checkpoints, where the job file names a folder that this
     * machine has: the lock of the data folder says nothing to those of another one.
     *
     * @return null where the data folder's lock is enough, or nothing can be locked
     */
    static @Nullable JobLock lock(RunRequest request) throws Fault {
        String given = request.job().checkpoints().find(JobKeys.Checkpoints.PATH);
        Path folder = given == null ? null : RunPlace.local(given);
        // A cluster may have the folder elsewhere.
        if (folder == null || (request.target() != null && !Files.isDirectory(folder))) {
            return null;
        }
        String name = request.job().name();
        try {
            Files.createDirectories(folder);
            JobLock lock = JobLock.take(folder.resolve(name + ".lock"));
            if (lock == null) {
                throw new Fault(Problem.CHECKPOINTS_IN_USE, name, folder);
            }
            return lock;
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, folder, Reasons.of(e));
        }
    }

    /**
     * Deletes checkpoints that earlier processes were killed beside: all of this job that are older
     * than the one it goes on from, but for the newest of them, should that one turn out damaged.
     *
     * @param folder of the job's checkpoints
     */
    static void sweep(Path folder, SavedState from) throws IOException {
        TreeMap<Long, Path> older = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, CHECKPOINT + "*")) {
            for (Path each : all) {
                String number = String.valueOf(each.getFileName()).substring(CHECKPOINT.length());
                if (number.matches("[0-9]{1,18}") && Long.parseLong(number) < from.id()) {
                    older.put(Long.valueOf(number), each);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        }
        older.pollLastEntry();
        for (Path each : older.values()) {
            TemporaryFolder.remove(each);
        }
    }

    /** How much room the folder of checkpoints has, where that is known and little: {@code ; …}. */
    String room() {
        Path local = RunPlace.local(checkpoints());
        try {
            long left = local == null ? LITTLE : Files.getFileStore(local).getUsableSpace();
            return left >= LITTLE ? "" : "; %,d bytes are left in '%s'".formatted(left, local);
        } catch (IOException e) {
            return "; '" + local + "' cannot be reached";
        }
    }

    /** Where savepoints of jobs in this process go. */
    Path savepoints(int generation) {
        return folder.savepoints().resolve(String.valueOf(generation));
    }

    /** Where savepoints of jobs on a cluster go: beside the checkpoints, which all reach. */
    String sharedSavepoints(int generation) {
        return checkpoints() + "/savepoints/" + request.job().name() + "/" + generation;
    }

    /**
     * What the job goes on from: what the user names, else the newest that can be read here.
     *
     * @throws Fault when nothing is where the user says
     */
    @Nullable SavedState find(Current job) throws Fault, IOException {
        Path named = request.from();
        if (named != null) {
            SavedState given = SavedState.read(named.toAbsolutePath());
            if (given == null) {
                throw new Fault(Problem.NO_SAVEPOINT, named);
            }
            return given;
        }
        List<Path> folders = new ArrayList<>();
        folders.add(savepoints(job.generation()));
        if (!RunPlace.isAddress(checkpoints())) {
            folders.add(Path.of(sharedSavepoints(job.generation())));
            int first = Math.max(0, job.attempt() - MOST_ATTEMPTS);
            for (int attempt = first; attempt <= job.attempt(); attempt++) {
                JobID id = id(request.job().name(), job.generation(), attempt);
                folders.add(Path.of(checkpoints(), id.toHexString()));
            }
        }
        Path last = RunPlace.local(job.path());
        return SavedState.newer(
                SavedState.newest(folders), last == null ? null : SavedState.read(last));
    }
}
