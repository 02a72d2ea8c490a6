package org.asntally.job.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.SinkConfig;
import org.asntally.sinks.flink.ResultFiles;
import org.jspecify.annotations.Nullable;

/**
 * Removes unfinished result files that killed processes of this job left.
 *
 * <p>Each process writes its own name into those of its files: the job's owner, which two processes
 * cannot be at a time (locks), and a number of the process. An unfinished file of this owner and
 * another number is one of a process that is gone. Those which the state refers to from which this
 * process went on are finished before its first checkpoint is complete, and what older states refer
 * to is finished or in that one: whatever is unfinished after that no state needs.
 */
final class ResultSweep {

    private static final String RUNS = "run-[0-9]+";

    private final String owner;
    private final String process;
    private final List<Path> folders = new ArrayList<>();

    /** What was removed. */
    record Swept(int files, long bytes) {}

    /**
     * Sweeps after a process of this job.
     *
     * @param place what is no other job's at a time
     * @param generation of the results: those of others belong to states that may still be named
     */
    ResultSweep(JobFile job, Path place, int generation) {
        this.owner = id(place.toString());
        this.process = id(UUID.randomUUID().toString());
        for (SinkConfig sink : job.sinks().values()) {
            Path folder = RunPlace.local(folder(sink, generation));
            if (folder != null) {
                folders.add(folder);
            }
        }
    }

    private static String id(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(bytes).toString().substring(0, 8);
    }

    /** Where a sink's results of a generation are. */
    static String folder(SinkConfig sink, int generation) {
        String folder = RunPlace.absolute(sink.get(JobKeys.Sink.PATH));
        return generation == 1 ? folder : folder + "/run-" + generation;
    }

    /** What the names of this process's files say. */
    String mark() {
        return owner + "-" + process;
    }

    /** Removes them, once a checkpoint is complete or all is done; what resists stays. */
    Swept sweep() {
        int[] files = {0};
        long[] bytes = {0};
        for (Path folder : folders) {
            try {
                Files.walkFileTree(folder, visitor(folder, files, bytes));
            } catch (IOException e) {
                // The next process looks again.
            }
        }
        return new Swept(files[0], bytes[0]);
    }

    private SimpleFileVisitor<Path> visitor(Path root, int[] files, long[] bytes) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
                boolean another =
                        root.equals(place.getParent())
                                && place.getFileName().toString().matches(RUNS);
                return another ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                    throws IOException {
                String mark = ResultFiles.markOfUnfinished(file.getFileName().toString());
                if (mark != null
                        && mark.startsWith(owner + "-")
                        && !mark.equals(mark())
                        && Files.deleteIfExists(file)) {
                    files[0]++;
                    bytes[0] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path place, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        };
    }
}
