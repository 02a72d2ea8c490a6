package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What signals do to a count that reads a pipe which stays open. */
class SignalsE2E {

    private static final String THREE = "192.0.2.1\n192.0.2.1\n198.51.100.7\n";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    @TempDir private Path place;

    @ParameterizedTest
    @CsvSource({"INT, asntally", "TERM, asntally", "INT, asncounter", "TERM, asncounter"})
    void endReadingAndReport(String signal, String name) throws Exception {
        Running running = hasCountedThree(name);

        running.signal(signal);
        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).endsWith("total: 3\n");
        assertThat(Program.names(Program.asntally(place).temporary())).isEmpty();
    }

    /** At the end the engine takes one more checkpoint: nobody is to wait for it. */
    @Test
    void endsThoughNothingCanBeWrittenToTheTemporaryFolderAnyMore() throws Exception {
        Running running = hasCountedThree("asntally");
        try (Stream<Path> files = Files.walk(Program.asntally(place).temporary())) {
            Path checkpoints =
                    files.filter(file -> file.endsWith("checkpoints")).findFirst().orElseThrow();
            for (String job : Program.names(checkpoints)) {
                Files.move(checkpoints.resolve(job), place.resolve(job));
                Files.createFile(checkpoints.resolve(job));
            }
        }

        running.signal("TERM");
        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).endsWith("total: 3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asntally", "asncounter"})
    void hangupShowsTheReportSoFarAndReadsOn(String name) throws Exception {
        Running running = hasCountedThree(name);

        running.type(THREE);
        running.process().getOutputStream().close();
        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("total: 3\n").endsWith("total: 6\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSilentPipeDoesNotHoldIt(String signal) throws Exception {
        Running running = Program.asntally(place, "count", "-I", "line").start();
        awaitReaders(running);

        running.signal(signal);
        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).endsWith("total: 0\n");
    }

    /** A count of a pipe that has counted three lines, as its reports at hangups say. */
    private Running hasCountedThree(String name) throws Exception {
        Running running =
                name.equals("asntally")
                        ? Program.asntally(place, "count", "-I", "line").start()
                        : Program.tool(place, name).start();
        awaitReaders(running);
        running.type(THREE);
        long end = System.nanoTime() + PATIENCE;
        do {
            running.signal("HUP");
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as(Files.readString(running.err()))
                    .isTrue();
        } while (!Files.readString(running.out()).contains("total: 3\n"));
        return running;
    }

    /** Waits for the threads of the job's sources: by then signals are handled. */
    private static void awaitReaders(Running running) throws Exception {
        Path threads = Path.of("/proc/" + running.process().pid() + "/task");
        assumeTrue(Files.exists(threads), "needs /proc");
        long end = System.nanoTime() + PATIENCE;
        while (names(threads).stream().noneMatch(name -> name.startsWith("Source"))) {
            assertThat(running.process().isAlive() && System.nanoTime() < end)
                    .as(Files.readString(running.err()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<String> names(Path threads) throws IOException {
        List<String> names = new ArrayList<>();
        for (String thread : Program.names(threads)) {
            try {
                names.add(Files.readString(threads.resolve(thread).resolve("comm")));
            } catch (IOException e) {
                // It has ended since it was listed.
            }
        }
        return names;
    }
}
