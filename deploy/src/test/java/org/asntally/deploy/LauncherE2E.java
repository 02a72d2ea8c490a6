package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.asntally.deploy.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program starts: wherever it lies, whatever the surroundings are. */
class LauncherE2E {

    private static final String LINE = "192.0.2.1\n";

    @TempDir private Path place;

    private Path one() throws IOException {
        return Files.writeString(place.resolve("one.txt"), LINE);
    }

    private void counted(Result result) {
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("total: 1\n");
        result.saysNoStackTrace();
    }

    @Test
    void countsALine() throws Exception {
        counted(Program.asntally(place, "count", one().toString()).run());
    }

    @Test
    void countsWhatIsPiped() throws Exception {
        counted(Program.asntally(place, "count").reading(LINE).run());
    }

    @Test
    void isTheToolByWhoseNameItIsCalled() throws Exception {
        counted(Program.tool(place, "asncounter", "-i", one().toString()).run());
        counted(Program.asntally(place, "asncounter", "-i", one().toString()).run());
    }

    @Test
    void isFoundThroughLinks() throws Exception {
        Path first = place.resolve("asncounter");
        Files.createSymbolicLink(first, Program.DISTRIBUTION.resolve("bin/asntally"));
        Path second = Files.createDirectories(place.resolve("x y")).resolve("asncounter");
        Files.createSymbolicLink(second, first);

        counted(new Program(place, second.toString(), "-i", one().toString()).run());
    }

    @Test
    void mayLieBelowBlanks() throws Exception {
        Path copy = copyOfDistribution("of many words");

        counted(
                new Program(place, copy.resolve("bin/asntally").toString())
                        .with("count", one().toString())
                        .run());
        // The archive of the build is of another place: the first start made one for this.
        assertThat(Program.names(place.resolve("home/.cache/asntally")))
                .anyMatch(name -> name.endsWith(".jsa"));
    }

    @Test
    void theArchiveOfTheBuildIsUsed() throws Exception {
        Path log = place.resolve("loaded");

        counted(
                Program.asntally(place, "count", one().toString())
                        .javaOption("-Xlog:class+load:file=" + log)
                        .run());
        cameFromTheArchive(log);
        assertThat(place.resolve("home/.cache/asntally")).doesNotExist();
    }

    @Test
    void jobsHaveAnArchiveThatTheirCollectorCanUse() throws Exception {
        Path log = place.resolve("loaded");
        Path job = place.resolve("job.yaml");
        Files.writeString(
                job,
                """
                version: 1
                sources: {web: {type: log, path: "%s"}}
                counts: {by-as: {sources: [web], by: [asn], window: 1h}}
                sinks: {out: {type: files, path: results}}
                """
                        .formatted(one()));

        Result result =
                Program.asntally(place, "run", job.toString())
                        .javaOption("-Xlog:class+load:file=" + log)
                        .run();
        assertThat(result.status()).describedAs(result.err()).isZero();
        cameFromTheArchive(log);
    }

    /** One story, since an archive takes some seconds to make. */
    @Test
    void firstStartsMakeAnArchiveThatServesUntilItIsSpoilt() throws Exception {
        String program = copyOfDistribution("copy").resolve("bin/asntally").toString();
        Program.Running first = new Program(place, program, "count", one().toString()).start();
        Program.Running second = new Program(place, program, "count", one().toString()).start();
        counted(first.end());
        counted(second.end());
        Path archives = place.resolve("home/.cache/asntally");
        assertThat(Program.names(archives)).hasSize(2).noneMatch(name -> name.startsWith("."));

        Path log = place.resolve("loaded");
        counted(
                new Program(place, program, "count", one().toString())
                        .javaOption("-Xlog:class+load:file=" + log)
                        .run());
        cameFromTheArchive(log);

        for (String name : Program.names(archives)) {
            if (name.endsWith(".jsa")) {
                Files.delete(archives.resolve(name));
                Files.writeString(archives.resolve(name), "rubbish");
            }
        }
        Result result = new Program(place, program, "count", one().toString()).run();
        counted(result);
        assertThat(result.out()).startsWith("count\t");
    }

    @Test
    void startsWithoutAPlaceForTheArchive() throws Exception {
        String program = copyOfDistribution("copy").resolve("bin/asntally").toString();

        counted(
                new Program(place, program, "count", one().toString())
                        .setting("HOME", "/nonexistent")
                        .setting("XDG_CACHE_HOME", "/proc/nowhere")
                        .run());
    }

