package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a server to a report: the packaged program gets a table and counts by it. */
@SuppressWarnings("StringConcatToTextBlock") // Tabs and ends of lines are to be seen.
class FreshTablesE2E {

    private static final String TABLE = "192.0.2.0/24\t64496\n2001:db8::/32\t64497\n";

    @TempDir private Path place;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] bytes = files.get(exchange.getRequestURI().getPath());
                        exchange.sendResponseHeaders(
                                bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
                        if (bytes != null) {
                            exchange.getResponseBody().write(bytes);
                        }
                    }
                });
        // Begins an answer and goes silent.
        server.createContext(
                "/stalls",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000_000);
                    exchange.getResponseBody().write(new byte[1000]);
                    exchange.getResponseBody().flush();
                });
        server.start();
        put("/rrc00/", "<a href=\"2026.11/\">2026.11/</a>");
        put("/rrc00/2026.11/", "<a href=\"bview.20261124.1600.gz\">x</a>");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(TABLE.getBytes(StandardCharsets.UTF_8));
        }
        files.put("/rrc00/2026.11/bview.20261124.1600.gz", packed.toByteArray());
        put("/asn.txt", "64496 SAMPLE, CA\n64497 EXAMPLE, FR\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Path archive() {
        return place.resolve("home/.local/share/asntally/rib");
    }

    @Test
    void countUsesWhatUpdateGot() throws Exception {
        Path log = place.resolve("loaded");
        Result update =
                Program.asntally(place, "rib", "update", "--from", at("/rrc00/"))
                        .with("--names", at("/asn.txt"))
                        .javaOption("-Xlog:class+load:file=" + log)
                        .run()
                        .saysNoStackTrace();
        assertThat(update.status()).as(update.err()).isZero();
        assertThat(update.err().lines()).hasSize(1).first().asString().startsWith("wrote ");
        assertThat(Files.readString(log)).doesNotContain("] org.apache.flink.");

        assertThat(Program.asntally(place, "rib", "list").run().out())
                .contains("\troutes\t1\t1\t2\tto come\t" + at("/rrc00/2026.11/bview"));
        Result count =
                Program.asntally(place, "count", "--by", "asn", "-O", "tsv", "192.0.2.7")
                        .with("2001:db8::1", "203.0.113.1")
                        .run();
        assertThat(count.out())
                .contains("\t64496\tSAMPLE, CA\n", "\t64497\tEXAMPLE, FR\n", "\tNone\t");
        assertThat(Program.asntally(place, "rib", "verify").run().status()).isZero();
    }

    @Test
    void aKilledUpdateLeavesWhatWasThereAndTheNextOneClears() throws Exception {
        Path table = Files.writeString(place.resolve("t.dat"), TABLE);
        String[] get = {"rib", "update", "--from", table.toString()};
        assertThat(Program.asntally(place, get).run().status()).isZero();

        Running running = Program.asntally(place, "rib", "update", "--from", at("/stalls")).start();
        await(running);
        Result second = Program.asntally(place, get).run();
        assertThat(second.status()).isEqualTo(4);
        assertThat(second.err())
                .contains("AT-OUT-008: ")
                .contains("(process " + running.process().pid() + ", since ");
        running.signal("KILL");
        running.end();
        assertThat(left()).hasSize(1);
        assertThat(Program.asntally(place, get).run().err()).startsWith("not modified: ");
        assertThat(left()).isEmpty();

        Running ended = Program.asntally(place, "rib", "update", "--from", at("/stalls")).start();
        await(ended);
        ended.signal("TERM");
        ended.end();
        assertThat(left()).as("a signal that can be heard clears at once").isEmpty();
        assertThat(Program.asntally(place, "rib", "verify").run().status()).isZero();
    }

    private void await(Running running) throws Exception {
        while (left().isEmpty()) {
            assertThat(running.process().isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(archive())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".update"))
                    .toList();
        }
    }

    @Test
    void theOldNamesAreFrontEnds() throws Exception {
        Path index = place.resolve("home/.cache/asn_tools/asn_records/asn-db.dat");
        Path table = Files.writeString(place.resolve("t.dat"), TABLE);
        Result update =
                Program.tool(place, "asn-update", "--ip2asn-tsv-location", table.toString()).run();
        assertThat(update.status()).as(update.err()).isZero();
        assertThat(Program.asntally(place, "rib", "info", index.toString()).run().out())
                .contains("ipv6:           1\n");

        Result refresh =
                Program.tool(place, "asncounter", "--refresh", "--from", at("/rrc00/")).run();
        assertThat(refresh.status()).as(refresh.err()).isZero();
        Result count = Program.tool(place, "asncounter", "192.0.2.1").run();
        assertThat(count.err()).contains("using datfile ipasn_20261124.1600.dat.gz");
        assertThat(count.out()).contains("\t64496\t");
    }
}
