package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a count shows beside its report. */
class CounterE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path place;

    @Test
    void metricsAreServedWhileItReads() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Running running =
                Program.asntally(place, "asncounter", "-O", "prometheus", "--bind", "127.0.0.1")
                        .with("-p", String.valueOf(port))
                        .start();
        running.awaitText(running.err(), "Prometheus metrics exposed on port " + port);
        running.type("8.8.8.8\n8.8.8.8\n192.0.2.1\n");

        String metrics = awaitMetrics(port, "cidr=\"8.8.8.0/24\"", "} 2.0");

        assertThat(metrics).contains("asncounter_asn_total", "asncounter_failed_count_total");
        running.process().getOutputStream().close();
        Result result = running.end().saysNoStackTrace();
        assertThat(result.status()).as(result.err()).isZero();
        promtoolAccepts(metrics);
    }

    private static String awaitMetrics(int port, String... texts) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .timeout(PATIENCE)
                        .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            boolean all = true;
            for (String text : texts) {
                all &= body.contains(text);
            }
            if (all) {
                return body;
            }
            assertThat(System.nanoTime()).as(body).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private void promtoolAccepts(String metrics) throws Exception {
        assumeTrue(isThere("promtool"), "promtool is not installed (Debian: prometheus)");
        Path file = Files.writeString(place.resolve("metrics"), metrics);
        Result checked =
                new Program(place, "/bin/sh", "-c", "promtool check metrics 2>&1")
                        .reading(file)
                        .run();
        assertThat(checked.status()).as(checked.out()).isZero();
    }

    @Test
    void aTerminalGetsALineOfProgressThatGoesAway() throws Exception {
        assumeTrue(isThere("script"), "script is not installed (Debian: bsdutils)");
        Path out = place.resolve("typescript");
        String count =
                "(echo 8.8.8.8; sleep 4; echo 8.8.8.8) | "
                        + Program.DISTRIBUTION.resolve("bin/asntally")
                        + " count --by asn";
        Result result =
                new Program(place, "script", "-qefc", count, out.toString())
                        .setting("SHELL", "/bin/sh")
                        .reading("")
                        .run();

        String shown = Files.readString(out);
        assertThat(result.status()).as(shown).isZero();
        assertThat(shown).contains("\r\u001b[K0 MB read, ", "15169", "read 2 lines");
        assertThat(shown.indexOf("MB read")).isLessThan(shown.indexOf("read 2 lines"));
        assertThat(shown.substring(shown.lastIndexOf("MB read"))).contains("\r\u001b[K");
    }

    @Test
    void aPlanIsPrintedAndNothingIsCounted() throws Exception {
        Result result =
                Program.asntally(place, "count", "--plan", "--window", "1m")
                        .reading("8.8.8.8\n")
                        .run()
                        .saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("attribute", "tally", "window", "report")
                .doesNotContain("15169");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --weight bytes       | AT-USE-011: input format line knows no weight 'bytes'; it knows: hits
                    --side destination   | AT-USE-013: input format line has no destination addresses
                    """)
    void whatTheFormatOfAPipeDoesNotKnowIsRefused(String option, String message) throws Exception {
        Running running = Program.asntally(place, "count").with(option.trim().split(" +")).start();
        running.type("8.8.8.8\n");
        running.process().getOutputStream().close();
        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(message);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void asncounterSaysThatItHasReadAllBeforeItReports() throws Exception {
        Result result =
                new Program(
                                place,
                                "/bin/sh",
                                "-c",
                                Program.DISTRIBUTION.resolve("bin/asncounter") + " 2>&1")
                        .reading("8.8.8.8\n")
                        .run();

        assertThat(result.out().indexOf("INFO: finished reading data"))
                .as(result.out())
                .isPositive()
                .isLessThan(result.out().indexOf("count\tpercent\tASN"));
    }

    private static boolean isThere(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", "command -v " + program).start().waitFor() == 0;
    }
}
