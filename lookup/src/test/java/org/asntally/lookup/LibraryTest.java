package org.asntally.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.asntally.lookup.rib.OpenTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This module is a library: its documentation can be made, and its example runs. */
class LibraryTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path folder;

    @Test
    void theDocumentedExampleCompilesAndRunsWithThisModuleAlone() throws Exception {
        String page = Files.readString(root().resolve("docs/2-how-lookup.md"));
        Matcher example = EXAMPLE.matcher(page);
        assertThat(example.find()).as("an example in the page").isTrue();
        Path source = Files.writeString(folder.resolve("Whose.java"), example.group(1));
        Path table = Files.writeString(folder.resolve("table.dat"), "192.0.2.0/24\t64496\n");
        String classes = classesOf(OpenTable.class);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean compiled =
                compiler.getTask(
                                said,
                                null,
                                null,
                                List.of("-Xlint:all", "-d", folder.toString(), "-cp", classes),
                                null,
                                compiler.getStandardFileManager(null, null, null)
                                        .getJavaFileObjects(source))
                        .call();
        assertThat(compiled).as(said.toString()).isTrue();

        assertThat(run(classes, table.toString(), "192.0.2.7")).isEqualTo("192.0.2.0/24 AS64496\n");
        assertThat(run(classes, table.toString(), "198.51.100.1")).isEqualTo("unrouted\n");
    }

    private String run(String classes, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(classes + File.pathSeparator + folder);
        command.add("Whose");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void javadocFindsNoFault() throws Exception {
        Path sources = root().resolve("lookup/src/main/java");
        List<File> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(sources)) {
            all.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> files.add(file.toFile()));
        }
        DocumentationTool javadoc = ToolProvider.getSystemDocumentationTool();
        StringWriter said = new StringWriter();
        try (var manager = javadoc.getStandardFileManager(null, null, null)) {
            boolean made =
                    javadoc.getTask(
                                    said,
                                    manager,
                                    null,
                                    null,
                                    List.of(
                                            "-quiet",
                                            "-Xdoclint:all,-missing",
                                            "-Werror",
                                            "-notimestamp",
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            "-d",
                                            folder.resolve("api").toString()),
                                    manager.getJavaFileObjectsFromFiles(files))
                            .call();
            assertThat(made).as(said.toString()).isTrue();
        }
        assertThat(folder.resolve("api/org/asntally/lookup/rib/OpenTable.html")).exists();
    }

    private static String classesOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
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
