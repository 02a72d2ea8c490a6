package org.asntally.lookup.download;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.asntally.lookup.Address;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.download.DownloadException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy serves an address, by the variables that other programs use too: {@code https_proxy},
 * {@code http_proxy}, {@code all_proxy}, {@code no_proxy}; each also in capitals but {@code
 * HTTP_PROXY}, which a web server's script may have from a request's header.
 *
 * <p>{@code no_proxy} holds names (with all names below them), addresses and prefixes, each with or
 * without a port, or {@code *}.
 */
final class ProxyRules extends ProxySelector {

    private final @Nullable URI https;
    private final @Nullable URI http;
    private final List<String> direct;

    private ProxyRules(@Nullable URI https, @Nullable URI http, List<String> direct) {
        this.https = https;
        this.http = http;
        this.direct = direct;
    }

    /**
     * Reads the variables.
     *
     * @param variables value of a variable, or null
     * @throws DownloadException when a proxy is named that cannot be used
     */
    static ProxyRules of(Function<String, @Nullable String> variables) throws DownloadException {
        String all = first(variables, "all_proxy", "ALL_PROXY");
        String https = first(variables, "https_proxy", "HTTPS_PROXY");
        String http = first(variables, "http_proxy");
        String direct = first(variables, "no_proxy", "NO_PROXY");
        List<String> names = new ArrayList<>();
        for (String name : (direct == null ? "" : direct).split("[,\\s]+", -1)) {
            if (!name.isEmpty()) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        return new ProxyRules(
                proxy(https == null ? all : https), proxy(http == null ? all : http), names);
    }

    private static @Nullable String first(
            Function<String, @Nullable String> variables, String... names) {
        for (String name : names) {
            String value = variables.apply(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    private static @Nullable URI proxy(@Nullable String text) throws DownloadException {
        if (text == null) {
            return null;
        }
        try {
            URI proxy = new URI(text.contains("://") ? text : "http://" + text);
            if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
                return proxy;
            }
            throw bad(proxy, "a proxy must be http://HOST:PORT, and this is none");
        } catch (URISyntaxException e) {
            throw bad(URI.create("http://invalid/"), "the proxy of the environment is no address");
        }
    }

    private static DownloadException bad(URI proxy, String message) {
        return new DownloadException(Reason.BAD_SETTING, proxy, message, null);
    }

    @Override
    public List<Proxy> select(URI address) {
        URI proxy = proxyOf(address);
        if (proxy == null) {
            return List.of(Proxy.NO_PROXY);
        }
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port)));
    }

    /** The proxy that serves an address, or null for none. */
    @Nullable URI proxyOf(URI address) {
        URI proxy = "https".equalsIgnoreCase(address.getScheme()) ? https : http;
        return proxy == null || isDirect(address) ? null : proxy;
    }

    private boolean isDirect(URI address) {
        String host = bare(String.valueOf(address.getHost()).toLowerCase(Locale.ROOT));
        int port = address.getPort();
        if (port < 0) {
            port = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        }
        for (String name : direct) {
            if (name.equals("*") || matches(name, host, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String entry, String host, int port) {
        String name = entry;
        int colon = name.lastIndexOf(':');
        boolean alone = name.indexOf(':') == colon || name.indexOf("]:") == colon - 1;
        if (colon > 0 && alone) {
            if (!name.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = name.substring(0, colon);
        }
        name = bare(name);
        if (name.indexOf('/') > 0) {
            return holds(name, host);
        }
        String domain = name.startsWith("*.") ? name.substring(1) : name;
        domain = domain.startsWith(".") ? domain : "." + domain;
        return ("." + host).endsWith(domain);
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** Whether a prefix holds an address; a name is in none. */
    private static boolean holds(String prefix, String host) {
        int slash = prefix.indexOf('/');
        Address network = new Address();
        Address address = new Address();
        int family = parse(network, prefix.substring(0, slash));
        if (family == 0 || parse(address, host) != family) {
            return false;
        }
        int length;
        try {
            length = Integer.parseInt(prefix.substring(slash + 1));
        } catch (NumberFormatException e) {
            return false;
        }
        if (length < 0 || length > (family == 4 ? 32 : 128)) {
            return false;
        }
        if (family == 4) {
            return length == 0 || ((network.v4() ^ address.v4()) & Prefix.mask4(length)) == 0;
        }
        return length == 0
                || (((network.high() ^ address.high()) & Prefix.maskHigh(length)) == 0
                        && ((network.low() ^ address.low()) & Prefix.maskLow(length)) == 0);
    }

    private static int parse(Address address, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return address.parse(bytes, 0, bytes.length);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // The request fails and says so.
    }

    /** User and password of a proxy, {@code user:password}, or null where none are named. */
    @Nullable String credentials(String host) {
        for (URI proxy : new @Nullable URI[] {https, http}) {
            if (proxy != null && proxy.getHost().equalsIgnoreCase(host)) {
                return proxy.getUserInfo();
            }
        }
        return null;
    }

    /** Whether any proxy wants a password. */
    boolean anyCredentials() {
        return (https != null && https.getUserInfo() != null)
                || (http != null && http.getUserInfo() != null);
    }
}
