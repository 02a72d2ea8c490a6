package org.asntally.job.config;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with secrets in it, as {@code ${env:NAME}} or {@code ${file:PATH}}. What is kept, printed
 * and serialised (so what a job graph, a plan or a web page can show) is the reference; {@link
 * #reveal} gets the secret where it is used, on the machine and at the moment of use. Immutable.
 */
public final class SecretText implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    /** A key or a password, not a file of them. */
    private static final int LONGEST = 1 << 16;

    private final String template;

    /** A text as it stands in the file. */
    public SecretText(String template) {
        this.template = template;
    }

    /** Whether there is a secret in it. */
    public boolean holdsReferences() {
        return REFERENCE.matcher(template).find();
    }

    /** Where the environment's variables come from; {@code System::getenv} in a task. */
    public interface Environment {
        @Nullable String variable(String name);
    }

    /**
     * The text with its secrets: never to be logged, kept in a field that is serialised, or put
     * into an exception. A file's last line end is no part of it.
     *
     * @throws IOException when one cannot be had; the message names the reference only
     */
    public String reveal(Environment environment) throws IOException {
        return reveal(environment, secret -> {});
    }

    /**
     * As {@link #reveal(Environment)}.
     *
     * @param secrets hears of each secret in it, for who has to keep them out of messages of others
     */
    public String reveal(Environment environment, Consumer<String> secrets) throws IOException {
        Matcher reference = REFERENCE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (reference.find()) {
            String secret = secret(reference.group(1), reference.group(2), environment);
            secrets.accept(secret);
            reference.appendReplacement(text, Matcher.quoteReplacement(secret));
        }
        return reference.appendTail(text).toString();
    }

    private static String secret(String kind, String name, Environment environment)
            throws IOException {
        String reference = "${" + kind + ":" + name + "}";
        if (kind.equals("env")) {
            String value = environment.variable(name);
            if (value == null || value.isEmpty()) {
                throw new IOException(reference + ": the variable is not set");
            }
            return value;
        }
        byte[] bytes;
        try {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file) && !Files.exists(file)) {
                throw new IOException(reference + ": there is no such file");
            }
            if (Files.isDirectory(file)) {
                throw new IOException(reference + ": it is a directory");
            }
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(LONGEST + 1);
            } catch (IOException e) {
                // Its message could hold more than the name.
                throw new IOException(reference + ": the file cannot be read", e);
            }
        } catch (InvalidPathException e) {
            throw new IOException(reference + ": that is no name of a file", e);
        }
        if (bytes.length > LONGEST) {
            throw new IOException(reference + ": the file is longer than a secret is");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String secret =
                text.endsWith("\r\n")
                        ? text.substring(0, text.length() - 2)
                        : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (secret.isEmpty()) {
            throw new IOException(reference + ": the file is empty");
        }
        return secret;
    }

    /** The files that its secrets are read from. */
    List<String> files() {
        List<String> files = new ArrayList<>();
        Matcher reference = REFERENCE.matcher(template);
        while (reference.find()) {
            if (reference.group(1).equals("file")) {
                files.add(reference.group(2));
            }
        }
        return files;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretText secret && template.equals(secret.template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }

    /** The text with references in place of its secrets. */
    @Override
    public String toString() {
        return template;
    }
}
