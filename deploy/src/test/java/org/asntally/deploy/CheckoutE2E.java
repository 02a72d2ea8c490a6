package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./asntally} in a checkout that somebody has just cloned. The tests follow each other on
 * one copy, since each build takes some ten seconds.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckoutE2E {

    @TempDir private static Path place;
    private static Path checkout = Path.of("");

    @BeforeAll
    static void cloneIt() throws Exception {
        assumeTrue(Files.exists(Program.ROOT.resolve(".git")), "needs a git checkout");
        checkout = place.resolve("a clone");
        assertThat(
                        new ProcessBuilder(
                                        "git",
                                        "-c",
                                        "safe.directory=*",
                                        "clone",
                                        "-q",
                                        Program.ROOT.toString(),
                                        checkout.toString())
                                .inheritIO()
                                .start()
                                .waitFor())
                .isZero();
        // What is changed but not committed is to be tested too.
        for (String name :
                List.of("asntally", "pom.xml", "lookup", "sources", "sinks", "job", "deploy")) {
            copySources(Program.ROOT.resolve(name), checkout.resolve(name));
        }
    }

    @AfterAll
    static void mayBeDeleted() throws Exception {
        new ProcessBuilder("chmod", "-R", "u+w", place.toString()).start().waitFor();
    }

    private static Program here(String... arguments) throws IOException {
        return new Program(place, checkout.resolve("asntally").toString())
                .with(arguments)
                .setting("MAVEN_OPTS", "-Duser.home=" + System.getProperty("user.home"))
                .in(checkout);
    }

    @Test
    @Order(1)
    void twoFirstRunsAtOnceBuildOnceAndBothCount() throws Exception {
        Running first = here("count", "examples/access.log").start();
        Running second = here("count", "examples/access.log").start();
        Result one = first.end();
        Result two = second.end();

        assertThat(one.status()).as(one.err()).isZero();
        assertThat(two.status()).as(two.err()).isZero();
        assertThat(one.out()).contains("total: 3997\n").isEqualTo(two.out());
        assertThat(Stream.of(one, two).filter(result -> result.err().contains("building")))
                .hasSize(1);
    }

    @Test
    @Order(2)
    void aSecondRunBuildsNothing() throws Exception {
        Result result = here("count", "examples/access.log").run();

        assertThat(result.status()).isZero();
        assertThat(result.err()).doesNotContain("building");
    }

    @Test
    @Order(3)
    void worksFromElsewhereThroughALinkOfAnOldName() throws Exception {
        Path link = place.resolve("asncounter");
        Files.createSymbolicLink(link, checkout.resolve("asntally"));
        Result result = new Program(place, link.toString()).reading("192.0.2.1\n").run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("total: 1\n");
    }

    @Test
    @Order(4)
    void aCheckoutThatIsBuiltMayBeReadOnly() throws Exception {
        new ProcessBuilder("chmod", "-R", "a-w", checkout.toString()).start().waitFor();
        Result result = here("count", "examples/access.log").run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("total: 3997\n");
        new ProcessBuilder("chmod", "-R", "u+w", checkout.toString()).start().waitFor();
    }

    @Test
    @Order(5)
    void aSourceThatChangedIsBuilt() throws Exception {
        Path source =
                checkout.resolve("job/src/main/java/org/asntally/job/cli/AsntallyCommand.java");
        // A build knows its beginning to the second only: what changes within it is built twice.
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(2)));
        Result result = here("--version").run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).contains("building");
        assertThat(here("--version").run().err()).doesNotContain("building");
    }

    @Test
    @Order(6)
    void aSourceThatDoesNotCompileIsTold() throws Exception {
        Path source =
                checkout.resolve("job/src/main/java/org/asntally/job/cli/AsntallyCommand.java");
        String text = Files.readString(source);
        Files.writeString(source, text + "oops");
        Result result = here("--version").run();
        Files.writeString(source, text);

        assertThat(result.status()).isEqualTo(70);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("AsntallyCommand.java");
    }

    private static void copySources(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Stream.of(file.toString().split("/")).noneMatch("target"::equals)) {
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
                        Files.copy(
                                file,
                                target,
                                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
    }
}
