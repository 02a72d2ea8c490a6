package org.asntally.job.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.Nearest;
import org.jspecify.annotations.Nullable;

/** A part of the job file with keys of its own. */
final class Section extends ValueType<Settings> {

    private final String name;
    private final Map<String, Key<?>> keys = new LinkedHashMap<>();

    /**
     * A section.
     *
     * @param name as messages call it: {@code a source}, {@code rib}
     */
    Section(String name) {
        super("a map of settings");
        this.name = name;
    }

    <T> Key.Builder<T> key(String key, ValueType<T> type) {
        return new Key.Builder<>(this, key, type);
    }

    void add(Key<?> key) {
        if (keys.put(key.name(), key) != null) {
            throw new IllegalStateException(key.name());
        }
    }

    String name() {
        return name;
    }

    /** In the order of their declaration. */
    List<Key<?>> keys() {
        return List.copyOf(keys.values());
    }

    /** What holds where nothing is given; only of a section that has no required key. */
    Settings defaults() {
        return new Settings(this, Map.of(), Map.of());
    }

    @Override
    @Nullable Settings read(YamlNode node, String key, Findings findings) {
        YamlNode.Entries map;
        if (node instanceof YamlNode.Entries entries) {
            map = entries;
        } else if (node instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
            map = new YamlNode.Entries(node.place());
        } else {
            refuseShape(node, key, findings);
            return null;
        }
        SourceType type = typeOf(map);
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        Map<Key<?>, YamlNode> nodes = new LinkedHashMap<>();
        Map<String, Place> seen = new LinkedHashMap<>();
        Set<String> meant = new HashSet<>();
        for (YamlNode.Entry entry : map.entries()) {
            String word = entry.key().text();
            Place first = seen.putIfAbsent(word, entry.key().place());
            if (first != null) {
                findings.error(entry.key().place(), Problem.CONFIG_KEY_TWICE, word, first.line());
                continue;
            }
            Key<?> known = keys.get(word);
            if (known == null) {
                meant.add(refuse(entry.key(), key, type, findings));
            } else if (!known.isFor(type)) {
                findings.error(
                        entry.key().place(),
                        Problem.CONFIG_NOT_OF_TYPE,
                        word,
                        type == null ? "" : type.word(),
                        words(known.types()));
            } else {
                nodes.put(known, entry.value());
                Object value = known.type().read(entry.value(), word, findings);
                if (value != null) {
                    values.put(known, value);
                }
            }
        }
        boolean untold =
                type == null && keys.get(JobKeys.Source.TYPE.name()) == JobKeys.Source.TYPE;
        for (Key<?> known : keys.values()) {
            if (known.isRequired()
                    && !nodes.containsKey(known)
                    && !meant.contains(known.name())
                    && (untold ? known.types().isEmpty() : known.isFor(type))) {
                findings.missing(
                        map.place(), Problem.CONFIG_MISSING_KEY, known.name(), key, known.values());
            }
        }
        return new Settings(this, values, nodes);
    }

    /** The type of a source; null while it cannot be told, and of other sections. */
    private @Nullable SourceType typeOf(YamlNode.Entries map) {
        if (keys.get(JobKeys.Source.TYPE.name()) != JobKeys.Source.TYPE) {
            return null;
        }
        for (YamlNode.Entry entry : map.entries()) {
            if (entry.key().text().equals(JobKeys.Source.TYPE.name())) {
                return JobKeys.Source.TYPE.type().read(entry.value(), "", new Findings());
            }
        }
        return null;
    }

    /** Tells of an unknown key; gives the one that was meant, or nothing. */
    private String refuse(
            YamlNode.Scalar word, String where, @Nullable SourceType type, Findings findings) {
        List<String> known = new ArrayList<>();
        for (Key<?> key : keys.values()) {
            if (key.isFor(type)) {
                known.add(key.name());
            }
        }
        String near = Nearest.of(word.text(), known);
        if (near != null) {
            findings.error(word.place(), Problem.CONFIG_MISSPELT_KEY, word.text(), where, near);
            return near;
        }
        findings.error(
                word.place(),
                Problem.CONFIG_UNKNOWN_KEY,
                word.text(),
                where,
                String.join(", ", known));
        return "";
    }

    private static String words(List<SourceType> types) {
        return String.join(", ", types.stream().map(SourceType::word).toList());
    }

    @Override
    void write(Settings settings, int indent, StringBuilder out) {
        int start = out.length();
        out.append('\n');
        for (Key<?> key : keys.values()) {
            writeKey(key, settings, indent, out);
        }
        if (out.length() == start + 1) {
            out.setLength(start);
            out.append(" {}\n");
        }
    }

    private static <T> void writeKey(Key<T> key, Settings settings, int indent, StringBuilder out) {
        T value = settings.find(key);
        if (value != null) {
            out.append("  ".repeat(indent)).append(key.name()).append(':');
            key.type().write(value, indent + 1, out);
        }
    }

    @Override
    String flow(Settings settings) {
        throw new UnsupportedOperationException();
    }
}
