package org.asntally.sinks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about reports shows the golden files; {@code -Dgolden.write=true} rewrites it. */
class ReportPageTest {

    private static final Path PAGE = Path.of("../docs/3-ref-reports.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- golden (\\S+) -->\n```text\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void examplesAreGoldenFiles() throws IOException {
        String page = Files.readString(PAGE);
        StringBuilder wanted = new StringBuilder();
        Matcher example = EXAMPLE.matcher(page);
        int examples = 0;
        while (example.find()) {
            String golden =
                    Files.readString(Path.of("src/test/golden", example.group(1)))
                            .replace("\r\n", "\n");
            String block =
                    "<!-- golden %s -->\n```text\n%s```\n".formatted(example.group(1), golden);
            example.appendReplacement(wanted, Matcher.quoteReplacement(block));
            examples++;
        }
        example.appendTail(wanted);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, wanted);
        }

        assertThat(examples).isPositive();
        assertThat(Files.readString(PAGE)).isEqualTo(wanted.toString());
    }
}
