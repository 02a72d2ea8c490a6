package org.asntally.lookup.download;

import static org.asntally.lookup.download.AnyServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asntally.lookup.download.AnyServer.Answer;
import org.asntally.lookup.download.DownloadException.Reason;
import org.asntally.lookup.download.Downloader.Fetched;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server does, a download ends, and says how. */
class DownloaderTest {

    private static final DownloadLimits QUICK =
            DownloadLimits.DEFAULT.pause(Duration.ofMillis(5)).retries(2);

    @TempDir private Path folder;
    private final List<String> attempts = new ArrayList<>();
    private AnyServer server;

    @BeforeEach
    void start() throws IOException {
        server = new AnyServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Downloader downloader(DownloadLimits limits, Map<String, String> environment)
            throws IOException {
        return new Downloader(
                limits,
                null,
                environment::get,
                "asntally test",
                new Downloader.Watcher() {
                    @Override
                    public void received(String address, long bytes, long size) {}

                    @Override
                    public void again(String address, String why, Duration pause) {
                        attempts.add(why);
                    }
                });
    }

    private Path target() {
        return folder.resolve("target");
    }

    private Fetched get(String path, DownloadLimits limits) throws IOException {
        return downloader(limits, Map.of()).toFile(server.at(path), target(), Validators.NONE);
    }

    private DownloadException failure(String path, DownloadLimits limits) {
        return catchThrowableOfType(DownloadException.class, () -> get(path, limits));
    }

    private void failsWith(Reason reason, String words, DownloadLimits limits, Answer answer) {
        server.answer("/t", answer);
        DownloadException e = failure("/t", limits);
        assertThat(e).hasMessageContaining(words);
        assertThat(e.reason()).isEqualTo(reason);
    }

    private static void endless(OutputStream out, String text) throws IOException {
        byte[] bytes = text.repeat(1000).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(bytes);
        }
    }

    @Test
    void getsAFileAndAsksWhetherItHasChanged() throws IOException {
        server.file("/t", "192.0.2.0/24\t64496\n");

        Fetched first = get("/t", QUICK);
        assertThat(first.modified()).isTrue();
        assertThat(first.bytes()).isEqualTo(19);
        assertThat(target()).hasContent("192.0.2.0/24\t64496\n");
        assertThat(server.requests().get(0).headers())
                .containsEntry("user-agent", "asntally test")
                .doesNotContainKey("upgrade");

        Fetched second =
                downloader(QUICK, Map.of())
                        .toFile(server.at("/t"), folder.resolve("other"), first.validators());
        assertThat(second.modified()).isFalse();
        assertThat(folder.resolve("other")).doesNotExist();
        assertThat(server.requests().get(1).headers())
                .containsEntry("if-modified-since", "Tue, 24 Nov 2026 06:00:00 GMT");
    }

    @Test
    void refusalsAreFinalAndBusyServersAreAskedAgain() throws IOException {
        for (int status : new int[] {400, 401, 403, 404, 410, 204, 206, 304, 300, 999}) {
            failsWith(
                    status >= 500 ? Reason.SERVER_BUSY : Reason.REFUSED,
                    "the server answers " + status,
                    QUICK.retries(0),
                    (request, out) -> out.write(head(status, "Content-Length: 0")));
        }
        AtomicInteger asked = new AtomicInteger();
        server.answer(
                "/busy",
                (request, out) -> {
                    if (asked.incrementAndGet() < 3) {
                        out.write(head(503, "Content-Length: 0"));
                    } else {
                        out.write(head(200, "Content-Length: 1"));
                        out.write('x');
                    }
                });
        assertThat(get("/busy", QUICK).bytes()).isEqualTo(1);
        assertThat(attempts).hasSize(2).allMatch(why -> why.contains("503"));
        attempts.clear();
        failsWith(
                Reason.SERVER_BUSY,
                "(3 attempts)",
                QUICK,
                (request, out) -> out.write(head(429, "Content-Length: 0")));
        assertThat(attempts).hasSize(2);
    }

