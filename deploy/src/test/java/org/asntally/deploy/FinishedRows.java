package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the files sink has finished: a name that begins with a dot is of a file that it has not. */
final class FinishedRows {

    private static final Pattern HITS =
            Pattern.compile("\\{.*\"asn\":(\\d+),.*\"hits\":(\\d+),.*}");

    private static final Pattern MOVE =
            Pattern.compile(
                    "\\{\"name\":\"[^\"]+\",\"moved_at\":\"([^\"]+)\",\"prefix\":\"([^\"]+)\","
                            + "\"from_asn\":(\\w+),\"to_asn\":(\\w+),\"from_rib\":\"(\\w+)\","
                            + "\"to_rib\":\"(\\w+)\",\"window_start\":\"([^\"]+)\",.*"
                            + "\"hits\":(\\d+),.*");

    private FinishedRows() {}

    /** All rows below a folder, each of which the pattern fits; none while there is no folder. */
    static List<Matcher> of(Path folder, Pattern pattern) throws IOException {
        List<Matcher> rows = new ArrayList<>();
        if (!Files.exists(folder)) {
            return rows;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!String.valueOf(file.getFileName()).startsWith(".")) {
                    for (String line : Files.readAllLines(file)) {
                        Matcher row = pattern.matcher(line);
                        assertThat(row.matches()).as(line).isTrue();
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    /** Hits by AS. */
    static Map<Long, Long> hits(Path folder) throws IOException {
        Map<Long, Long> sums = new TreeMap<>();
        for (Matcher row : of(folder, HITS)) {
            sums.merge(Long.valueOf(row.group(1)), Long.valueOf(row.group(2)), Long::sum);
        }
        return sums;
    }

    /** Moves: when, prefix, from and to AS, from and to version, start of the window, hits. */
    static List<String> moves(Path folder) throws IOException {
        List<String> moves = new ArrayList<>();
        for (Matcher row : of(folder, MOVE)) {
            List<String> fields = new ArrayList<>();
            for (int group = 1; group <= row.groupCount(); group++) {
                fields.add(row.group(group));
            }
            moves.add(String.join(" ", fields));
        }
        return moves;
    }
}
