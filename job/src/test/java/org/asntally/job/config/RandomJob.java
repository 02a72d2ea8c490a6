package org.asntally.job.config;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.asntally.sinks.Side;
import org.jspecify.annotations.Nullable;

/** Any job that a valid file can describe, made from the declaration of the keys. */
final class RandomJob {

    private static final List<String> FILTERS =
            List.of(
                    "asn = 64496",
                    "not (src in 192.0.2.0/24, 2001:db8::/32)",
                    "source ~ \"a: #b\" or asn = 0",
                    "country in FR,DE");

    private final SplittableRandom random;
    private final Map<ValueType<?>, Supplier<Object>> samples = new HashMap<>();
    private int names;

    RandomJob(long seed) {
        random = new SplittableRandom(seed);
        samples.put(Types.BOOLEAN, random::nextBoolean);
        samples.put(
                Types.DURATION,
                () -> Duration.ofMillis(1 + random.nextLong(1L << random.nextInt(1, 36))));
        samples.put(Types.DURATION_OR_ZERO, () -> Duration.ofSeconds(random.nextLong(100)));
        samples.put(Types.SIZE, () -> 1 + random.nextLong(1L << random.nextInt(1, 39)));
        samples.put(Types.TIME, () -> Instant.ofEpochMilli(random.nextLong(1L << 41)));
        samples.put(Types.DATE, () -> LocalDate.ofEpochDay(random.nextInt(30_000)));
        samples.put(
                Types.ZONE,
                () -> one(ZoneId.of("UTC"), ZoneId.of("+02:00"), ZoneId.of("Asia/Kolkata")));
        samples.put(Types.TEXT, this::text);
        samples.put(Types.FILES, this::file);
        samples.put(Types.NAME, this::name);
        samples.put(
                Types.NETWORK,
                () ->
                        network(
                                one(
                                        "192.0.2.0/24",
                                        "2001:db8::/32",
                                        "AS4294967295",
                                        "198.51.100.7",
                                        "192.0.2.1-192.0.2.9")));
        samples.put(
                Types.PREFIX, () -> network(one("192.0.2.0/24", "2001:db8::/32", "198.51.100.7")));
        samples.put(Types.ADDRESS, () -> one("192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"));
        samples.put(
                Types.ENDPOINT,
                () ->
                        new Endpoint(
                                one("0.0.0.0", "::", "2001:db8::1"), 1 + random.nextInt(65_535)));
        samples.put(
                Types.BROKER,
                () ->
                        new Endpoint(
                                one("k1", "k2.example.net", "192.0.2.1"),
                                1 + random.nextInt(65_535)));
        samples.put(
                Types.INTERFACE,
                () -> new InterfaceId(one("192.0.2.1", "2001:db8::1"), random.nextInt()));
        samples.put(
                Types.KAFKA_START,
                () ->
                        one(
                                new KafkaStart(KafkaStart.At.LATEST, null),
                                new KafkaStart(
                                        KafkaStart.At.TIME,
                                        Instant.ofEpochSecond(random.nextInt(2_000_000_000)))));
        samples.put(
                Types.KAFKA_END,
                () ->
                        one(
                                new KafkaStart(KafkaStart.At.LATEST, null),
                                new KafkaStart(
                                        KafkaStart.At.TIME,
                                        Instant.ofEpochSecond(random.nextInt(2_000_000_000)))));
        samples.put(Types.LOG_FIELD, () -> one(Types.LOG_FIELDS.toArray(new String[0])));
        samples.put(Types.TOPIC, () -> one("flows", "a.b_c-d", "0"));
        samples.put(Types.PROPERTY, () -> one("fetch.min.bytes", "security.protocol", "client.id"));
        samples.put(Types.PROXY, () -> one("private", "any", "2001:db8::/32"));
        samples.put(Types.WEIGHT, () -> "hits");
        samples.put(Types.EXCLUDE, () -> one("AS64496", "192.0.2.0/24", "file:/tmp/a b: #c"));
        samples.put(
                Types.BY, () -> one("asn", "prefix", "host:128/64", "net:24/48", "asn+country"));
        samples.put(Types.SECRET, () -> new SecretText(text()));
    }

