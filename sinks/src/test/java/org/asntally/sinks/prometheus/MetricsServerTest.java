package org.asntally.sinks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** GET and HEAD of /metrics, nothing else. */
class MetricsServerTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void servesTheTextOfTheMoment() throws Exception {
        int[] scrapes = {0};
        try (var server =
                serve(() -> ("up " + ++scrapes[0] + ".0\n").getBytes(StandardCharsets.UTF_8))) {
            var first = ask(server, "GET", "/metrics");
            var second = ask(server, "GET", "/metrics");

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("up 1.0\n");
            assertThat(first.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(second.body()).isEqualTo("up 2.0\n");
        }
    }

    @Test
    void refusesWhatIsNotAScrape() throws Exception {
        try (var server = serve(() -> new byte[] {'x', '\n'})) {
            assertThat(ask(server, "GET", "/").statusCode()).isEqualTo(404);
            assertThat(ask(server, "GET", "/metrics/more").statusCode()).isEqualTo(404);
            assertThat(ask(server, "POST", "/metrics").statusCode()).isEqualTo(405);
            assertThat(ask(server, "HEAD", "/metrics").statusCode()).isEqualTo(200);
            assertThat(ask(server, "HEAD", "/metrics").body()).isEmpty();
        }
    }

    @Test
    void aCountThatCannotTellIsUnavailable() throws Exception {
        try (var server =
                serve(
                        () -> {
                            throw new IllegalStateException("the job has ended");
                        })) {
            assertThat(ask(server, "GET", "/metrics").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aPortInUseIsTold() throws Exception {
        try (var server = serve(() -> new byte[0])) {
            assertThatThrownBy(() -> new MetricsServer(server.address(), () -> new byte[0]))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFloodIsCutOffAndServingGoesOn() throws Exception {
        var gate = new CountDownLatch(1);
        try (var server =
                serve(
                        () -> {
                            try {
                                gate.await(20, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return new byte[] {'x', '\n'};
                        })) {
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < 40; i++) {
                answers.add(
                        client.sendAsync(
                                        request(server, "GET", "/metrics"),
                                        HttpResponse.BodyHandlers.ofString())
                                .handle(
                                        (answer, broken) ->
                                                broken == null ? answer.statusCode() : 0));
            }
            long cut = 0;
            for (int round = 0; round < 200 && cut == 0; round++) {
                Thread.sleep(20);
                cut = answers.stream().filter(CompletableFuture::isDone).count();
            }
            assertThat(cut).as("requests cut off while all threads are busy").isPositive();
            gate.countDown();

            for (var answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isIn(0, 200, 503);
            }
            assertThat(ask(server, "GET", "/metrics").statusCode()).isEqualTo(200);
        }
    }

    private static MetricsServer serve(Supplier<byte[]> text) throws IOException {
        return new MetricsServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), text);
    }

    private HttpResponse<String> ask(MetricsServer server, String method, String path)
            throws Exception {
        return client.send(request(server, method, path), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(MetricsServer server, String method, String path) {
        var uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }
}
