package org.asntally.lookup.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.asntally.lookup.download.DownloadException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate only a file of one's own vouches for. */
class CertificatesTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path folder;
    private @Nullable HttpsServer server;
    private URI address = URI.create("https://127.0.0.1/");

    @BeforeEach
    void start() throws Exception {
        Path store = folder.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=sample",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "3650",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "test",
                "-file",
                folder.resolve("ca.pem").toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer started =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(context));
        started.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        if (exchange.getRequestURI().getPath().equals("/down")) {
                            exchange.getResponseHeaders().set("Location", "http://127.0.0.1/x");
                            exchange.sendResponseHeaders(302, -1);
                        } else {
                            exchange.sendResponseHeaders(200, 2);
                            exchange.getResponseBody().write(new byte[] {'o', 'k'});
                        }
                    }
                });
        started.start();
        server = started;
        address = URI.create("https://127.0.0.1:" + started.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void keytool(String... words) throws Exception {
        String[] command = new String[words.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(words, 0, command, 1, words.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Downloader.Fetched get(@Nullable Path certificates, String path) throws Exception {
        return new Downloader(
                        DownloadLimits.DEFAULT.retries(0),
                        certificates,
                        name -> null,
                        "asntally test",
                        Downloader.Watcher.NONE)
                .toFile(address.resolve(path), folder.resolve("target"), Validators.NONE);
    }

    private DownloadException failure(@Nullable Path certificates, String path) {
        return catchThrowableOfType(DownloadException.class, () -> get(certificates, path));
    }

    @Test
    void whoIsVouchedForByTheFileIsTrusted() throws Exception {
        assertThat(get(folder.resolve("ca.pem"), "/").bytes()).isEqualTo(2);
    }

    @Test
    void whoIsNotIsNot() throws Exception {
        assertThat(failure(null, "/").reason()).isEqualTo(Reason.NOT_TRUSTED);
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "no certificate");
        assertThat(failure(garbage, "/").reason()).isEqualTo(Reason.BAD_SETTING);
        assertThat(failure(folder.resolve("none.pem"), "/")).hasMessageContaining("cannot be read");
    }

    @Test
    void nobodyIsLedFromAPrivateLineToAnOpenOne() {
        DownloadException e = failure(folder.resolve("ca.pem"), "/down");
        assertThat(e.reason()).isEqualTo(Reason.BAD_REDIRECT);
    }
}
