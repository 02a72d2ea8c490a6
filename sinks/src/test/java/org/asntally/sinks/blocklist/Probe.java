package org.asntally.sinks.blocklist;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Knocks at a port of this machine from several of its addresses, in a process of its own within a
 * namespace of the network: {@code tcp PORT SOURCE...} opens the port itself, {@code http PORT
 * SOURCE...} waits until somebody has and asks for a page. Prints a line each: the source, and
 * {@code open}, {@code silent}, or the status of HTTP.
 */
final class Probe {

    private static final int PATIENCE_MILLIS = 700;
    private static final int HTTP_MILLIS = 5_000;

    private Probe() {}

    // A process of its own prints for the one that started it.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        boolean http = arguments[0].equals("http");
        ServerSocket open = http ? null : new ServerSocket(port);
        if (http) {
            await(port);
        }
        List<String> sources = Arrays.asList(arguments).subList(2, arguments.length);
        // All at once: each silence takes its time.
        ExecutorService hands = Executors.newFixedThreadPool(sources.size());
        List<Future<String>> answers = new ArrayList<>();
        for (String source : sources) {
            answers.add(hands.submit(() -> knock(source, port, http)));
        }
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < answers.size(); i++) {
            said.append(sources.get(i)).append(' ').append(answers.get(i).get()).append('\n');
        }
        hands.shutdown();
        System.out.print(said);
        System.out.flush();
        if (open != null) {
            open.close();
        }
    }

    private static void await(int port) throws Exception {
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), HTTP_MILLIS);
                return;
            } catch (ConnectException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("nobody opened port " + port);
    }

    private static String knock(String source, int port, boolean http) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
            String here = source.indexOf(':') < 0 ? "127.0.0.1" : "::1";
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName(here), port),
                    http ? HTTP_MILLIS : PATIENCE_MILLIS);
            if (!http) {
                return "open";
            }
            socket.setSoTimeout(HTTP_MILLIS);
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                String answer = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
                return answer.startsWith("HTTP/1.") ? answer.substring(9) : answer;
            }
        } catch (SocketTimeoutException e) {
            return "silent";
        }
    }
}