    @Test
    void whatEndsEarlyIsNotTakenForWhole() {
        failsWith(
                Reason.BROKEN_OFF,
                "ends after 5 of 10 bytes",
                QUICK.retries(0),
                (request, out) -> {
                    out.write(head(200, "Content-Length: 10"));
                    out.write("12345".getBytes(StandardCharsets.US_ASCII));
                });
        failsWith(
                Reason.BROKEN_OFF,
                "ends after 5 bytes",
                QUICK.retries(0),
                (request, out) -> {
                    out.write(head(200, "Transfer-Encoding: chunked"));
                    out.write("5\r\n12345\r\n".getBytes(StandardCharsets.US_ASCII));
                });
        failsWith(Reason.NO_ANSWER, "no answer", QUICK.retries(0), (request, out) -> {});
    }

    @Test
    void silenceEndsAnAttempt() {
        DownloadLimits impatient = QUICK.stall(Duration.ofMillis(300)).retries(0);
        failsWith(
                Reason.NO_ANSWER,
                "no answer in 300 ms",
                impatient,
                (request, out) -> TimeUnit.SECONDS.sleep(60));
        failsWith(
                Reason.BROKEN_OFF,
                "nothing came for 300 ms, after 3 bytes",
                impatient,
                (request, out) -> {
                    out.write(head(200, "Content-Length: 10"));
                    out.write("123".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    TimeUnit.SECONDS.sleep(60);
                });
    }

    @Test
    void whoDripsIsStoppedByTheTimeForAll() {
        failsWith(
                Reason.TOO_SLOW,
                "not done within 700 ms",
                QUICK.total(Duration.ofMillis(700)),
                (request, out) -> {
                    out.write(head(200, "Content-Length: 1000"));
                    while (true) {
                        out.write('x');
                        out.flush();
                        TimeUnit.MILLISECONDS.sleep(50);
                    }
                });
    }

    @Test
    void noMoreIsWrittenThanTheLimit() throws IOException {
        failsWith(
                Reason.TOO_LARGE,
                "larger than 100000 bytes",
                QUICK.bytes(100_000),
                (request, out) -> {
                    out.write(head(200));
                    endless(out, "0123456789");
                });
        assertThat(Files.size(target())).isLessThanOrEqualTo(100_000);
        Files.delete(target());
        failsWith(
                Reason.TOO_LARGE,
                "larger than",
                QUICK.bytes(100_000),
                (request, out) -> out.write(head(200, "Content-Length: 999999999999")));
        assertThat(target()).doesNotExist();
    }

    @Test
    void anEndlessHeadOfAnAnswerEnds() {
        server.answer(
                "/t",
                (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    endless(out, "X-More: 0123456789012345678901234567890123456789\r\n");
                });
        DownloadException e = failure("/t", QUICK.retries(0).total(Duration.ofSeconds(2)));
        assertThat(e.reason()).isIn(Reason.NO_ANSWER, Reason.TOO_SLOW);
    }

    @Test
    void whatIsNotHttpIsNoAnswer() {
        for (String garbage : List.of("\0\1\2\3", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc\r\n\r\n")) {
            failsWith(
                    Reason.NO_ANSWER,
                    "no answer",
                    QUICK.retries(0),
                    (request, out) -> out.write(garbage.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    @Test
    void redirectsAreFollowedToTheWebOnly() throws IOException {
        server.file("/there", "x");
        server.answer("/a", (request, out) -> out.write(head(302, "Location: /b")));
        server.answer(
                "/b", (request, out) -> out.write(head(308, "Location: " + server.at("/there"))));
        Fetched fetched = get("/a", QUICK);
        assertThat(fetched.address()).isEqualTo(server.at("/there"));

        for (String location :
                List.of("file:///etc/passwd", "ftp://127.0.0.1/x", "gopher:x", "http:x", "%%%")) {
            failsWith(
                    Reason.BAD_REDIRECT,
                    "to '" + location + "', which is not followed",
                    QUICK,
                    (request, out) -> out.write(head(302, "Location: " + location)));
        }
        failsWith(
                Reason.BAD_REDIRECT,
                "more than 10 redirects",
                QUICK,
                (request, out) -> out.write(head(301, "Location: /t")));
    }

    @Test
    void aPasswordIsForItsHostOnlyAndIsNeverShown() throws IOException {
        server.answer("/t", (request, out) -> out.write(head(403, "Content-Length: 0")));
        String text = server.at("/t").toString().replace("http://", "http://me:secret@");
        DownloadException e =
                catchThrowableOfType(
                        DownloadException.class,
                        () ->
                                downloader(QUICK, Map.of())
                                        .toFile(Addresses.parse(text), target(), Validators.NONE));
        assertThat(e.address() + e.getMessage()).doesNotContain("secret").contains("/t");
        assertThat(server.requests().get(0).headers().get("authorization"))
                .isEqualTo(
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "me:secret".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nobodyThereIsSaidSo() throws IOException {
        AnyServer gone = new AnyServer();
        gone.close();
        DownloadException e =
                catchThrowableOfType(
                        DownloadException.class,
                        () ->
                                downloader(QUICK, Map.of())
                                        .toFile(gone.at("/t"), target(), Validators.NONE));
        assertThat(e.reason()).isEqualTo(Reason.NO_ANSWER);
        assertThat(e).hasMessageContaining("no connection (3 attempts)");
    }

    @Test
    void theProxyOfTheEnvironmentIsAsked() throws IOException {
        try (AnyServer proxy = new AnyServer()) {
            proxy.answer(
                    "http://tables.example/t",
                    (request, out) -> {
                        out.write(head(200, "Content-Length: 2"));
                        out.write("ok".getBytes(StandardCharsets.US_ASCII));
                    });
            Map<String, String> environment =
                    Map.of("http_proxy", proxy.at("").toString(), "no_proxy", "other.example");
            Fetched fetched =
                    downloader(QUICK, environment)
                            .toFile(
                                    Addresses.parse("http://tables.example/t"),
                                    target(),
                                    Validators.NONE);
            assertThat(fetched.bytes()).isEqualTo(2);

            proxy.answer(
                    "http://closed.example/t",
                    (request, out) ->
                            out.write(
                                    request.headers().containsKey("proxy-authorization")
                                            ? head(200, "Content-Length: 0")
                                            : head(
                                                    407,
                                                    "Proxy-Authenticate: Basic realm=\"x\"",
                                                    "Content-Length: 0")));
            String withPassword = proxy.at("").toString().replace("http://", "http://me:word@");
            assertThat(
                            downloader(QUICK, Map.of("http_proxy", withPassword))
                                    .toFile(
                                            Addresses.parse("http://closed.example/t"),
                                            target(),
                                            Validators.NONE)
                                    .modified())
                    .isTrue();

            // For https a tunnel is asked for; this proxy gives none.
            DownloadException e =
                    catchThrowableOfType(
                            DownloadException.class,
                            () ->
                                    downloader(
                                                    QUICK.retries(0),
                                                    Map.of("HTTPS_PROXY", proxy.at("").toString()))
                                            .toFile(
                                                    Addresses.parse("https://tables.example/t"),
                                                    target(),
                                                    Validators.NONE));
            assertThat(e.reason()).isEqualTo(Reason.REFUSED);
            assertThat(proxy.requests().get(3).line())
                    .isEqualTo("CONNECT tables.example:443 HTTP/1.1");
        }
    }

    @Test
    void aDiskThatCannotBeWrittenIsNoFaultOfTheServer() {
        server.file("/t", "x");
        assertThat(
                        catchThrowableOfType(
                                IOException.class,
                                () ->
                                        downloader(QUICK, Map.of())
                                                .toFile(
                                                        server.at("/t"),
                                                        folder.resolve("no/such/folder"),
                                                        Validators.NONE)))
                .isNotInstanceOf(DownloadException.class);
    }
}
