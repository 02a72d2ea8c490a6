package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of finished result files, corrections added up, sorted. */
final class ResultText {

    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([^,}]+))");

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private ResultText() {}

    /** Rows as they stand in the files, each by its fields; {@code null} is a text. */
    static List<Map<String, String>> rows(Path folder) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (String.valueOf(file.getFileName()).startsWith(".")) {
                    continue;
                }
                for (String line : Files.readAllLines(file)) {
                    Map<String, String> row = new HashMap<>();
                    Matcher field = FIELD.matcher(line);
                    while (field.find()) {
                        String text = field.group(2);
                        row.put(field.group(1), text == null ? field.group(3) : text);
                    }
                    rows.add(row);
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing is finished, or a file has just got its name.
            return Files.exists(folder) ? rows(folder) : rows;
        } catch (UncheckedIOException e) {
            return rows(folder);
        }
        return rows;
    }

    /** As {@link NaiveTruth#text} has it: of the rows that are wanted. */
    static String of(Path folder, Predicate<Map<String, String>> wanted) throws IOException {
        Map<String, long[]> sums = new TreeMap<>();
        for (Map<String, String> row : rows(folder)) {
            if (!wanted.test(row)) {
                continue;
            }
            String text =
                    NaiveTruth.row(
                            field(row, "name"),
                            field(row, "key"),
                            field(row, "window_start"),
                            field(row, "window_end"),
                            field(row, "asn"),
                            row.getOrDefault("prefix", "null"),
                            field(row, "rib"));
            long[] sum = sums.computeIfAbsent(text, none -> new long[2]);
            sum[0] += Long.parseLong(field(row, "hits"));
            sum[1] += Long.parseLong(field(row, "bytes"));
        }
        sums.values().removeIf(sum -> sum[0] == 0 && sum[1] == 0);
        return NaiveTruth.text(sums);
    }

    /** Rows of windows that begin before a time: those of the lines that move time on do not. */
    static Predicate<Map<String, String>> before(long millis) {
        return row -> Instant.parse(field(row, "window_start")).toEpochMilli() < millis;
    }

    /** Waits until the files say what they should. */
    static void await(
            Path folder,
            Predicate<Map<String, String>> wanted,
            NaiveTruth truth,
            TestJob job,
            Object what)
            throws Exception {
        long end = System.nanoTime() + PATIENCE;
        String should = truth.text();
        while (!of(folder, wanted).equals(should) && System.nanoTime() < end) {
            job.check();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        check(folder, wanted, truth, what);
    }

    /** Compares byte for byte; says only where they differ. */
    static void check(
            Path folder, Predicate<Map<String, String>> wanted, NaiveTruth truth, Object what)
            throws IOException {
        String seen = of(folder, wanted);
        String should = truth.text();
        List<String> missing = new ArrayList<>(should.lines().toList());
        List<String> wrong = new ArrayList<>(seen.lines().toList());
        missing.removeAll(seen.lines().toList());
        wrong.removeAll(should.lines().toList());
        assertThat(seen.equals(should))
                .as("%s; not there: %s; wrong: %s; tables: %s", what, missing, wrong, truth)
                .isTrue();
    }

    static String field(Map<String, String> row, String name) {
        String value = row.get(name);
        if (value == null) {
            throw new AssertionError("no " + name + " in " + row);
        }
        return value;
    }
}
