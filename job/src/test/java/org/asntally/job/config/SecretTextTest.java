package org.asntally.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are shown, kept and sent as references; they are had where they are used. */
class SecretTextTest {

    private static final String SECRET = "hunter2$1\\";

    @TempDir private Path folder;

    @Test
    void revealsWhatItRefersTo() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), SECRET + "\n");
        SecretText text = new SecretText("a ${env:USER_NAME} b ${file:" + key + "} c");

        assertThat(text.reveal(Map.of("USER_NAME", "joe")::get))
                .isEqualTo("a joe b " + SECRET + " c");
    }

    @Test
    void neverShowsIt() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), SECRET);
        String file = job("${file:" + key + "}");
        JobFile job = JobFilesTest.good(file);
        SecretText secret = password(job);

        assertThat(secret.reveal(name -> null)).isEqualTo(SECRET);
        assertThat(secret.toString()).isEqualTo("${file:" + key + "}");
        assertThat(job.print()).contains("${file:" + key + "}").doesNotContain("hunter2");
        assertThat(job.toString()).doesNotContain("hunter2");
        assertThat(job.sources().toString()).doesNotContain("hunter2");
        assertThat(serialised(secret)).doesNotContain("hunter2");
    }

    @Test
    void travelsAsItsReference() throws Exception {
        SecretText secret = new SecretText("${env:WORD}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(secret);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            SecretText there = (SecretText) in.readObject();
            assertThat(there).isEqualTo(secret);
            assertThat(there.reveal(name -> name + "!")).isEqualTo("WORD!");
        }
    }

    @Test
    void saysWhyItCannotBeHadByReferenceOnly() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path long1 = Files.writeString(folder.resolve("long"), "x".repeat(1 << 17));

        assertThatThrownBy(() -> new SecretText("${env:NO}").reveal(name -> null))
                .isInstanceOf(IOException.class)
                .hasMessage("${env:NO}: the variable is not set");
        assertThatThrownBy(() -> reveal(folder.toString()))
                .hasMessage("${file:" + folder + "}: it is a directory");
        assertThatThrownBy(() -> reveal(folder + "/none"))
                .hasMessage("${file:" + folder + "/none}: there is no such file");
        assertThatThrownBy(() -> reveal(empty.toString()))
                .hasMessage("${file:" + empty + "}: the file is empty");
        assertThatThrownBy(() -> reveal(long1.toString()))
                .hasMessage("${file:" + long1 + "}: the file is longer than a secret is");
        assertThatThrownBy(() -> reveal("a\0b"))
                .hasMessage("${file:a\0b}: that is no name of a file");
    }

    @Test
    void aFileThatEverybodyMayReadIsToldOf() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), SECRET);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        JobFileReading open = JobFilesTest.read(job("${file:" + key + "}"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        JobFileReading closed = JobFilesTest.read(job("${file:" + key + "}"));

        assertThat(open.findings())
                .extracting(Finding::line)
                .singleElement()
                .asString()
                .isEqualTo(
                        "f:7:36: warning: AT-CFG-023: everybody may read the secret in '"
                                + key
                                + "'; chmod 600 it");
        assertThat(open.file()).isNotNull();
        assertThat(closed.findings()).isEmpty();
    }

    private static String reveal(String file) throws IOException {
        return new SecretText("${file:" + file + "}").reveal(name -> null);
    }

    private static SecretText password(JobFile job) {
        SourceConfig source = Objects.requireNonNull(job.sources().get("k"));
        return Objects.requireNonNull(
                source.get(JobKeys.Source.PROPERTIES).get("ssl.key.password"));
    }

    private static String job(String secret) {
        return """
        version: 1
        sources:
          k:
            type: kafka
            brokers: "k:9092"
            topic: flows
            properties: {ssl.key.password: "%s"}
        counts: {a: {sources: k}}
        sinks: {s: {type: files, path: x}}
        """
                .formatted(secret);
    }

    private static String serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
