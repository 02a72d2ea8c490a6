package org.asntally.deploy;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Access logs of clients in 192.0.2.0/24 and in 198.51.100.0/24, which is of AS 64497. */
final class TwoNetworksLog {

    /** How logs write a time. */
    static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Lines by AS. */
    final Map<Long, Long> written = new TreeMap<>();

    /**
     * Adds lines of one time to a file.
     *
     * @param first the AS of 192.0.2.0/24 at that time
     */
    void write(Path file, int lines, SplittableRandom random, Instant time, long first)
            throws IOException {
        try (Writer out =
                Files.newBufferedWriter(
                        file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < lines; i++) {
                boolean isFirst = random.nextInt(10) < 7;
                written.merge(isFirst ? first : 64497L, 1L, Long::sum);
                out.write(
                        "%s.%d - - [%s] \"GET /%d HTTP/1.1\" 200 %d \"-\" \"x\"\n"
                                .formatted(
                                        isFirst ? "192.0.2" : "198.51.100",
                                        random.nextInt(256),
                                        CLF.format(time),
                                        random.nextInt(999),
                                        random.nextInt(9999)));
            }
        }
    }
}
