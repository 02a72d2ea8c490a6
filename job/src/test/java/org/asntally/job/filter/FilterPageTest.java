package org.asntally.job.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page about filters shows can be written, and no term is missing. */
class FilterPageTest {

    private static final Path PAGE = Path.of("..", "docs", "3-ref-filters.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void everyTermIsThereWithAnExampleOfIt() throws IOException, FilterException {
        List<String> terms = new ArrayList<>();
        boolean inTerms = false;
        for (String line : Files.readAllLines(PAGE)) {
            inTerms = line.startsWith("#") ? line.equals("## Terms") : inTerms;
            if (!inTerms || !line.startsWith("| `")) {
                continue;
            }
            Matcher code = CODE.matcher(line);
            assertThat(code.find()).isTrue();
            String term = code.group(1);
            String example = "";
            while (code.find()) {
                example = code.group(1);
            }
            FilterExpression parsed = FilterExpression.parse(example);
            assertThat(parsed.places())
                    .as(line)
                    .isNotEmpty()
                    .allMatch(place -> place.test().term().label().equals(term));
            terms.add(term);
        }
        assertThat(terms)
                .isEqualTo(Arrays.stream(FilterTerm.values()).map(FilterTerm::label).toList());
    }

    @Test
    void everyShapeCanBeRead() throws IOException, FilterException {
        int shapes = 0;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## Terms")) {
                break;
            }
            Matcher code = CODE.matcher(line);
            if (line.startsWith("| `") && code.find()) {
                FilterExpression.parse(code.group(1));
                shapes++;
            }
        }
        assertThat(shapes).isGreaterThan(5);
    }
}
