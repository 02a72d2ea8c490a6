package org.asntally.lookup.download;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.asntally.lookup.download.DownloadException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Gets files by HTTP/1.1, within limits of size and time whatever the server does. Follows
 * redirects to http and https only, never from https to http, at most ten; asks again after a
 * failure that may pass. One download at a time.
 */
public final class Downloader {

    /** Hears how a download goes on. */
    public interface Watcher {

        /**
         * Bytes have come; called some times a second.
         *
         * @param size of the whole, or 0 where it is not known
         */
        void received(String address, long bytes, long size);

        /** An attempt failed, another one follows after a pause. */
        void again(String address, String why, Duration pause);

        /** Nobody wants to know. */
        Watcher NONE =
                new Watcher() {
                    @Override
                    public void received(String address, long bytes, long size) {}

                    @Override
                    public void again(String address, String why, Duration pause) {}
                };
    }

    /**
     * What came.
     *
     * @param modified false: the server says that nothing has changed, and there is no body
     * @param address where it was found in the end
     * @param bytes of the body
     * @param isPage whether the server calls it HTML
     */
    public record Fetched(
            boolean modified, URI address, Validators validators, long bytes, boolean isPage) {}

    private static final int MOST_REDIRECTS = 10;
    private static final long TICK_MILLIS = 100;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    static {
        // Java sends no password through a tunnel unless it is told to; who names one wants it.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private final HttpClient client;
    private final DownloadLimits limits;
    private final String program;
    private final Watcher watcher;
    private volatile @Nullable URI asked;

    /**
     * Uses the proxies of the environment.
     *
     * @param certificates further authorities to trust, PEM; null: those that Java knows
     * @param environment value of a variable, or null
     * @param program name and version, for the server's log
     * @throws DownloadException when proxy or certificates cannot be used
     */
    public Downloader(
            DownloadLimits limits,
            @Nullable Path certificates,
            Function<String, @Nullable String> environment,
            String program,
            Watcher watcher)
            throws DownloadException {
        this.limits = limits;
        this.program = program;
        this.watcher = watcher;
        ProxyRules proxies = ProxyRules.of(environment);
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limits.connect())
                        .proxy(proxies);
        if (proxies.anyCredentials()) {
            // With one, the client sends no header of ours; so it is asked for the servers' too.
            builder.authenticator(new Credentials(proxies));
        }
        if (certificates != null) {
            builder.sslContext(Certificates.with(certificates));
        }
        client = builder.build();
    }

    /**
     * Gets a file, if it is another than the one that the validators stand for.
     *
     * @param target is made or replaced; after a failure it may hold a part
     * @throws DownloadException when it cannot be got
     * @throws IOException when the target cannot be written
     */
    public Fetched toFile(URI address, Path target, Validators known) throws IOException {
        return fetch(
                address,
                known,
                limits.bytes(),
                () ->
                        FileChannel.open(
                                target,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE));
    }

    /**
     * A page.
     *
     * @param address where it was found in the end
     */
    record Page(URI address, String text) {}

    /** Gets a page of at most so many bytes. */
    Page page(URI address, int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Fetched fetched =
                fetch(
                        address,
                        Validators.NONE,
                        most,
                        () -> {
                            bytes.reset();
                            return Channels.newChannel(bytes);
                        });
        return new Page(fetched.address(), bytes.toString(StandardCharsets.UTF_8));
    }

    @FunctionalInterface
    private interface Target {
        WritableByteChannel open() throws IOException;
    }

    private Fetched fetch(URI address, Validators known, long most, Target target)
            throws IOException {
        long end = System.nanoTime() + limits.total().toNanos();
        Duration pause = limits.pause();
        for (int attempt = 0; ; attempt++) {
            try {
                return follow(address, known, most, target, end);
            } catch (DownloadException e) {
                boolean last = attempt >= limits.retries();
                if (!e.reason().mayPass() || last || end - System.nanoTime() < pause.toNanos()) {
                    throw attempt == 0 || !e.reason().mayPass() ? e : afterSeveral(e, attempt + 1);
                }
                watcher.again(e.address(), String.valueOf(e.getMessage()), pause);
                sleep(pause, address);
                Duration longer = pause.multipliedBy(4);
                pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            }
        }
    }

