package org.asntally.job.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.problem.Fault;

/** A job file that runs in the test's own process, all it leaves below one folder. */
final class JobHere {

    private final Path place;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    JobHere(Path place) {
        this.place = place;
    }

    /** Checks a job file, named edge, by a table of one prefix. */
    JobFile read(String text) throws Exception {
        Path table = Files.writeString(place.resolve("t.dat"), "10.1.0.0/16\t64496\n");
        String whole =
                """
                version: 1
                name: edge
                parallelism: 2
                rib: {path: "%s"}
                sinks:
                  out: {type: files, path: "%s", format: json}
                """
                                .formatted(table, results())
                        + text;
        JobFile job =
                JobFiles.read(Files.writeString(place.resolve("job.yaml"), whole), name -> null)
                        .file();
        return Objects.requireNonNull(job, whole);
    }

    RunRequest request(JobFile job, String data) {
        return new RunRequest(
                job,
                place.resolve(data),
                place.resolve("rib"),
                false,
                Set.of(),
                null,
                null,
                false,
                false,
                false);
    }

    /** Runs it to its end; gives the exit status. */
    int run(JobFile job, String data) throws Fault {
        Console console =
                Console.of(
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        err,
                        Map.of());
        String temporary = System.getProperty("java.io.tmpdir");
        try {
            return JobRun.run(request(job, data), console);
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }

    CompletableFuture<Integer> start(JobFile job) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return run(job, "data");
                    } catch (Fault e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    Path results() {
        return place.resolve("results");
    }

    /** What was said. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The rows of finished files, in each file's order. */
    List<String> rows() {
        return files(results(), "").stream()
                .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                .flatMap(file -> lines(file).stream())
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below a folder; none while they come and go. */
    static List<Path> files(Path folder, String suffix) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