    JobFile job() {
        Settings job = settings(JobKeys.Job.SECTION, null);
        Findings findings = new Findings();
        Settings whole =
                new JobFileChecks("f", findings, new Surroundings(name -> null)).check(job);
        return JobFile.of(whole);
    }

    private Settings settings(Section section, @Nullable SourceType type) {
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        for (Key<?> key : section.keys()) {
            // Only some counts can tell moves: see moves().
            boolean wanted = key != JobKeys.Rib.MOVES && random.nextInt(3) > 0;
            if (key.isFor(type) && (key.isRequired() || wanted)) {
                values.put(key, value(key));
            }
        }
        if (section == JobKeys.Source.SECTION) {
            source(values, type);
        } else if (section == JobKeys.Job.SECTION) {
            references(values);
        }
        return new Settings(section, values, Map.of());
    }

    private Object value(Key<?> key) {
        if (key == JobKeys.Job.VERSION) {
            return 1;
        }
        if (key == JobKeys.Sink.TYPE) {
            return JobKeys.SinkType.FILES;
        }
        if (key == JobKeys.Source.LOG_FORMAT) {
            return one(
                    "combined",
                    "%h %l %u %t \"%r\" %>s %b",
                    "$remote_addr [$time_local] \"$request\" $status");
        }
        if (key == JobKeys.Count.SIDE) {
            return List.of(Side.SOURCE);
        }
        if (key == JobKeys.Count.FILTER) {
            return one(FILTERS.toArray(new String[0]));
        }
        if (key == JobKeys.Sink.PATH) {
            return file() + names++;
        }
        if (key == JobKeys.Rib.KEEP) {
            return Duration.ofDays(20_000);
        }
        if (key == JobKeys.Count.LATENESS || key == JobKeys.Time.MAX_AHEAD) {
            return Duration.ofSeconds(1 + random.nextInt(100_000));
        }
        return sample(key.type());
    }

