package org.asntally.job.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** A web server on a loopback address with files, their ETags, and pages for folders. */
final class WebFolder implements AutoCloseable {

    /** A status in place of a file. */
    private record Refusal(int status) {}

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Object> places = new ConcurrentHashMap<>();
    private final HttpServer server;

    WebFolder() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    WebFolder file(String path, String text) {
        places.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    WebFolder bytes(String path, byte[] bytes) {
        places.put(path, bytes);
        return this;
    }

    WebFolder refuses(String path, int status) {
        places.put(path, new Refusal(status));
        return this;
    }

    /** A page of links. */
    WebFolder folder(String path, String... names) {
        StringBuilder page = new StringBuilder("<html><body><pre><a href=\"../\">../</a>\n");
        for (String name : names) {
            page.append("<a href=\"").append(name).append("\">").append(name).append("</a>\n");
        }
        return file(path, page.append("</pre></body></html>\n").toString());
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Object place = places.get(path);
            asked.add(path);
            if (!(place instanceof byte[] bytes)) {
                int status = place instanceof Refusal refusal ? refusal.status() : 404;
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            String etag = "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"";
            exchange.getResponseHeaders().set("ETag", etag);
            if (path.endsWith("/")) {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
            } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
