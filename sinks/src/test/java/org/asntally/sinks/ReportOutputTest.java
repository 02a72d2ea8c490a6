package org.asntally.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.asntally.lookup.read.Reasons;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file holds the old report or the new one; what is no regular file is written through. */
class ReportOutputTest {

    private static final ReportOutput.Content HELLO =
            out -> out.write("hello".getBytes(StandardCharsets.UTF_8));
    private static final ReportOutput.Content BROKEN =
            out -> {
                out.write(new byte[100_000]);
                throw new IOException("No space left on device");
            };

    @TempDir Path folder;

    @Test
    void aNewFileHasTheReportAndNothingIsLeftBeside() throws IOException {
        Path file = folder.resolve("report.tsv");

        ReportOutput.check(file);
        assertThat(file).doesNotExist();
        ReportOutput.toFile(file, HELLO);

        assertThat(file).hasContent("hello");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertAlone();
    }

    @Test
    void aFailureLeavesTheOldReport() throws IOException {
        Path file = Files.writeString(folder.resolve("report.tsv"), "old");

        assertThatThrownBy(() -> ReportOutput.toFile(file, BROKEN)).isInstanceOf(IOException.class);

        assertThat(file).hasContent("old");
        assertAlone();
    }

    @Test
    void theFileKeepsItsPermissions() throws IOException {
        Path file = Files.writeString(folder.resolve("report.tsv"), "old");
        var permissions = PosixFilePermissions.fromString("rw-r-----");
        Files.setPosixFilePermissions(file, permissions);

        ReportOutput.toFile(file, HELLO);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
    }

    @Test
    void aSymbolicLinkStaysOneAndItsTargetIsWritten() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "a longer text than that");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        ReportOutput.check(link);
        ReportOutput.toFile(link, HELLO);

        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("hello");
    }

    @Test
    void aFifoIsWrittenThrough() throws Exception {
        Path fifo = folder.resolve("fifo");
        Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0,
                "mkfifo is not there");
        var read = CompletableFuture.supplyAsync(() -> contentOf(fifo));

        ReportOutput.check(fifo);
        ReportOutput.toFile(fifo, HELLO);

        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aFullDeviceIsAFailure() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "/dev/full is not there");

        assertThatThrownBy(() -> ReportOutput.toFile(full, HELLO))
                .isInstanceOfSatisfying(
                        IOException.class, e -> assertThat(Reasons.of(e)).isNotEmpty());
    }

    @Test
    void whatCannotBeWrittenIsToldBefore() throws IOException {
        Path missing = folder.resolve("no/such/folder/report.tsv");
        Path notAFolder = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> ReportOutput.check(folder))
                .isInstanceOfSatisfying(
                        IOException.class, e -> assertThat(Reasons.of(e)).isEqualTo("is a folder"));
        assertThatThrownBy(() -> ReportOutput.check(missing))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e -> assertThat(Reasons.of(e)).startsWith("no folder '"));
        assertThatThrownBy(() -> ReportOutput.checkFolder(notAFolder))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e -> assertThat(Reasons.of(e)).isEqualTo("is no folder"));
    }

    @Test
    void aMissingFolderIsMade() throws IOException {
        Path made = folder.resolve("a/b");

        ReportOutput.checkFolder(made);

        assertThat(made).isEmptyDirectory();
    }

    @Test
    void aReaderThatWentAwayIsNoFailure() throws IOException {
        var closed = new Refusing("Broken pipe");
        OutputStream former = ReportOutput.replaceStdout(closed);
        try {
            assertThat(ReportOutput.toStdout(HELLO)).isFalse();
        } finally {
            ReportOutput.replaceStdout(former);
        }
    }

    private void assertAlone() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    /** A stream that takes nothing. */
    static final class Refusing extends OutputStream {
        private final String reason;

        Refusing(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(reason);
        }
    }
}
