package org.asntally.sources.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.asntally.sources.files.InputFiles.Trouble;
import org.asntally.sources.text.PlainFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    /** Sees address lines where there is a digit. */
    private static final FormatTeller DIGITS =
            (head, length, whole) -> {
                for (int i = 0; i < length; i++) {
                    if (head[i] >= '0' && head[i] <= '9') {
                        return PlainFormat.LINE;
                    }
                }
                return null;
            };

    @TempDir private Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name :
                new String[] {"log", "log.2", "log.10", "log.1", ".log.3", "a/x", "a/b/y"}) {
            Path path = folder.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "192.0.2.1\n");
        }
    }

    @Test
    void keepsTheOrderOfArgumentsAndNumbersInPatterns() {
        InputFiles inputs = resolve(false, "a/x", "log*", "a/*", "{log,none}.[23]", ".l*");

        assertThat(names(inputs))
                .containsExactly(
                        "a/x", "log", "log.1", "log.2", "log.10", "a/x", "log.2", ".log.3");
        assertThat(inputs.files())
                .extracting(InputFile::ordinal)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        // The pattern a/* also fits a directory.
        assertThat(inputs.problems())
                .extracting(InputFiles.Problem::trouble)
                .containsExactly(Trouble.DIRECTORY);
    }

    @Test
    void goesThroughDirectoriesWhenAsked() throws IOException {
        Files.createSymbolicLink(folder.resolve("a/b/loop"), folder.resolve("a"));
        InputFiles inputs = resolve(true, "a", "log");

        assertThat(names(inputs)).containsExactly("a/b/y", "a/x", "log");
        assertThat(inputs.problems()).isEmpty();
    }

    @Test
    void oneProblemHidesNoOther() throws IOException {
        Files.writeString(folder.resolve("words"), "no number\n");
        Files.writeString(folder.resolve("[log]"), "192.0.2.1\n");
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));

        InputFiles inputs =
                resolve(false, "none", "none*", "a", "words", "dangling", "log/x", "[log]", "log");

        assertThat(inputs.problems())
                .extracting(InputFiles.Problem::trouble)
                .containsExactly(
                        Trouble.MISSING,
                        Trouble.NO_MATCH,
                        Trouble.DIRECTORY,
                        Trouble.UNKNOWN_FORMAT,
                        Trouble.MISSING,
                        Trouble.UNREADABLE);
        assertThat(names(inputs)).containsExactly("[log]", "log");
    }

    @Test
    void compressionIsToldByContentAndTheFormatFromWhatIsInside() throws IOException {
        byte[] text = "192.0.2.1\n".getBytes(US_ASCII);
        byte[] packed = Packed.pack(Compression.GZIP, text);
        Files.write(folder.resolve("log"), packed);
        Files.write(folder.resolve("cut"), Arrays.copyOf(packed, packed.length - 6));

        InputFiles inputs = resolve(false, "log", "cut", "log.1");

        assertThat(inputs.problems()).isEmpty();
        assertThat(inputs.files())
                .extracting(InputFile::compression)
                .containsExactly(Compression.GZIP, Compression.GZIP, Compression.NONE);
        assertThat(inputs.files()).extracting(InputFile::format).containsOnly(PlainFormat.LINE);
        assertThat(inputs.files().get(0).isDivisible()).isFalse();
        assertThat(inputs.files().get(2).isDivisible()).isTrue();
        assertThat(inputs.size()).isEqualTo(packed.length + packed.length - 6 + 10);
    }

    @Test
    void filesOfNoLinesAreNoProblem() throws IOException {
        Files.writeString(folder.resolve("empty"), "");
        Files.writeString(folder.resolve("comments"), "# none\n\n \t\r\n#");

        InputFiles inputs = resolve(false, "empty", "comments");

        assertThat(inputs.problems()).isEmpty();
        assertThat(inputs.files()).extracting(InputFile::format).containsOnlyNulls();
    }

    @Test
    void devicesAreStreams() {
        InputFiles inputs = InputFiles.resolve(List.of("/dev/null"), false, null, DIGITS);

        assertThat(inputs.problems()).isEmpty();
        assertThat(inputs.files()).extracting(InputFile::isStream).containsExactly(true);
    }

    @Test
    void aFifoIsNotOpenedBeforeItIsRead() throws Exception {
        Path fifo = folder.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);

        InputFile file = resolve(false, "fifo").files().get(0);

        assertThat(file.isStream()).isTrue();
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                Files.writeString(fifo, "192.0.2.1\n");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        try (InputStream in = file.open()) {
            assertThat(in.readAllBytes()).hasSize(10);
        }
        writer.get(10, TimeUnit.SECONDS);
    }

    @Test
    void knowsTheDayOfItsLastChange() throws IOException {
        Files.setLastModifiedTime(
                folder.resolve("log"), FileTime.from(Instant.parse("2026-05-27T23:30:00Z")));

        InputFile file = resolve(false, "log").files().get(0);

        assertThat(file.date(ZoneOffset.UTC)).isEqualTo(LocalDate.of(2026, 5, 27));
        assertThat(file.date(ZoneOffset.ofHours(2))).isEqualTo(LocalDate.of(2026, 5, 28));
        assertThat(InputFile.stdin(0, null).date(ZoneOffset.UTC)).isNull();
    }

    private InputFiles resolve(boolean recursive, String... names) {
        return InputFiles.resolve(
                Arrays.stream(names).map(name -> folder + "/" + name).toList(),
                recursive,
                null,
                DIGITS);
    }

    private List<String> names(InputFiles inputs) {
        return inputs.files().stream()
                .map(file -> folder.relativize(Path.of(file.name())).toString())
                .toList();
    }
}
