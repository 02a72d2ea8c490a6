package org.asntally.sinks.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.asntally.sinks.text.PrometheusText;

/**
 * Serves metrics over HTTP: GET and HEAD of {@code /metrics}, nothing else. At most two requests at
 * a time and sixteen that wait; a request that takes longer than ten seconds to arrive or to be
 * read is dropped.
 */
public final class MetricsServer implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int WAITING = 16;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /**
     * Begins to serve.
     *
     * @param address where to listen; port 0 takes any free one
     * @param text the metrics as UTF-8, asked for at each request, from another thread; if it
     *     throws, the answer is 503
     * @throws IOException if the address cannot be bound
     */
    public MetricsServer(InetSocketAddress address, Supplier<byte[]> text) throws IOException {
        // Read once, when the server's classes are loaded; a user's own values stay.
        setDefault("sun.net.httpserver.maxReqTime", "10");
        setDefault("sun.net.httpserver.maxRspTime", "10");
        setDefault("sun.net.httpserver.maxIdleConnections", "16");
        server = HttpServer.create(address, WAITING);
        threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        task -> {
                            Thread thread = new Thread(task, "metrics");
                            thread.setDaemon(true);
                            return thread;
                        },
                        MetricsServer::refuse);
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, text));
        server.start();
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The server closes the connection of a request that its executor does not take. */
    private static void refuse(Runnable task, ThreadPoolExecutor executor) {
        throw new RejectedExecutionException("too many requests");
    }

    private static void answer(HttpExchange exchange, Supplier<byte[]> text) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean get = "GET".equals(method);
            if (!"/metrics".equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!get && !"HEAD".equals(method)) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                metrics(exchange, text, get);
            }
        }
    }

    private static void metrics(HttpExchange exchange, Supplier<byte[]> text, boolean body)
            throws IOException {
        byte[] bytes;
        try {
            bytes = text.get();
        } catch (RuntimeException e) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", PrometheusText.MEDIA_TYPE);
        if (body && bytes.length > 0) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } else {
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Ends serving at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
