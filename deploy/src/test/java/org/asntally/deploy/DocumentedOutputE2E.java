package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What pages show is what the program prints. A block marked {@code console} holds commands after
 * {@code $} with their standard output; they run in the checkout. {@code -Dgolden.write=true}
 * rewrites the pages.
 */
class DocumentedOutputE2E {

    private static final boolean WRITE = Boolean.getBoolean("golden.write");
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)$");
    private static final String REFERENCE = "3-ref-cli.md";

    @TempDir private Path place;

    /** Two at a time: most of it is the start of programs, which wait for one another. */
    @Execution(ExecutionMode.CONCURRENT)
    @TestFactory
    Stream<DynamicTest> pagesShowWhatIsPrinted() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Program.ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.list(Program.ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !page.endsWith(REFERENCE))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages.stream()
                .map(
                        page ->
                                DynamicTest.dynamicTest(
                                        String.valueOf(page.getFileName()),
                                        () -> compare(page, regenerated(page))));
    }

    @Test
    void theReferenceIsWhatHelpPrints() throws Exception {
        StringBuilder page =
                new StringBuilder(
                        """
                        # The command line

                        What `asntally help` and `asntally help COMMAND` print. This page is generated:
                        a test compares it, `-Dgolden.write=true` rewrites it.
                        """);
        for (String command :
                List.of(
                        "",
                        "count",
                        "run",
                        "asncounter",
                        "enrich",
                        "lookup",
                        "asn-lookup",
                        "explain",
                        "prefixes",
                        "aggregate",
                        "rib",
                        "rib build",
                        "rib update",
                        "rib info",
                        "rib list",
                        "rib diff",
                        "rib verify",
                        "asn-update",
                        "asn_capture",
                        "init",
                        "check",
                        "completion")) {
            String words = (command + " --help").strip();
            String help = Program.asntally(place, words.split(" ")).run().out();
            assertThat(help).as(words).isNotBlank();
            page.append("\n## ")
                    .append(("asntally " + command).strip())
                    .append("\n\n```text\n")
                    .append(help.stripTrailing())
                    .append("\n```\n");
        }
        compare(Program.ROOT.resolve("docs").resolve(REFERENCE), page.toString());
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Pattern link = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
        try (Stream<Path> files = Files.walk(Program.ROOT, 2)) {
            for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
                var found = link.matcher(Files.readString(page));
                while (found.find()) {
                    assertThat(page.resolveSibling(found.group(1))).as("link in %s", page).exists();
                }
            }
        }
    }

    private static void compare(Path page, String text) throws IOException {
        if (WRITE) {
            Files.writeString(page, text);
        }
        assertThat(Files.readString(page))
                .as("%s differs; if it should: -Dgolden.write=true", page)
                .isEqualTo(text);
    }

    /** The page with the output of each command as it is now. */
    private String regenerated(Path page) throws Exception {
        Path own = Files.createDirectories(place.resolve(String.valueOf(page.getFileName())));
        StringBuilder text = new StringBuilder();
        boolean console = false;
        for (String line : Files.readString(page).lines().toList()) {
            if (FENCE.matcher(line).matches()) {
                console = line.equals("```console");
                text.append(line).append('\n');
            } else if (!console) {
                text.append(line).append('\n');
            } else if (line.startsWith("$ ")) {
                text.append(line).append('\n').append(output(own, line.substring(2)));
            }
        }
        return text.toString();
    }

    private static String output(Path place, String command) throws Exception {
        Program.Result result =
                new Program(
                                place,
                                "/bin/sh",
                                "-c",
                                // as typed in the checkout, but never building: the build runs this
                                command.replace(
                                        "./asntally",
                                        Program.DISTRIBUTION.resolve("bin/asntally").toString()))
                        .in(Program.ROOT)
                        .run()
                        .saysNoStackTrace();
        assertThat(result.status()).as("%s%n%s", command, result.err()).isZero();
        return result.out().lines().map(String::stripTrailing).reduce("", (a, b) -> a + b + "\n");
    }
}
