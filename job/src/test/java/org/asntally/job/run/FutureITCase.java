package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dates that cannot be, in an archive. */
@Timeout(120)
class FutureITCase {

    @TempDir private Path place;

    /** Its row is no correction: time comes to all of an archive at its end. */
    @Test
    void aDateFarAheadIsCountedAndSaid() throws Exception {
        Files.writeString(
                place.resolve("old.log"),
                """
                10.1.0.1 - - [27/May/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "x"
                10.1.0.2 - - [27/May/2099:12:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "x"
                """);
        JobHere here = new JobHere(place);

        int status =
                here.run(
                        here.read(
                                """
                                sources: {old: {type: log, path: "%s/old.log"}}
                                counts: {hosts: {sources: [old], by: [host], window: 1h}}
                                """
                                        .formatted(place)),
                        "data");

        assertThat(status).as(here.err()).isZero();
        assertThat(here.rows())
                .hasSize(2)
                .anyMatch(row -> row.contains("\"2099-05-27T12:00:00Z\""))
                .allMatch(row -> row.contains("\"correction\":false"));
        assertThat(here.err()).contains("1 flows from the future");
    }
}
