package org.asntally.job.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.value.Nearest;
import org.asntally.lookup.read.Reasons;
import org.jspecify.annotations.Nullable;

/** Reads job files. */
public final class JobFiles {

    private static final String BESIDE = "what may stand beside a job file";

    private JobFiles() {}

    /** {@link #read(Path, SecretText.Environment, Map)} of the file alone. */
    public static JobFileReading read(Path file, SecretText.Environment environment) throws Fault {
        return read(file, environment, Map.of());
    }

    /**
     * Reads and checks a file.
     *
     * @param environment where the variables of {@code ${env:NAME}} are looked for
     * @param instead values that take the place of the file's, as YAML, by {@link #paths path}
     * @throws Fault when it cannot be read at all
     */
    public static JobFileReading read(
            Path file, SecretText.Environment environment, Map<String, String> instead)
            throws Fault {
        String shown = file.toString();
        if (Files.isDirectory(file)) {
            throw new Fault(Problem.NOT_READABLE, shown, "it is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(YamlReader.LARGEST + 1), shown, environment, instead);
        } catch (NoSuchFileException e) {
            throw new Fault(Problem.NO_SUCH_FILE, shown);
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_READABLE, shown, Reasons.of(e));
        }
    }

    /**
     * Reads and checks a stream.
     *
     * @param shown how messages call it; its name without folder and ending names the job
     * @throws IOException when it cannot be read
     */
    public static JobFileReading read(
            InputStream in, String shown, SecretText.Environment environment) throws IOException {
        return read(in.readNBytes(YamlReader.LARGEST + 1), shown, environment, Map.of());
    }

    /** The keys whose values can be given beside the file: {@code rib.poll}, {@code name}. */
    public static Map<String, Key<?>> paths() {
        Map<String, Key<?>> paths = new LinkedHashMap<>();
        for (Key<?> key : JobKeys.Job.SECTION.keys()) {
            if (key.type() instanceof Section section) {
                section.keys().forEach(inner -> paths.put(key.name() + "." + inner.name(), inner));
            } else if (key.type() instanceof WordType) {
                paths.put(key.name(), key);
            }
        }
        return Collections.unmodifiableMap(paths);
    }

    private static JobFileReading read(
            byte[] bytes,
            String shown,
            SecretText.Environment environment,
            Map<String, String> instead) {
        return read(bytes, shown, new Surroundings(environment), instead);
    }

    static JobFileReading read(
            byte[] bytes, String shown, Surroundings around, Map<String, String> instead) {
        Findings findings = new Findings();
        YamlReader reader = new YamlReader(shown, findings);
        YamlNode root = reader.read(bytes);
        if (reader.isBroken()) {
            findings.breakOff();
        }
        if (root instanceof YamlNode.Entries entries) {
            instead.forEach((path, value) -> put(entries, path, value, findings));
        }
        Settings settings = null;
        if (root != null) {
            settings = JobKeys.Job.SECTION.read(root, JobKeys.Job.SECTION.name(), findings);
        }
        if (settings != null) {
            settings = new JobFileChecks(shown, findings, around).check(settings);
        }
        boolean usable = settings != null && !findings.anyErrors();
        return new JobFileReading(usable ? complete(settings) : null, findings.sorted());
    }

    /** Puts a value where the file would have it. */
    private static void put(YamlNode.Entries root, String path, String value, Findings findings) {
        Set<String> known = paths().keySet();
        if (!known.contains(path)) {
            Place place = new Place("-Dasntally." + path, 1, 1);
            String near = Nearest.of(path, known);
            if (near != null) {
                findings.error(place, Problem.CONFIG_MISSPELT_KEY, path, BESIDE, near);
            } else {
                findings.error(
                        place, Problem.CONFIG_UNKNOWN_KEY, path, BESIDE, String.join(", ", known));
            }
            return;
        }
        YamlNode node =
                new YamlReader("-Dasntally." + path, findings)
                        .read(value.getBytes(StandardCharsets.UTF_8));
        YamlNode.Entries in = root;
        String key = path;
        int dot = path.indexOf('.');
        if (dot > 0) {
            key = path.substring(dot + 1);
            YamlNode.Entry section = entry(root, path.substring(0, dot));
            if (section != null && section.value() instanceof YamlNode.Entries entries) {
                in = entries;
            } else {
                in = new YamlNode.Entries(root.place());
                set(root, path.substring(0, dot), in);
            }
        }
        if (node != null) {
            set(in, key, node);
        }
    }

    private static YamlNode.@Nullable Entry entry(YamlNode.Entries in, String key) {
        for (YamlNode.Entry entry : in.entries()) {
            if (entry.key().text().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    private static void set(YamlNode.Entries in, String key, YamlNode value) {
        in.entries().removeIf(entry -> entry.key().text().equals(key));
        in.entries()
                .add(
                        new YamlNode.Entry(
                                new YamlNode.Scalar(value.place(), key, true, true), value));
    }

    private static @Nullable JobFile complete(@Nullable Settings settings) {
        return settings == null ? null : JobFile.of(settings);
    }

    /** The name of a job whose file says none. */
    static String nameOf(String shown) {
        String base = shown.substring(shown.lastIndexOf('/') + 1);
        int dot = base.lastIndexOf('.');
        String name = (dot > 0 ? base.substring(0, dot) : base).replaceAll("[^A-Za-z0-9_.-]", "-");
        String fit = name.replaceAll("^[.-]+", "");
        return fit.isEmpty() ? "job" : fit.substring(0, Math.min(64, fit.length()));
    }
}
