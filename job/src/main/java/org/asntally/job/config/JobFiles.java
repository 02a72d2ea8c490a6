package org.asntally.job.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Reads job files. */
public final class JobFiles {

    private JobFiles() {}

    /**
     * Reads and checks a file.
     *
     * @param environment where the variables of {@code ${env:NAME}} are looked for
     * @throws Fault when it cannot be read at all
     */
    public static JobFileReading read(Path file, SecretText.Environment environment) throws Fault {
        String shown = file.toString();
        if (Files.isDirectory(file)) {
            throw new Fault(Problem.NOT_READABLE, shown, "it is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, shown, environment);
        } catch (NoSuchFileException e) {
            throw new Fault(Problem.NO_SUCH_FILE, shown);
        } catch (AccessDeniedException e) {
            throw new Fault(Problem.NOT_READABLE, shown, "permission denied");
        } catch (IOException e) {
            throw Fault.because(e, Problem.NOT_READABLE, shown, String.valueOf(e.getMessage()));
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
        return read(in.readNBytes(YamlReader.LARGEST + 1), shown, environment);
    }

    static JobFileReading read(byte[] bytes, String shown, SecretText.Environment environment) {
        Findings findings = new Findings();
        YamlReader reader = new YamlReader(shown, findings);
        YamlNode root = reader.read(bytes);
        if (reader.isBroken()) {
            findings.breakOff();
        }
        Settings settings = null;
        if (root != null) {
            settings = JobKeys.Job.SECTION.read(root, JobKeys.Job.SECTION.name(), findings);
        }
        if (settings != null) {
            settings = new JobFileChecks(shown, findings, environment).check(settings);
        }
        boolean usable = settings != null && !findings.anyErrors();
        return new JobFileReading(usable ? complete(settings) : null, findings.sorted());
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
