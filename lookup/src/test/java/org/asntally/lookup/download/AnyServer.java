package org.asntally.lookup.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A web server on a loopback address that answers whatever a test wants, bytes by bytes. */
public final class AnyServer implements AutoCloseable {

    /**
     * What was asked.
     *
     * @param headers by name in lower case
     */
    public record Request(String line, String path, Map<String, String> headers) {}

    /** Writes an answer, well formed or not; the connection is closed behind it. */
    @FunctionalInterface
    public interface Answer {
        void write(Request request, OutputStream out) throws Exception;
    }

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    public AnyServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** The address of a path. */
    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    /** From now on this path is answered so. */
    public void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** A file, with an ETag of its content; asked with that, it has not changed. */
    public void file(String path, byte[] content) {
        String etag = "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
        answers.put(
                path,
                (request, out) -> {
                    if (etag.equals(request.headers().get("if-none-match"))) {
                        out.write(head(304, "ETag: " + etag));
                    } else {
                        out.write(
                                head(
                                        200,
                                        "ETag: " + etag,
                                        "Last-Modified: Tue, 24 Nov 2026 06:00:00 GMT",
                                        "Content-Length: " + content.length));
                        out.write(content);
                    }
                });
    }

    public void file(String path, String content) {
        file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A folder's page as Apache makes it. */
    public void folder(String path, String... names) {
        StringBuilder page =
                new StringBuilder(
                        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n<html>\n"
                                + "<head><title>Index of "
                                + path
                                + "</title></head><body><h1>Index</h1><table>\n"
                                + "<tr><th><a href=\"?C=N;O=D\">Name</a></th><th><a"
                                + " href=\"?C=M;O=A\">Last modified</a></th></tr>\n"
                                + "<tr><td><a href=\"/\">Parent Directory</a></td></tr>\n");
        for (String name : names) {
            page.append("<tr><td><img src=\"/icons/unknown.gif\" alt=\"[ ]\"></td><td><a href=\"")
                    .append(name)
                    .append("\">")
                    .append(name)
                    .append("</a></td><td align=\"right\">2026-11-24 06:05</td></tr>\n");
        }
        byte[] bytes =
                page.append("</table></body></html>\n").toString().getBytes(StandardCharsets.UTF_8);
        answers.put(
                path,
                (request, out) -> {
                    out.write(
                            head(
                                    200,
                                    "Content-Type: text/html;charset=UTF-8",
                                    "Content-Length: " + bytes.length));
                    out.write(bytes);
                });
    }

    /** A status line and headers. */
    public static byte[] head(int status, String... headers) {
        return ("HTTP/1.1 "
                        + status
                        + " Any\r\nConnection: close\r\n"
                        + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                        + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All requests so far. */
    public List<Request> requests() {
        return new ArrayList<>(requests);
    }

    /** The paths that were asked for, in order. */
    public List<String> paths() {
        return requests.stream().map(Request::path).toList();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.ISO_8859_1));
            Request request = request(in);
            if (request == null) {
                return;
            }
            requests.add(request);
            Answer answer = answers.get(request.path());
            OutputStream out = connection.getOutputStream();
            if (answer == null) {
                out.write(head(404, "Content-Length: 0"));
            } else {
                answer.write(request, out);
            }
            out.flush();
        } catch (Exception e) {
            // The client went away, as it may.
        }
    }

    private static @Nullable Request request(BufferedReader in) throws IOException {
        String first = in.readLine();
        if (first == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String[] parts = line.split(":", 2);
            headers.put(
                    parts[0].toLowerCase(Locale.ROOT), parts.length > 1 ? parts[1].strip() : "");
        }
        String[] words = first.split(" ", -1);
        return new Request(first, words.length > 1 ? words[1] : "", headers);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
