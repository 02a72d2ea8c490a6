package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One program as a user starts it. By default the distribution that this build made, in an
 * environment of its own: home, temporary folder and locale are the test's, not the machine's.
 */
final class Program {

    /** The checkout that is tested. */
    static final Path ROOT = root();

    static final Path DISTRIBUTION = ROOT.resolve("deploy/target/asntally");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What a finished run left: its exit status and its two outputs. */
    record Result(int status, String out, String err) {

        /** Fails when something that only developers can read was printed. */
        Result saysNoStackTrace() {
            assertThat(err + out)
                    .doesNotContainPattern("(?m)^\\s+at [a-z]+\\.")
                    .doesNotContain("Exception in thread");
            return this;
        }
    }

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path place;
    private Path folder;
    private @Nullable Path input;

    /** A run whose home and temporary folder lie in {@code place}. */
    Program(Path place, String... command) throws IOException {
        this.place = place;
        this.folder = place;
        this.command.addAll(List.of(command));
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", Files.createDirectories(place.resolve("home")).toString());
        environment.put("LC_ALL", "C.UTF-8");
        String javaHome = System.getenv("JAVA_HOME");
        if (javaHome != null) {
            environment.put("JAVA_HOME", javaHome);
        }
        // Java has no variable for it, so it is an option.
        environment.put("ASNTALLY_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary());
        environment.put("TMPDIR", temporary().toString());
    }

    static Program asntally(Path place, String... arguments) throws IOException {
        return new Program(place, DISTRIBUTION.resolve("bin/asntally").toString()).with(arguments);
    }

    static Program tool(Path place, String name, String... arguments) throws IOException {
        return new Program(place, DISTRIBUTION.resolve("bin").resolve(name).toString())
                .with(arguments);
    }

    Path temporary() throws IOException {
        return Files.createDirectories(place.resolve("tmp"));
    }

    Program with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    Program setting(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A further option of the JVM. */
    Program javaOption(String option) {
        environment.merge("ASNTALLY_JAVA_OPTS", option, (old, more) -> old + " " + more);
        return this;
    }

    Program in(Path directory) {
        folder = directory;
        return this;
    }

    Program reading(Path file) {
        input = file;
        return this;
    }

    Program reading(String text) throws IOException {
        return reading(Files.writeString(Files.createTempFile(place, "input", ""), text));
    }

    Result run() throws IOException, InterruptedException {
        Running running = start();
        if (input == null) {
            running.process().getOutputStream().close();
        }
        return running.end();
    }

    /** Starts it with a pipe as input, unless it reads a file. */
    Running start() throws IOException {
        Path out = Files.createTempFile(place, "out", "");
        Path err = Files.createTempFile(place, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(folder.toFile());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        return new Running(builder.start(), out, err);
    }

    /** A run that goes on. */
    record Running(Process process, Path out, Path err) {

        void type(String text) throws IOException {
            OutputStream pipe = process.getOutputStream();
            pipe.write(text.getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        }

        void signal(String name) throws IOException, InterruptedException {
            assumeTrue(!ignores(name), "SIG" + name + " is ignored where these tests run");
            Process kill =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }

        /** A shell lets what it starts in the background ignore SIGINT, and the JVM keeps to it. */
        private boolean ignores(String name) throws IOException {
            Path status = Path.of("/proc/" + process.pid() + "/status");
            int number =
                    name.equals("HUP") ? 1 : name.equals("INT") ? 2 : name.equals("KILL") ? 9 : 15;
            return Files.exists(status)
                    && Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("SigIgn:"))
                            .map(line -> line.substring("SigIgn:".length()).strip())
                            .anyMatch(
                                    set ->
                                            (Long.parseUnsignedLong(set, 16) >>> (number - 1) & 1)
                                                    != 0);
        }

        /** Waits until an output holds a text. */
        void awaitText(Path output, String text) throws IOException, InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.readString(output).contains(text)) {
                assertThat(process.isAlive() && System.nanoTime() < end)
                        .as(
                                "waiting for '%s' in:%n%s%n%s",
                                text, Files.readString(out), Files.readString(err))
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        Result end() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("still running; it said: " + Files.readString(err));
            }
            return new Result(process.exitValue(), text(out), text(err));
        }

        private static String text(Path file) throws IOException {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        }
    }

    /** The names in a folder. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    private static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (path != null && !Files.exists(path.resolve("test.sh"))) {
            path = path.getParent();
        }
        if (path == null) {
            throw new IllegalStateException("not in a checkout");
        }
        return path;
    }
}
