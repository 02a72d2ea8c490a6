package org.asntally.job.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packed archives that overlap, of which a job writes the rows with most of a field. */
@Timeout(120)
class TopAndWeightITCase {

    @TempDir private Path place;

    @Test
    void theHighestRowsOfEachWindowByAFieldOfTheLog() throws Exception {
        for (int file = 0; file < 6; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 600; i++) {
                // Each file covers both hours; host h has h quarters of a second a line.
                int host = (i + file) % 20;
                text.append(
                        "10.1.0.%d [27/May/2026:%d:%02d:00 +0000] %s%n"
                                .formatted(host, 12 + i / 300, i % 300 / 5, host * 0.25));
            }
            try (OutputStream out =
                    new GZIPOutputStream(
                            Files.newOutputStream(place.resolve("app.log." + file + ".gz")))) {
                out.write(text.toString().getBytes(US_ASCII));
            }
        }
        JobHere here = new JobHere(place);

        int status =
                here.run(
                        here.read(
                                """
                                sources:
                                  app:
                                    type: log
                                    path: "%s/app.log*"
                                    follow: false
                                    log-format: '$remote_addr [$time_local] $upstream_response_time'
                                counts:
                                  slow: {sources: [app], by: [host], window: 1h, top: 2, weight: upstream_response_time}
                                """
                                        .formatted(place)),
                        "data");

        assertThat(status).as(here.err()).isZero();
        // 15 lines of a host in each hour of each file.
        assertThat(here.rows())
                .hasSize(4)
                .allMatch(row -> row.contains("\"hits\":90,"))
                .anyMatch(row -> row.contains("T12:00:00Z\"") && isOf(row, 19))
                .anyMatch(row -> row.contains("T12:00:00Z\"") && isOf(row, 18))
                .anyMatch(row -> row.contains("start\":\"2026-05-27T13:00:00Z\"") && isOf(row, 19))
                .anyMatch(row -> row.contains("start\":\"2026-05-27T13:00:00Z\"") && isOf(row, 18));
        assertThat(here.rows().get(0)).contains("\"10.1.0.19\"");
        assertThat(here.err()).doesNotContain("late");
    }

    private static boolean isOf(String row, int host) {
        return row.contains("\"10.1.0." + host + "\"")
                && row.contains("\"weight\":" + 90 * host * 0.25);
    }
}
