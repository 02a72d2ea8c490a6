package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.asntally.lookup.download.TableSource;
import org.junit.jupiter.api.Test;

/** The page's table of addresses is the program's; {@code -Dgolden.write=true} writes it. */
class SourcesPageTest {

    private static final String BEGIN =
            "<!-- sources: written from the program's own list by a test -->\n";
    private static final String END = "<!-- end of sources -->\n";

    @Test
    void thePageShowsTheListOfTheProgram() throws IOException {
        Path page = page();
        String text = Files.readString(page);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertThat(from).isBetween(BEGIN.length(), to);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(page, text.substring(0, from) + table() + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("%s differs; if it should: -Dgolden.write=true", page)
                .isEqualTo(table());
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("\n| word | address | what | licence | to be named |\n");
        table.append("|---|---|---|---|---|\n");
        for (TableSource source : TableSource.values()) {
            row(
                    table,
                    "`" + source.word() + "`",
                    source.address().toString(),
                    source.what(),
                    source.licence(),
                    source.attribution().isEmpty() ? "nobody" : source.attribution());
        }
        row(
                table,
                "AS names",
                TableSource.NAMES.toString(),
                "a line each",
                TableSource.RIS.licence(),
                "RIPE NCC");
        return table.append('\n').toString();
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static Path page() {
        Path up = Path.of("").toAbsolutePath();
        while (up != null && !Files.exists(up.resolve("docs/2-how-fresh-tables.md"))) {
            up = up.getParent();
        }
        return Objects.requireNonNull(up).resolve("docs/2-how-fresh-tables.md");
    }
}