    private Object sample(ValueType<?> type) {
        Supplier<Object> known = samples.get(type);
        if (known != null) {
            return known.get();
        }
        if (type instanceof ListType<?> list) {
            List<Object> values = new ArrayList<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                Object value = sample(list.element());
                if (!values.contains(value)) {
                    values.add(value);
                }
            }
            return List.copyOf(values);
        }
        if (type instanceof NamedType<?> map) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                values.put((String) sample(map.names()), sample(map.element()));
            }
            return values;
        }
        if (type instanceof Section section) {
            SourceType[] types = SourceType.values();
            return settings(
                    section,
                    section == JobKeys.Source.SECTION ? types[random.nextInt(types.length)] : null);
        }
        if (type instanceof NoneYetType) {
            return Map.of();
        }
        return word((WordType<?>) type);
    }

    /** A word of a choice, or a number in the middle of its bounds. */
    private Object word(WordType<?> type) {
        List<Object> values = new ArrayList<>();
        for (String word : List.of(type.what().split(",? or |, | "))) {
            Object value =
                    type.read(
                            new YamlNode.Scalar(new Place("", 1, 1), word, true, true),
                            "",
                            new Findings());
            if (value != null) {
                values.add(value);
            }
        }
        return values.get(random.nextInt(values.size()));
    }

    private void source(Map<Key<?>, Object> values, @Nullable SourceType type) {
        values.put(JobKeys.Source.TYPE, type);
        if (values.get(JobKeys.Source.FOLLOW) != Boolean.TRUE) {
            values.remove(JobKeys.Source.FROM);
        }
        if (type == SourceType.SFLOW) {
            values.remove(JobKeys.Source.PATH);
            values.put(JobKeys.Source.LISTEN, List.of(new Endpoint("::", 1024 + names++)));
        } else if (JobKeys.Source.PATH.isFor(type)) {
            values.computeIfAbsent(JobKeys.Source.PATH, key -> List.of(file()));
        }
        if (type == SourceType.KAFKA) {
            values.remove(JobKeys.Source.SAMPLING);
        }
        if (values.get(JobKeys.Source.FIELDS) instanceof Map<?, ?> fields) {
            // An object without a client is no flow.
            Map<Object, Object> whole = new LinkedHashMap<>(fields);
            whole.put("client", "peer.ip");
            values.put(JobKeys.Source.FIELDS, whole);
        }
    }

    /** Names that are there, in place of any. */
    private void references(Map<Key<?>, Object> job) {
        each(job, JobKeys.Job.COUNTS, JobKeys.Count.SOURCES, namesOf(job, JobKeys.Job.SOURCES));
        each(job, JobKeys.Job.SINKS, JobKeys.Sink.COUNTS, namesOf(job, JobKeys.Job.COUNTS));
        moves(job);
    }

    /** Of a count by prefix that a sink writes. */
    @SuppressWarnings("unchecked")
    private static void moves(Map<Key<?>, Object> job) {
        Map<String, Settings> counts = (Map<String, Settings>) job.get(JobKeys.Job.COUNTS);
        Map<String, Settings> sinks = (Map<String, Settings>) job.get(JobKeys.Job.SINKS);
        Settings rib = (Settings) job.get(JobKeys.Job.RIB);
        if (counts == null || sinks == null || rib == null) {
            return;
        }
        counts.forEach(
                (name, count) -> {
                    boolean written =
                            sinks.values().stream()
                                    .anyMatch(sink -> sink.get(JobKeys.Sink.COUNTS).contains(name));
                    if (written && count.get(JobKeys.Count.BY).contains("prefix")) {
                        job.put(
                                JobKeys.Job.RIB,
                                rib.with(JobKeys.Rib.AT, JobKeys.RibAt.EVENT)
                                        .with(JobKeys.Rib.MOVES, name));
                    }
                });
    }

    private static List<Object> namesOf(Map<Key<?>, Object> job, Key<?> entries) {
        return List.copyOf(((Map<?, ?>) Objects.requireNonNull(job.get(entries))).keySet());
    }

    @SuppressWarnings("unchecked")
    private void each(Map<Key<?>, Object> job, Key<?> entries, Key<?> key, List<Object> names) {
        Map<String, Settings> map = (Map<String, Settings>) job.get(entries);
        if (map != null) {
            map.replaceAll(
                    (name, settings) -> {
                        Settings fit =
                                settings.with(
                                        (Key<List<String>>) key,
                                        List.of((String) names.get(random.nextInt(names.size()))));
                        return entries == JobKeys.Job.COUNTS ? slide(fit) : fit;
                    });
        }
    }

    /** Slides divide their window, and what begins by a zone's clocks divides days. */
    private static Settings slide(Settings count) {
        Duration window = count.get(JobKeys.Count.WINDOW);
        long hours = window.toHours();
        if (count.find(JobKeys.Count.SLIDE) == null) {
            return hours == 0
                    ? count
                    : count.with(
                            JobKeys.Count.WINDOW,
                            hours < 24 ? Duration.ofHours(6) : Duration.ofDays(hours / 24));
        }
        return count.with(JobKeys.Count.WINDOW, Duration.ofMinutes(10))
                .with(
                        JobKeys.Count.SLIDE,
                        Duration.ofSeconds(window.toMillis() % 2 == 0 ? 10 : 600));
    }

    private String name() {
        return one("web", "a", "0", "_x.y-z", "true", "on", "1.5", "A" + names++);
    }

    private String file() {
        return one("/nonexistent/a", "relative/*.log", "/tmp/no such: #file", "s3://bucket/[x]{y}");
    }

    /** Whatever YAML may stumble over. */
    private String text() {
        String pieces = "a \t\n\r:#-?*&!|>'\"%@`{}[],~\\\u0007\u0085\u00a0\u2028\ufeff\u00e9\u4e2d";
        StringBuilder text = new StringBuilder(one("", " ", "null", "---", "...", "1e3", "0x1"));
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            text.append(pieces.charAt(random.nextInt(pieces.length())));
        }
        return text.append(one("", " ", "\uD83D\uDE00", "\n", "$")).toString();
    }

    private static NetworkEntry network(String text) {
        NetworkEntry entry = NetworkEntry.parse(text);
        if (entry == null) {
            throw new AssertionError(text);
        }
        return entry;
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }
}
