package org.asntally.sources.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON log what is: of each role the paths that may have it, the best first.
 *
 * <p>A path is keys, and numbers of array elements from 0, joined by dots; a key with dots in it is
 * found too. Where a path leads to an array, its first element counts.
 *
 * @param name how messages call it: {@code caddy}
 * @param paths of the roles that are there
 * @param named further names of fields and their paths, such as {@code http_x_forwarded_for}
 */
public record JsonFields(String name, Map<Role, List<String>> paths, Map<String, String> named)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** What a value is. */
    public enum Role {
        /** The client, with a port or not; of a list the last. */
        CLIENT,
        /** Who was connected, where a server tells clients that proxies have told it. */
        PEER,
        TIME,
        STATUS,
        METHOD,
        PATH,
        /** The request's first line: method, target, protocol. */
        REQUEST,
        AGENT,
        VHOST,
        BYTES,
        /** The time that a request took, in this unit. */
        SECONDS,
        MILLISECONDS,
        MICROSECONDS,
        NANOSECONDS;

        /** How the user calls it. */
        public String word() {
            return switch (this) {
                case SECONDS -> "request-time";
                case MILLISECONDS -> "request-time-ms";
                case MICROSECONDS -> "request-time-us";
                case NANOSECONDS -> "request-time-ns";
                default -> name().toLowerCase(Locale.ROOT);
            };
        }

        /** How many of its unit are a second; 0 when it is no time that something took. */
        double perSecond() {
            return switch (this) {
                case SECONDS -> 1;
                case MILLISECONDS -> 1e3;
                case MICROSECONDS -> 1e6;
                case NANOSECONDS -> 1e9;
                default -> 0;
            };
        }
    }

    /** What Caddy's access log writes. */
    public static final JsonFields CADDY =
            of(
                    "caddy",
                    "client=request.client_ip|request.remote_ip|request.remote_addr,"
                            + "peer=request.remote_ip|request.remote_addr,"
                            + "time=ts,status=status,method=request.method,path=request.uri,"
                            + "agent=request.headers.User-Agent,vhost=request.host,bytes=size,"
                            + "request-time=duration");

    /** Traefik's {@code accessLog} with {@code format: json}. */
    public static final JsonFields TRAEFIK =
            of(
                    "traefik",
                    "client=ClientHost|ClientAddr,peer=ClientAddr,time=StartUTC|time|StartLocal,"
                            + "status=DownstreamStatus|OriginStatus,method=RequestMethod,"
                            + "path=RequestPath,agent=request_User-Agent,vhost=RequestHost,"
                            + "bytes=DownstreamContentSize,request-time-ns=Duration");

    /** Elastic's common schema. */
    public static final JsonFields ECS =
            of(
                    "ecs",
                    "client=client.ip|source.ip|client.address|source.address,"
                            + "peer=source.ip|source.address,time=@timestamp,"
                            + "status=http.response.status_code,method=http.request.method,"
                            + "path=url.original|url.path,agent=user_agent.original,"
                            + "vhost=url.domain,bytes=http.response.body.bytes|http.response.bytes,"
                            + "request-time-ns=event.duration");

    /** nginx's variables as keys, as most of its JSON formats have them. */
    public static final JsonFields NGINX =
            of(
                    "nginx",
                    "client=remote_addr,"
                            + "time=time_iso8601|time_local|msec|time|timestamp|@timestamp|ts,"
                            + "status=status,method=request_method|method,path=request_uri|uri,"
                            + "request=request,agent=http_user_agent|user_agent,"
                            + "vhost=host|http_host|server_name|vhost,"
                            + "bytes=bytes_sent|body_bytes_sent|bytes,request-time=request_time");

    /** Names of the client's address that are seen in JSON logs, the likeliest first. */
    public static final List<String> CLIENTS =
            List.of(
                    "client_ip",
                    "clientip",
                    "clientIp",
                    "ClientIP",
                    "remote_addr",
                    "remoteAddr",
                    "remote_ip",
                    "request.client_ip",
                    "request.remote_ip",
                    "request.remote_addr",
                    "client.ip",
                    "source.ip",
                    "src_ip",
                    "srcip",
                    "src_addr",
                    "source_ip",
                    "sourceIPAddress",
                    "id.orig_h",
                    "httpRequest.remoteIp",
                    "httpRequest.clientIp",
                    "ip",
                    "ip_address",
                    "ipAddress",
                    "address",
                    "addr",
                    "src",
                    "source",
                    "client",
                    "ClientHost",
                    "ClientAddr",
                    "peer",
                    "host");

    /** The usual names, whoever wrote them. */
    public static final JsonFields ANY =
            of(
                    "json",
                    "client="
                            + String.join("|", CLIENTS)
                            + ",time=time|timestamp|@timestamp|ts|date|datetime|time_iso8601|"
                            + "time_local|msec|eventTime,"
                            + "status=status|status_code|statusCode|httpRequest.status|code,"
                            + "method=method|request_method|httpMethod|httpRequest.requestMethod|"
                            + "http_method|verb,"
                            + "path=path|uri|request_uri|url|requestPath|httpRequest.requestUrl,"
                            + "request=request,"
                            + "agent=user_agent|http_user_agent|userAgent|agent|"
                            + "httpRequest.userAgent|useragent,"
                            + "vhost=vhost|server_name|http_host|host|domain,"
                            + "bytes=bytes|bytes_sent|body_bytes_sent|size|response_size|"
                            + "responseSize|httpRequest.responseSize|content_length,"
                            + "request-time=request_time|duration|latency|elapsed|httpRequest.latency,"
                            + "request-time-ms=duration_ms|latency_ms|elapsed_ms|responseTime");

    /** The sets that have names, the more particular ones first. */
    static final List<JsonFields> SETS = List.of(CADDY, TRAEFIK, ECS, NGINX, ANY);

    /** Longer paths are of no log. */
    private static final int MOST_KEYS = 8;

    /** Takes copies. */
    public JsonFields {
        Map<Role, List<String>> copy = new EnumMap<>(Role.class);
        paths.forEach((role, list) -> copy.put(role, List.copyOf(list)));
        paths = copy;
        named = new TreeMap<>(named);
    }

    /** The set of a name, or null. */
    static @Nullable JsonFields set(String name) {
        for (JsonFields set : SETS) {
            if (set.name.equals(name)) {
                return set;
            }
        }
        return null;
    }

    /**
     * The fields that the user tells: {@code client=ip,time=ts,path=request.uri}, several paths of
     * a role with bars between them; a set's name first takes that set, and changes it.
     *
     * @throws LogFormatException when that is not understood, or names no client
     */
    public static JsonFields parse(String text) {
        int comma = text.indexOf(',');
        String first = (comma < 0 ? text : text.substring(0, comma)).strip();
        JsonFields base = set(first);
        if (base == null) {
            return of("custom", text);
        }
        Map<Role, List<String>> paths = new EnumMap<>(base.paths);
        paths.putAll(comma < 0 ? Map.of() : roles(text.substring(comma + 1)));
        return new JsonFields(base.name, paths, Map.of());
    }

    private static Map<Role, List<String>> roles(String text) {
        Map<Role, List<String>> paths = new EnumMap<>(Role.class);
        for (String word : text.split(",", -1)) {
            int equals = word.indexOf('=');
            Role role = equals < 0 ? null : role(word.substring(0, equals).strip());
            if (role == null) {
                throw new LogFormatException(
                        "'"
                                + word.strip()
                                + "' is no field; known: "
                                + String.join("=, ", words(Role.values()))
                                + "=, and first "
                                + String.join(", ", SETS.stream().map(JsonFields::name).toList()));
            }
            paths.put(role, paths(word.substring(equals + 1)));
        }
        return paths;
    }

    /**
     * The fields that the user tells by name: {@code client} and so on, each with its paths.
     *
     * @throws LogFormatException as {@link #parse}
     */
    public static JsonFields of(Map<String, String> fields) {
        return parse(
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining(",")));
    }

    private static JsonFields of(String name, String text) {
        Map<Role, List<String>> paths = roles(text);
        if (!paths.containsKey(Role.CLIENT)) {
            throw new LogFormatException("there is no client=, the path of the client's address");
        }
        return new JsonFields(name, paths, Map.of());
    }

    private static List<String> paths(String text) {
        List<String> paths = new ArrayList<>();
        for (String path : text.split("\\|", -1)) {
            String plain = path.strip();
            if (plain.isEmpty() || plain.split("\\.", -1).length > MOST_KEYS) {
                throw new LogFormatException(
                        "'"
                                + text
                                + "' is no path: 1 to "
                                + MOST_KEYS
                                + " keys, dots between them");
            }
            paths.add(plain);
        }
        return paths;
    }

    private static @Nullable Role role(String word) {
        for (Role role : Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        return null;
    }

    private static List<String> words(Role... roles) {
        return Arrays.stream(roles).map(Role::word).toList();
    }

    /** Whether one of these is there. */
    boolean has(Role... roles) {
        return Arrays.stream(roles).anyMatch(paths::containsKey);
    }

    /** The likeliest path of the client's address. */
    public String client() {
        return of(Role.CLIENT).get(0);
    }

    /** The paths of a role, none when it is not there. */
    List<String> of(Role role) {
        return paths.getOrDefault(role, List.of());
    }

    /** The same without the roles that have none of these paths. */
    JsonFields only(Set<String> seen) {
        Map<Role, List<String>> left = new EnumMap<>(Role.class);
        paths.forEach(
                (role, list) -> {
                    List<String> there = new ArrayList<>(list);
                    there.removeIf(path -> !seen.contains(path));
                    if (!there.isEmpty()) {
                        left.put(role, there);
                    }
                });
        return new JsonFields(name, left, named);
    }

    /** All of its paths. */
    Set<String> all() {
        Set<String> all = new HashSet<>();
        paths.values().forEach(all::addAll);
        return all;
    }

    /** The paths that a field of this name, or a header of it, may have. */
    List<String> named(String field) {
        List<String> found = new ArrayList<>();
        String plain = field.replaceFirst("^\\$", "");
        String variable = plain.toLowerCase(Locale.ROOT).replace('-', '_');
        for (String key : List.of(plain, variable, "http_" + variable)) {
            String path = named.get(key);
            if (path != null) {
                found.add(path);
            }
        }
        String header = canonical(plain);
        found.add(plain);
        found.add("request.headers." + header);
        found.add("request_" + header);
        found.add("http.request.headers." + plain.toLowerCase(Locale.ROOT));
        found.add("http_" + variable);
        found.add(variable);
        if (name.equals(TRAEFIK.name) && header.equals("X-Forwarded-For")) {
            // Traefik writes the header there when it takes the peer's word for it.
            found.add("ClientHost");
        }
        Role role = role(plain);
        if (role != null) {
            found.addAll(of(role));
        }
        found.removeIf(path -> path.split("\\.", -1).length > MOST_KEYS);
        return found.stream().distinct().toList();
    }

    /** A header as Go writes it: {@code X-Forwarded-For}. */
    private static String canonical(String header) {
        StringBuilder name = new StringBuilder(header.length());
        boolean first = true;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            name.append(first ? Character.toUpperCase(c) : Character.toLowerCase(c));
            first = c == '-';
        }
        return name.toString();
    }
}