    @Test
    void theLocaleChangesNothing() throws Exception {
        Path file = Files.writeString(place.resolve("größe.txt"), LINE);
        String usual = Program.asntally(place, "count", "-I", "line", file.toString()).run().out();
        for (String locale : List.of("C", "POSIX", "tr_TR.UTF-8", "de_DE@euro", "nonsense", "")) {
            Result result =
                    Program.asntally(place, "count", "-I", "line", file.toString())
                            .setting("LC_ALL", locale)
                            .setting("LANG", locale)
                            .run();

            counted(result);
            assertThat(result.out()).as(locale).isEqualTo(usual);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx200m",
                "-XX:+UseG1GC",
                "-XX:+UseParallelGC -Dx=y",
                "-Dfile.encoding=ISO-8859-9"
            })
    void optionsOfTheSurroundingsDoNotStopIt(String options) throws Exception {
        counted(
                Program.asntally(place, "count", one().toString())
                        .setting("JAVA_TOOL_OPTIONS", options)
                        .run());
    }

    @Test
    void itsOwnVariableReachesTheJvm() throws Exception {
        Result result =
                Program.asntally(place, "count", one().toString())
                        .javaOption("-XX:+PrintCommandLineFlags -Xmx222m -XX:+UseParallelGC")
                        .run();

        assertThat(result.out()).contains("MaxHeapSize=" + (222 << 20)).contains("total: 1");
    }

    @ParameterizedTest
    @CsvSource({
        "count short.txt, true",
        "count middle.txt, true",
        "count packed.gz, true",
        "count -I line short.txt short.txt, true",
        "count --rib long.txt short.txt, true",
        "count 192.0.2.1, true",
        "asncounter -i short.txt, true",
        "rib info, true",
        "--version, true",
        "lookup 192.0.2.1, true",
        "lookup --rib long.txt 192.0.2.1, true",
        "explain 192.0.2.1, true",
        "lookup -O tsv, false",
        "lookup -, false",
        "count long.txt, false",
        "count half.txt half.txt, false",
        "count short.txt -, false",
        "count *.txt, false",
        "count packed.xz, false",
        "count, false",
        "asncounter, false"
    })
    void shortInputIsCompiledQuicklyAndLongInputWell(String words, boolean quick) throws Exception {
        Map<String, Long> sizes =
                Map.of(
                        "short.txt", 1_000L,
                        "middle.txt", 30_000_000L,
                        "half.txt", 700_000_000L,
                        "long.txt", 1_300_000_000L,
                        "packed.gz", 15_000_000L,
                        "packed.xz", 15_000_000L);
        for (Map.Entry<String, Long> size : sizes.entrySet()) {
            Path path = place.resolve(size.getKey());
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(size.getValue()); // sparse: no byte is written
            }
        }
        Result result =
                Program.asntally(place, words.split(" "))
                        .in(place)
                        // prints the flags, then ends before anything is counted
                        .javaOption("-XX:+PrintFlagsFinal -version")
                        .run();

