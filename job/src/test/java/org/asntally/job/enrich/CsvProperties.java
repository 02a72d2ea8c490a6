package org.asntally.job.enrich;

import static org.asntally.job.enrich.Enriched.NETWORKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.asntally.job.enrich.EnrichRequest.Format;
import org.asntally.job.enrich.Enriched.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any CSV and TSV: without the added columns it is what came in, byte for byte; and a plain state
 * machine finds in what comes out the cells of what went in, and behind them the right ones.
 */
class CsvProperties {

    private static final String[] PIECES = {
        "a", "b c", "é", "\u00ff", "\u0000", "#", "\\", "'", "None", "-", "  ", "1", "{", "192.0"
    };

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rowsComeOutAsTheyWentInWithTheirNetworks(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        boolean tsv = random.nextInt(4) == 0;
        char delimiter = tsv ? '\t' : ",;|\t".charAt(random.nextInt(4));
        String end = random.nextBoolean() ? "\n" : "\r\n";
        int width = 1 + random.nextInt(5);
        int column = random.nextInt(width);
        boolean header = random.nextBoolean();
        StringBuilder in = new StringBuilder();
        StringBuilder due = new StringBuilder();
        List<List<String>> cellsDue = new ArrayList<>();
        if (random.nextInt(5) == 0) {
            in.append("\u00ef\u00bb\u00bf");
            due.append("\u00ef\u00bb\u00bf");
        }
        if (header) {
            List<String> titles = titles(width, column);
            String row = String.join(String.valueOf(delimiter), titles);
            String added = String.join(String.valueOf(delimiter), AddedNames.NAMES);
            in.append(row).append(end);
            due.append(row).append(delimiter).append(added).append(end);
            titles.addAll(AddedNames.NAMES);
            cellsDue.add(titles);
        }
        int rows = random.nextInt(1 + random.nextInt(200));
        for (int i = 0; i < rows; i++) {
            boolean unended = i + 1 == rows && random.nextBoolean();
            String ending = unended ? "" : random.nextInt(20) == 0 ? "\n" : end;
            if (random.nextInt(20) == 0 && !unended) {
                in.append(ending);
                due.append(ending);
                continue;
            }
            Network network =
                    random.nextInt(5) == 0 ? null : NETWORKS.get(random.nextInt(NETWORKS.size()));
            int cells = random.nextInt(6) == 0 ? 1 + random.nextInt(width + 3) : width;
            List<String> values = new ArrayList<>();
            StringBuilder row = new StringBuilder();
            for (int c = 0; c < cells; c++) {
                String value =
                        c == column && network != null ? network.address() : junk(random, tsv);
                row.append(c == 0 ? "" : delimiter)
                        .append(tsv ? value : written(value, delimiter, random));
                values.add(value);
            }
            if (row.isEmpty() || (tsv && row.charAt(0) == '#')) {
                in.append(row).append(ending);
                due.append(row).append(ending);
                continue;
            }
            Network found = column < cells ? network : null;
            in.append(row).append(ending);
            due.append(row).append(Enriched.columns(found, delimiter, !tsv)).append(ending);
            values.addAll(Enriched.cells(found));
            cellsDue.add(values);
        }
        EnrichRequest request =
                new EnrichRequest(
                        tsv ? Format.TSV : Format.CSV,
                        header && random.nextBoolean() ? "client" : String.valueOf(column + 1),
                        null,
                        null,
                        tsv ? 0 : (byte) delimiter,
                        header,
                        Enriched.request(Format.CSV).options(),
                        false);

        Enriched run = Enriched.of(request, in.toString(), random);

        assertThat(run.out).isEqualTo(due.toString());
        String text = run.out.startsWith("\u00ef") ? run.out.substring(3) : run.out;
        assertThat(tsv ? plain(text) : parsed(text, delimiter)).isEqualTo(cellsDue);
    }

    private static List<String> titles(int width, int column) {
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            titles.add(i == column ? "client" : "c" + i);
        }
        return titles;
    }

    private static String junk(SplittableRandom random, boolean tsv) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            int piece = random.nextInt(PIECES.length + 5);
            if (piece < PIECES.length) {
                text.append(PIECES[piece]);
            } else if (!tsv) {
                text.append(new String[] {",", "\"", "\n", "\r\n", "\t"}[piece - PIECES.length]);
            }
        }
        return text.toString();
    }

    private static String written(String value, char delimiter, SplittableRandom random) {
        boolean must =
                value.indexOf(delimiter) >= 0
                        || value.indexOf('"') >= 0
                        || value.indexOf('\n') >= 0
                        || value.indexOf('\r') >= 0;
        return must || random.nextInt(3) == 0 ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static List<List<String>> plain(String text) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String row = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!row.isEmpty() && !row.startsWith("#")) {
                rows.add(List.of(row.split("\t", -1)));
            }
        }
        return rows;
    }

    /** RFC 4180, a character at a time; blank lines are no rows. */
    private static List<List<String>> parsed(String text, char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
                any = true;
            } else if (c == delimiter) {
                row.add(cell.toString());
                cell.setLength(0);
                any = true;
            } else if (c == '\n') {
                if (cell.length() > 0 && cell.charAt(cell.length() - 1) == '\r') {
                    cell.setLength(cell.length() - 1);
                }
                if (any || cell.length() > 0) {
                    row.add(cell.toString());
                    rows.add(row);
                }
                row = new ArrayList<>();
                cell.setLength(0);
                any = false;
            } else {
                cell.append(c);
            }
        }
        return rows;
    }
}
