package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the distribution, and what must not be. */
class DistributionE2E {

    @Test
    void theJobJarHoldsTheJobAndNoClassThatTheClusterBrings() throws IOException {
        List<String> classes = classes(Program.DISTRIBUTION.resolve("asntally-job.jar"));

        assertThat(classes)
                .anyMatch(name -> name.startsWith("org/asntally/job/"))
                .anyMatch(name -> name.startsWith("org/asntally/lookup/"))
                .noneMatch(
                        name ->
                                name.startsWith("org/apache/flink/")
                                        && !name.startsWith("org/apache/flink/connector/file/")
                                        && !name.startsWith("org/apache/flink/connector/kafka/")
                                        && !name.startsWith(
                                                "org/apache/flink/streaming/connectors/kafka/")
                                        && !name.startsWith(
                                                "org/apache/flink/streaming/util/serialization/"))
                .noneMatch(name -> name.startsWith("org/apache/pekko/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("org/asntally/deploy/"));
    }

    @Test
    void countNeedsNoTablesAndNoLoaderThatUnpacksItself() throws IOException {
        List<String> jars = Program.names(Program.DISTRIBUTION.resolve("lib"));

        assertThat(jars)
                .contains("asntally.jar", "asntally.jsa")
                .noneMatch(name -> name.startsWith("flink-table"))
                .noneMatch(name -> name.startsWith("flink-rpc-akka-loader"))
                .noneMatch(name -> name.startsWith("junit"));
    }

    @Test
    void onlyJobsLoadTheClientOfKafkaAndRocksDb() throws IOException {
        Path lib = Program.DISTRIBUTION.resolve("lib");
        try (JarFile jar = new JarFile(lib.resolve("asntally.jar").toFile())) {
            String path = jar.getManifest().getMainAttributes().getValue("Class-Path");

            assertThat(path).doesNotContain("kafka").doesNotContain("rocksdb");
        }
        assertThat(Program.names(lib)).noneMatch(name -> name.startsWith("kafka-"));
        assertThat(Program.names(lib.resolve("rocksdb")))
                .hasSize(2)
                .anyMatch(name -> name.startsWith("flink-statebackend-rocksdb-"))
                .anyMatch(name -> name.startsWith("frocksdbjni-"));
        assertThat(Program.names(lib.resolve("kafka")))
                .hasSize(2)
                .anyMatch(name -> name.startsWith("kafka-clients-"))
                .anyMatch(name -> name.startsWith("flink-connector-kafka-"));
        assertThat(classes(Program.DISTRIBUTION.resolve("asntally-job.jar")))
                .anyMatch(
                        name ->
                                name.equals(
                                        "org/apache/kafka/clients/consumer/KafkaConsumer.class"));
    }

    @Test
    void theClassPathOfTheManifestNamesEachJar() throws IOException {
        Path lib = Program.DISTRIBUTION.resolve("lib");
        try (JarFile jar = new JarFile(lib.resolve("asntally.jar").toFile())) {
            String path = jar.getManifest().getMainAttributes().getValue("Class-Path");

            assertThat(path.split(" ")).allSatisfy(name -> assertThat(lib.resolve(name)).exists());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asncounter",
                "asn-lookup",
                "asn-update",
                "apermon",
                "asn_capture",
                "asn_report"
            })
    void theOldNamesAreLinks(String name) {
        Path link = Program.DISTRIBUTION.resolve("bin").resolve(name);

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.isExecutable(link)).isTrue();
        assertThat(Program.DISTRIBUTION.resolve("share/man/man1").resolve(name + ".1"))
                .isSymbolicLink()
                .isRegularFile();
    }

    @Test
    void theManualPageIsThere() throws IOException {
        assertThat(Files.readString(Program.DISTRIBUTION.resolve("share/man/man1/asntally.1")))
                .startsWith(".TH \"ASNTALLY\" \"1\"")
                .contains(".SS \"asntally count\"", ".SS \"asntally rib build\"");
    }

    private static List<String> classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }
}
