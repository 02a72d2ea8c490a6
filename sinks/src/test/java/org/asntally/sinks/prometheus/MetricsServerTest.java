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

    private static MetricsServer serve(Supplier<byte[]> text) throws IOException {
        return new MetricsServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), text);
    }

    private HttpResponse<String> ask(MetricsServer server, String method, String path)
            throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(10))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