    private static DownloadException afterSeveral(DownloadException e, int attempts) {
        return new DownloadException(
                e.reason(),
                URI.create(e.address()),
                e.getMessage() + " (" + attempts + " attempts)",
                e);
    }

    private static void sleep(Duration pause, URI address) throws DownloadException {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadException(Reason.TOO_SLOW, address, "interrupted", e);
        }
    }

    private Fetched follow(URI start, Validators known, long most, Target target, long end)
            throws IOException {
        URI address = start;
        asked = start;
        String authorization = Addresses.authorization(start);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<Long> response = once(address, authorization, known, most, target, end);
            int status = response.statusCode();
            if (status == 200 || (status == 304 && !known.equals(Validators.NONE))) {
                return fetched(response, address, status);
            }
            URI next = redirect(response, address);
            if (next == null) {
                throw refusal(address, status);
            }
            if (!String.valueOf(next.getHost()).equalsIgnoreCase(address.getHost())) {
                authorization = Addresses.authorization(next);
            }
            address = next;
        }
        throw new DownloadException(
                Reason.BAD_REDIRECT, start, "more than " + MOST_REDIRECTS + " redirects", null);
    }

    private static Fetched fetched(HttpResponse<Long> response, URI address, int status) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Fetched(
                status == 200,
                address,
                new Validators(
                        response.headers().firstValue("ETag").orElse(null),
                        response.headers().firstValue("Last-Modified").orElse(null)),
                response.body(),
                type.toLowerCase(Locale.ROOT).startsWith("text/html"));
    }

    private static DownloadException refusal(URI address, int status) {
        boolean passes = status == 408 || status == 425 || status == 429 || status >= 500;
        return new DownloadException(
                passes ? Reason.SERVER_BUSY : Reason.REFUSED,
                address,
                "the server answers " + status + Statuses.words(status),
                null);
    }

    /** Where an answer leads, or null when it leads nowhere. */
    private static @Nullable URI redirect(HttpResponse<?> response, URI from)
            throws DownloadException {
        int status = response.statusCode();
        Optional<String> location = response.headers().firstValue("Location");
        boolean leads =
                status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        if (!leads || location.isEmpty()) {
            return null;
        }
        URI next;
        try {
            next = from.resolve(location.get());
        } catch (IllegalArgumentException e) {
            throw badRedirect(from, location.get(), e);
        }
        String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
        boolean safe =
                scheme.equals("https")
                        || (scheme.equals("http") && !"https".equalsIgnoreCase(from.getScheme()));
        if (!safe || next.getHost() == null) {
            throw badRedirect(from, location.get(), null);
        }
        return next;
    }

    private static DownloadException badRedirect(
            URI from, String location, @Nullable Throwable cause) {
        return new DownloadException(
                Reason.BAD_REDIRECT,
                from,
                "the server sends elsewhere, to '" + location + "', which is not followed",
                cause);
    }

    private HttpResponse<Long> once(
            URI address,
            @Nullable String authorization,
            Validators known,
            long most,
            Target target,
            long end)
            throws IOException {
        HttpRequest request = request(address, authorization, known);
        Attempt attempt = new Attempt(address, most, target);
        CompletableFuture<HttpResponse<Long>> answer = client.sendAsync(request, attempt::body);
        try {
            while (true) {
                try {
                    return answer.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    attempt.check(end);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadException(Reason.TOO_SLOW, address, "interrupted", e);
        } catch (ExecutionException e) {
            throw attempt.failure(e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
            attempt.close();
        }
    }

    private HttpRequest request(URI address, @Nullable String authorization, Validators known)
            throws DownloadException {
        try {
            URI bare = new URI(Addresses.shown(address).split("#", 2)[0]);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(bare)
                            .header("User-Agent", program)
                            .header("Accept-Encoding", "identity");
            if (authorization != null) {
                request.header("Authorization", authorization);
            }
            if (known.etag() != null) {
                request.header("If-None-Match", known.etag());
            }
            if (known.lastModified() != null) {
                request.header("If-Modified-Since", known.lastModified());
            }
            return request.build();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new DownloadException(
                    Reason.BAD_SETTING, address, "the address cannot be used", e);
        }
    }

    /** User and password for proxies and, where the address names them, for the server. */
    private final class Credentials extends Authenticator {
        private final ProxyRules proxies;

        Credentials(ProxyRules proxies) {
            this.proxies = proxies;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            URI server = asked;
            String text =
                    getRequestorType() == RequestorType.PROXY
                            ? proxies.credentials(getRequestingHost())
                            : server != null
                                            && server.getHost()
                                                    .equalsIgnoreCase(getRequestingHost())
                                    ? server.getUserInfo()
                                    : null;
            if (text == null) {
                return null;
            }
            String[] parts = text.split(":", 2);
            return new PasswordAuthentication(
                    parts[0], (parts.length > 1 ? parts[1] : "").toCharArray());
        }
    }

    /** One request and what comes of it. */
    private final class Attempt {
        private final URI address;
        private final long most;
        private final Target target;
        private volatile long heard = System.nanoTime();
        private volatile long size;
        private volatile @Nullable BodyToFile body;
        private volatile @Nullable WritableByteChannel out;

        Attempt(URI address, long most, Target target) {
            this.address = address;
            this.most = most;
            this.target = target;
        }

        HttpResponse.BodySubscriber<Long> body(HttpResponse.ResponseInfo info) {
            heard = System.nanoTime();
            if (info.statusCode() != 200) {
                return BodySubscribers.replacing(0L);
            }
            OptionalLong declared = info.headers().firstValueAsLong("Content-Length");
            size = Math.max(0, declared.orElse(0));
            try {
                if (size > most) {
                    throw new BodyToFile.TooLarge();
                }
                WritableByteChannel channel = target.open();
                out = channel;
                BodyToFile subscriber =
                        new BodyToFile(channel, most, () -> heard = System.nanoTime());
                body = subscriber;
                return subscriber;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Fails when it takes too long; tells how far it is. */
        void check(long end) throws DownloadException {
            long now = System.nanoTime();
            BodyToFile coming = body;
            if (now - end > 0) {
                throw fault(Reason.TOO_SLOW, "not done within " + seconds(limits.total()), null);
            }
            if (now - heard > limits.stall().toNanos()) {
                throw coming == null
                        ? fault(Reason.NO_ANSWER, "no answer in " + seconds(limits.stall()), null)
                        : fault(
                                Reason.BROKEN_OFF,
                                "nothing came for "
                                        + seconds(limits.stall())
                                        + ", after "
                                        + coming.received()
                                        + " bytes",
                                null);
            }
            if (coming != null) {
                watcher.received(Addresses.shown(address), coming.received(), size);
            }
        }

        IOException failure(Throwable thrown) {
            Throwable cause = thrown;
            if (cause instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
                cause = unchecked.getCause();
            }
            for (Throwable at = cause; at != null; at = at.getCause()) {
                if (at instanceof BodyToFile.TooLarge) {
                    return fault(Reason.TOO_LARGE, "larger than " + most + " bytes", cause);
                }
                if (at instanceof FileSystemException own) {
                    return own;
                }
                if (at instanceof CertificateException) {
                    return fault(Reason.NOT_TRUSTED, words(at), cause);
                }
                if (at instanceof UnknownHostException
                        || at instanceof UnresolvedAddressException) {
                    return fault(Reason.NO_ANSWER, "no such host", cause);
                }
            }
            if (cause instanceof ConnectException || cause instanceof HttpTimeoutException) {
                return fault(
                        Reason.NO_ANSWER,
                        cause instanceof HttpTimeoutException
                                ? "no connection in " + seconds(limits.connect())
                                : "no connection",
                        cause);
            }
            String text = words(cause);
            if (text.contains("No space left") || text.contains("Disk quota")) {
                return new IOException(text, cause);
            }
            if (text.startsWith("Tunnel failed")) {
                return fault(Reason.REFUSED, "the proxy refuses: " + text, cause);
            }
            BodyToFile coming = body;
            if (coming == null) {
                return fault(Reason.NO_ANSWER, "no answer that can be read: " + text, cause);
            }
            return fault(
                    Reason.BROKEN_OFF,
                    "the answer ends after "
                            + coming.received()
                            + (size > 0 ? " of " + size : "")
                            + " bytes",
                    cause);
        }

        private DownloadException fault(Reason reason, String message, @Nullable Throwable cause) {
            return new DownloadException(reason, address, message, cause);
        }

        void close() throws IOException {
            WritableByteChannel channel = out;
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() < 1000
                ? duration.toMillis() + " ms"
                : duration.toSeconds() + " s";
    }
}
