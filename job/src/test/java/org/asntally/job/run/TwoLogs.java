package org.asntally.job.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Two logs of one folder, one of which tells milliseconds: {@code access.log} of source {@code web}
 * and {@code api.json} of source {@code api}.
 */
final class TwoLogs {

    /** What is counted of them in tests. */
    static final List<NaiveTruth.Count> COUNTS =
            List.of(
                    new NaiveTruth.Count(
                            "all", List.of("web", "api"), List.of("asn", "prefix"), 1000),
                    new NaiveTruth.Count("few", List.of("api"), List.of("prefix"), 3000));

    private static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path folder;

    TwoLogs(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /**
     * The job of {@link #COUNTS}.
     *
     * @param live whether the logs are followed
     * @param more of the job file, whole lines
     */
    String job(boolean live, Path tables, Path out, String more) {
        String reading =
                live ? "follow: true, idleness: 2s, out-of-orderness: 1s" : "out-of-orderness: 1s";
        return """
        version: 1
        name: logs
        time: {max-ahead: 10s}
        sources:
          web: {type: log, path: "%s/access.log", %s}
          api: {type: json-log, path: "%s/api.json", %s, fields: {time: at, client: peer, bytes: n}}
        rib: {path: "%s", poll: 100ms, slack: 1s}
        counts:
          all: {sources: [web, api], by: [asn, prefix], window: 1s, lateness: 2m}
          few: {sources: [api], by: [prefix], window: 3s, lateness: 2m}
        sinks:
          out: {type: files, path: "%s", format: json, roll-time: 300ms}
        checkpoints: {interval: 300ms}
        """
                        .formatted(folder, reading, folder, reading, tables, out)
                + more;
    }

    static String address(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> "192.0.2." + random.nextInt(256);
            case 2 -> "198.51.100." + random.nextInt(256);
            case 3 -> "203.0.113." + random.nextInt(256);
            default -> "2001:db8:" + Integer.toHexString(random.nextInt(1 << 16)) + "::1";
        };
    }

    /** Adds a line; gives the time that it tells. */
    long write(boolean web, long time, String address, int bytes) throws IOException {
        Instant instant = Instant.ofEpochMilli(time);
        append(
                folder.resolve(web ? "access.log" : "api.json"),
                web
                        ? "%s - - [%s] \"GET / HTTP/1.1\" 200 %d \"-\" \"x\"\n"
                                .formatted(address, CLF.format(instant), bytes)
                        : "{\"at\":\"%s\",\"peer\":\"%s\",\"n\":%d}\n"
                                .formatted(instant, address, bytes));
        return web ? time / 1000 * 1000 : time;
    }

    /** Adds a line and counts it. */
    void write(NaiveTruth truth, boolean web, long time, String address, int bytes)
            throws IOException {
        truth.line(web ? "web" : "api", write(web, time, address, bytes), address, bytes);
    }

    private static void append(Path file, String line) throws IOException {
        Files.write(
                file,
                line.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