        assertThat(result.out()).containsPattern("MaxHeapSize +=");
        assertThat(result.out().lines().filter(line -> line.contains(" TieredStopAtLevel ")))
                .singleElement()
                .asString()
                .containsPattern(" = " + (quick ? 1 : 4) + " ");
    }

    @Test
    void livesIn512Megabytes() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            lines.append("198.51.").append(i % 7).append('.').append(i % 251).append('\n');
        }
        Result result =
                Program.asntally(place, "count")
                        .javaOption("-XX:MaxRAM=512m")
                        .reading(lines.toString())
                        .run();

        assertThat(result.err()).doesNotContain("memory");
        assertThat(result.out()).contains("total: 300000\n");
    }

    @Test
    void anOldJavaIsToldInOneLine() throws Exception {
        Result result =
                Program.asntally(place, "count", one().toString())
                        .setting("JAVA_HOME", fakeJava("11.0.2").toString())
                        .run();

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("17").contains("11");
    }

    @Test
    void noJavaIsToldInOneLine() throws Exception {
        Path tools = Files.createDirectories(place.resolve("tools"));
        for (String name : List.of("sh", "readlink", "sed", "head")) {
            Files.createSymbolicLink(tools.resolve(name), Path.of("/bin/" + name));
        }
        Result result =
                new Program(
                                place,
                                "/bin/sh",
                                Program.DISTRIBUTION.resolve("bin/asntally").toString(),
                                "--version")
                        .setting("PATH", tools.toString())
                        .setting("JAVA_HOME", "")
                        .run();

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("JDK 17");
    }

    @Test
    void aReaderThatStopsReadingEndsItQuietly() throws Exception {
        Result result =
                new Program(
                                place,
                                "/bin/sh",
                                "-c",
                                "\"$1\" count --top 100000 -O tsv \"$2\" | head -n 1; :",
                                "sh",
                                Program.DISTRIBUTION.resolve("bin/asntally").toString(),
                                Program.ROOT.resolve("examples/access.log").toString())
                        .run();

        assertThat(result.out()).isEqualTo("count\tpercent\tASN\tAS\n");
        result.saysNoStackTrace();
        assertThat(result.err()).doesNotContainIgnoringCase("broken pipe");
    }

    @Test
    void leavesNothingInTheTemporaryFolder() throws Exception {
        Program program = Program.asntally(place, "count", one().toString());
        counted(program.run());

        assertThat(Program.names(program.temporary())).isEmpty();
    }

    @Test
    void norDoesAFileThatNeedsANativeLibrary() throws Exception {
        Path packed = place.resolve("one.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(packed))) {
            out.write(LINE.getBytes(StandardCharsets.US_ASCII));
        }
        Program program = Program.asntally(place, "count", "-I", "line", packed.toString());
        counted(program.run());

        assertThat(Program.names(program.temporary())).isEmpty();
    }

    @Test
    void whatAKilledOneLeftIsRemovedByTheNext() throws Exception {
        Path temporary = Program.asntally(place, "count").temporary();
        for (int i = 0; i < 3; i++) {
            Program.Running running = Program.asntally(place, "count").start();
            running.type(LINE);
            awaitSomething(temporary, running);
            running.process().destroyForcibly().waitFor();
        }
        counted(Program.asntally(place, "count", one().toString()).run());

        assertThat(Program.names(temporary)).isEmpty();
    }

    private static void awaitSomething(Path folder, Program.Running running) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (Program.names(folder).isEmpty() && System.nanoTime() < end) {
            assertThat(running.process().isAlive()).isTrue();
            Thread.sleep(20);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoHindrance() throws Exception {
        assumeTrue(isRoot(), "needs root, to become somebody who may not write");
        Path copy = copyOfDistribution("copy");
        allMayRead(place);
        Path file = one();
        Path home = Files.createDirectories(place.resolve("closed"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(
                Program.asntally(place).temporary(), PosixFilePermissions.fromString("rwxrwxrwx"));

        counted(
                new Program(place, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                        .with(copy.resolve("bin/asntally").toString(), "count", file.toString())
                        .setting("HOME", home.toString())
                        .run());
        assertThat(Program.names(home)).isEmpty();
    }

    @Test
    void whatAnotherUserMayNotReadIsToldAndTheRestCounted() throws Exception {
        assumeTrue(isRoot(), "needs root, to become somebody else");
        Path copy = copyOfDistribution("copy");
        allMayRead(place);
        Path secret = Files.writeString(place.resolve("secret.log"), LINE);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(
                Program.asntally(place).temporary(), PosixFilePermissions.fromString("rwxrwxrwx"));

        Result result =
                new Program(place, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                        .with(copy.resolve("bin/asntally").toString(), "count", "-I", "line")
                        .with(secret.toString(), one().toString())
                        .setting("HOME", "/nonexistent")
                        .run()
                        .saysNoStackTrace();

        assertThat(result.status()).isEqualTo(4);
        assertThat(result.err()).contains(secret.toString());
        assertThat(result.out()).contains("total: 1\n");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void allMayRead(Path place) throws Exception {
        run("chmod", "-R", "a+rX", place.toString());
    }

    private Path copyOfDistribution(String name) throws Exception {
        Path copy = place.resolve(name);
        // Archives of classes are of their place, and large; no test of these starts a job.
        Files.createDirectories(copy);
        run(
                "sh",
                "-c",
                "tar -C \"$1\" --exclude='*.jsa*' --exclude=./lib/rocksdb -cf - . | tar -C \"$2\" -xf -",
                "sh",
                Program.DISTRIBUTION.toString(),
                copy.toString());
        return copy;
    }

    /** Of the classes that a JVM noted most came out of an archive. */
    private static void cameFromTheArchive(Path log) throws Exception {
        List<String> loaded = Files.readAllLines(log);
        long archived =
                loaded.stream().filter(line -> line.endsWith("shared objects file")).count();
        assertThat(archived).isGreaterThan(loaded.size() * 8L / 10);
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /**
     * A folder that looks like a JDK of another version; its java says so and does nothing else.
     */
    private Path fakeJava(String version) throws IOException {
        Path bin = Files.createDirectories(place.resolve("jdk/bin"));
        Path java = bin.resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n",
                StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return place.resolve("jdk");
    }
}
