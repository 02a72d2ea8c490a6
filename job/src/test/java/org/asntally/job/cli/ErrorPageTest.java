package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.job.problem.Problem;
import org.junit.jupiter.api.Test;

/**
 * The page of all problems is what the catalogue holds: codes and texts of its constants, what they
 * mean from the comments of its source. {@code -Dgolden.write=true} rewrites it.
 */
class ErrorPageTest {

    private static final Path PAGE = Path.of("..", "docs", "3-ref-errors.md");
    private static final Path CATALOGUE =
            Path.of("src", "main", "java", "org", "asntally", "job", "problem", "Problem.java");

    /** A comment and the constant that it is about. */
    private static final Pattern CONSTANT =
            Pattern.compile("/\\*\\*(.*?)\\*/\\s+([A-Z][A-Z0-9_]+)\\(", Pattern.DOTALL);

    private static final Map<String, String> AREAS =
            Map.of(
                    "USE", "Usage",
                    "IN", "Input",
                    "RIB", "Tables of networks",
                    "OUT", "Output",
                    "LIST", "Lists of networks",
                    "CFG", "Job file",
                    "FLT", "Filters",
                    "DEFECT", "Defects");

    @Test
    void thePageIsTheCatalogue() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("%s differs; if it should: -Dgolden.write=true", PAGE)
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        Map<String, String> meanings = new TreeMap<>();
        Matcher constant = CONSTANT.matcher(Files.readString(CATALOGUE));
        while (constant.find()) {
            meanings.put(
                    constant.group(2), constant.group(1).replaceAll("\\s*\\n\\s*\\*", "").strip());
        }
        StringBuilder page =
                new StringBuilder(
                        """
                        # Problems

                        Each message has a code, what is wrong, and after a semicolon what to do about it; where there is a
                        place, as `file:line:`, it stands behind the code; in a job file, as `file:line:column:`, before it. A
                        code keeps its meaning. The exit status is that of a command which the problem ends; 0 is told on the
                        way, and all goes on. `…` stands for a name, value or reason. This page is generated: a test compares
                        it, `-Dgolden.write=true` rewrites it.
                        """);
        Map<String, StringBuilder> tables = new TreeMap<>();
        for (Problem problem : Problem.values()) {
            String line = problem.say("…", "…", "…", "…");
            String[] parts = line.substring(line.indexOf(": ") + 2).split("; (?=[^;]*$)", 2);
            assertThat(meanings).as("a comment").containsKey(problem.name());
            tables.computeIfAbsent(problem.area(), area -> new StringBuilder())
                    .append("| `")
                    .append(problem.code())
                    .append("` | ")
                    .append(cell(parts[0]))
                    .append(" | ")
                    .append(cell(meanings.getOrDefault(problem.name(), "")))
                    .append(" | ")
                    .append(cell(parts.length > 1 ? parts[1] : ""))
                    .append(" | ")
                    .append(ExitStatus.of(problem).code())
                    .append(" |\n");
        }
        tables.forEach(
                (area, rows) ->
                        page.append("\n## ")
                                .append(AREAS.getOrDefault(area, area))
                                .append(
                                        "\n\n| code | message | what it means | what to do | exit |\n")
                                .append("|---|---|---|---|---|\n")
                                .append(rows));
        return page.toString();
    }

    private static String cell(String text) {
        return text.replaceAll("\\{@code ([^}]*)}", "`$1`").replace("|", "\\|");
    }
}
