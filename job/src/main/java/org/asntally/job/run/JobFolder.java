package org.asntally.job.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asntally.job.local.TemporaryFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * What a job of a name keeps in the data folder, for one process at a time:
 *
 * <pre>
 * jobs/NAME/lock          held while the job runs
 *           current       where it is: path, state, generation, attempt, configuration
 *           checkpoints/  unless the job file names another folder
 *           savepoints/   made when it is stopped
 *           tmp/          emptied at start: what a killed process left
 * </pre>
 */
final class JobFolder implements AutoCloseable {

    /** How the job was left. */
    enum State {
        /** It runs, or was killed. */
        RUNNING,
        /** It was stopped, and goes on from the savepoint. */
        STOPPED,
        /** All its input ended. */
        FINISHED
    }

    /**
     * What {@code current} says.
     *
     * @param generation counts fresh starts, from 1
     * @param attempt counts submissions to a cluster within the generation: a cluster runs no job
     *     of an id twice; 0 for a job of this process
     * @param path the savepoint of a job that was stopped, the last checkpoint that is known of one
     *     on a cluster; else empty
     * @param configuration the effective job file, without secrets
     */
    record Current(State state, int generation, int attempt, String path, String configuration) {

        /** The same, left otherwise. */
        Current with(State newState, String newPath) {
            return new Current(newState, generation, attempt, newPath, configuration);
        }
    }

    private static final String CURRENT = "current";
    private static final String CONFIGURATION = "configuration";

    private final Path folder;
    private final JobLock lock;
    private @Nullable JobLock further;

    private JobFolder(Path folder, JobLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes the folder of a job; refuses it while another process has it. */
    static JobFolder take(Path dataFolder, String job) throws Fault {
        Path folder = dataFolder.resolve("jobs").resolve(job).toAbsolutePath();
        try {
            Files.createDirectories(folder);
            JobLock lock = JobLock.take(folder.resolve("lock"));
            if (lock == null) {
                throw new Fault(Problem.JOB_RUNS, job, folder);
            }
            JobFolder taken = new JobFolder(folder, lock);
            TemporaryFolder.remove(taken.temporary());
            Files.createDirectories(taken.temporary());
            return taken;
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_WRITABLE, folder, Reasons.of(e));
        }
    }

    /** Keeps another lock as long as the folder; null: none. */
    void keep(@Nullable JobLock other) {
        further = other;
    }

    /** The folder itself: no other process has it at the same time. */
    Path path() {
        return folder;
    }

    /** Where Flink puts what nobody needs after the process. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    Path savepoints() {
        return folder.resolve("savepoints");
    }

    /** How the job was left; null when it never ran. */
    @Nullable Current current() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve(CURRENT), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        }
        int end = lines.indexOf(CONFIGURATION);
        if (end < 0) {
            throw new IOException("'" + folder.resolve(CURRENT) + "' is cut off");
        }
        Map<String, String> values = new HashMap<>();
        for (String line : lines.subList(0, end)) {
            int space = line.indexOf(' ');
            values.put(line.substring(0, Math.max(0, space)), line.substring(space + 1));
        }
        try {
            return new Current(
                    State.valueOf(values.getOrDefault("state", "").toUpperCase(Locale.ROOT)),
                    Integer.parseInt(values.getOrDefault("generation", "")),
                    Integer.parseInt(values.getOrDefault("attempt", "0")),
                    values.getOrDefault("path", ""),
                    String.join("\n", lines.subList(end + 1, lines.size())));
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + folder.resolve(CURRENT) + "' cannot be read", e);
        }
    }

    /** Keeps how the job is; a reader sees the old or the new. */
    void current(Current current) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("state " + current.state().name().toLowerCase(Locale.ROOT));
        lines.add("generation " + current.generation());
        lines.add("attempt " + current.attempt());
        lines.add("path " + current.path());
        lines.add(CONFIGURATION);
        lines.add(current.configuration());
        Path beside = folder.resolve(CURRENT + ".new");
        Files.write(beside, lines, StandardCharsets.UTF_8);
        try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(
                beside,
                folder.resolve(CURRENT),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        JobLock other = further;
        if (other != null) {
            other.close();
        }
        lock.close();
    }
}
