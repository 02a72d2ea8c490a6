package org.asntally.job.config;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.asntally.job.value.DurationText;
import org.asntally.job.value.SizeText;
import org.asntally.job.value.TimeText;
import org.asntally.lookup.Address;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sources.text.JsonFields;
import org.jspecify.annotations.Nullable;

/** The types of values that keys have. */
final class Types {

    static final ValueType<Boolean> BOOLEAN =
            new WordType<>(
                    "true or false",
                    text ->
                            switch (text) {
                                case "true" -> Boolean.TRUE;
                                case "false" -> Boolean.FALSE;
                                default -> null;
                            },
                    String::valueOf);

    static final ValueType<Duration> DURATION =
            new WordType<>(
                    "a duration such as 90s, 5m or 1h", DurationText::parse, DurationText::of);

    static final ValueType<Duration> DURATION_OR_ZERO =
            new WordType<>(
                    "a duration such as 0s, 90s or 5m",
                    DurationText::parseOrZero,
                    DurationText::of);

    static final ValueType<Long> SIZE =
            new WordType<>("a size such as 500k, 64M or 1Gi", SizeText::parse, SizeText::of);

    static final ValueType<Instant> TIME =
            new WordType<>("a time such as 2026-05-27T16:00Z", TimeText::parse, Instant::toString);

    static final ValueType<LocalDate> DATE =
            new WordType<>("a date such as 2026-05-27", Types::date, LocalDate::toString);

    static final ValueType<ZoneId> ZONE =
            new WordType<>(
                    "a time zone such as UTC, +02:00 or Europe/Berlin", Types::zone, ZoneId::getId);

    static final ValueType<String> TEXT = text("a text");

    /** Names go into metrics, tables, file names and operators' identities. */
    static final WordType<String> NAME =
            word("a name of letters, digits, '-', '_' and '.', 64 at most", Types::isName);

    static final ValueType<String> FILES =
            text("a file, or a pattern such as /var/log/access*.log");

    static final ValueType<NetworkEntry> NETWORK =
            new WordType<>(
                    "a prefix, an address or an AS such as AS64496",
                    NetworkEntry::parse,
                    NetworkEntry::text);

    static final ValueType<NetworkEntry> PREFIX =
            new WordType<>(
                    "a prefix or an address",
                    text -> {
                        NetworkEntry entry = NetworkEntry.parse(text);
                        return entry == null || entry.asn() != 0 ? null : entry;
                    },
                    NetworkEntry::text);

    static final WordType<String> ADDRESS = word("an IP address", Types::isAddress);

    static final ValueType<Endpoint> ENDPOINT =
            new WordType<>(
                    "an address and a port such as 0.0.0.0:6343 or [::]:6343",
                    Endpoint::parse,
                    Endpoint::toString);

    static final ValueType<Endpoint> BROKER =
            new WordType<>(
                    "a host and a port such as k1.example.net:9092",
                    Endpoint::parse,
                    Endpoint::toString);

    static final ValueType<InterfaceId> INTERFACE =
            new WordType<>(
                    "an exporter's address and an ifIndex such as 192.0.2.1.3",
                    InterfaceId::parse,
                    InterfaceId::toString);

    static final ValueType<KafkaStart> KAFKA_START =
            new WordType<>(
                    "committed, earliest, latest or a time",
                    KafkaStart::parse,
                    KafkaStart::toString,
                    true);

    static final ValueType<KafkaStart> KAFKA_END =
            new WordType<>("latest or a time", KafkaStart::parseEnd, KafkaStart::toString, true);

    static final ValueType<String> BY =
            word(
                    "one of: asn, prefix, country, host, net:24/48, source, exporter, interface,"
                            + " customer, exporter-asn, or some of them joined by +",
                    text -> TableKey.parse(text) != null);

    /** One or both sides of a flow. */
    static final ValueType<List<Side>> SIDES =
            new WordType<>(
                    "source, destination or both",
                    text ->
                            switch (text) {
                                case "source" -> List.of(Side.SOURCE);
                                case "destination" -> List.of(Side.DESTINATION);
                                case "both" -> List.of(Side.SOURCE, Side.DESTINATION);
                                default -> null;
                            },
                    sides -> sides.size() == 2 ? "both" : word(sides.get(0)),
                    true);

    static final ValueType<SecretText> SECRET = new SecretType();

    static final ValueType<String> PROXY =
            word(
                    "a prefix, an address, private or any",
                    text -> {
                        NetworkEntry entry = NetworkEntry.parse(text);
                        return text.equals("private")
                                || text.equals("any")
                                || (entry != null && entry.asn() == 0);
                    });

    /** What can be taken from the objects of a JSON log. */
    static final List<String> LOG_FIELDS =
            Arrays.stream(JsonFields.Role.values()).map(JsonFields.Role::word).toList();

    static final WordType<String> LOG_FIELD =
            word("one of: " + String.join(", ", LOG_FIELDS), LOG_FIELDS::contains);

    /** As Kafka has them. */
    static final ValueType<String> TOPIC =
            word(
                    "a topic of letters, digits, '.', '_' and '-'",
                    text -> text.matches("[A-Za-z0-9._-]{1,249}"));

    static final WordType<String> PROPERTY =
            word(
                    "a setting such as security.protocol",
                    text -> text.matches("[a-z0-9]+([._-][a-zA-Z0-9]+)*"));

    static final ValueType<String> WEIGHT =
            word(
                    "hits, packets, bytes, time, number or a field of the log",
                    text -> text.matches("[A-Za-z_$][A-Za-z0-9_.$-]{0,99}"));

    static final ValueType<String> EXCLUDE =
            word(
                    "a prefix, an address, an AS such as AS64496, list:NAME or file:PATH",
                    text -> text.matches("(list|file):.+") || NetworkEntry.parse(text) != null);

    private Types() {}

    static ValueType<Integer> number(int least, int most) {
        return new WordType<>(
                "a whole number from " + least + (most == Integer.MAX_VALUE ? "" : " to " + most),
                text -> {
                    if (!text.matches("[0-9]{1,10}")) {
                        return null;
                    }
                    long number = Long.parseLong(text);
                    return number < least || number > most ? null : (Integer) (int) number;
                },
                String::valueOf);
    }

    /** The constants of an enum by their words. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        E[] constants = type.getEnumConstants();
        String words = String.join(", ", Arrays.stream(constants).map(Types::word).toList());
        int last = words.lastIndexOf(", ");
        return new WordType<>(
                last < 0 ? words : words.substring(0, last) + " or " + words.substring(last + 2),
                text -> {
                    for (E constant : constants) {
                        if (word(constant).equals(text)) {
                            return constant;
                        }
                    }
                    return null;
                },
                Types::word,
                true);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static WordType<String> text(String what) {
        return word(what, text -> !text.isEmpty());
    }

    private static WordType<String> word(String what, Predicate<String> fits) {
        return new WordType<>(what, text -> fits.test(text) ? text : null, text -> text);
    }

    static <T> ValueType<List<T>> some(String what, ValueType<T> element) {
        return new ListType<>(what, element, false);
    }

    static <T> ValueType<List<T>> any(String what, ValueType<T> element) {
        return new ListType<>(what, element, true);
    }

    static boolean isAddress(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Address().parse(bytes, 0, bytes.length) != 0;
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    }

    private static @Nullable ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
