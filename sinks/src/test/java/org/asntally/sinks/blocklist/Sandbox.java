package org.asntally.sinks.blocklist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs shell scripts in namespaces of their own: of the network, so that what they load concerns
 * nobody else, and of processes, so that nothing that they start outlives them.
 */
final class Sandbox {

    /** What a script left. */
    record Result(int status, String out, String err) {}

    private static final List<List<String>> WAYS =
            List.of(
                    // As root without a namespace of users: servers can become another user.
                    List.of("unshare", "-npf", "--kill-child"),
                    List.of("unshare", "-rnpf", "--kill-child"));

    private static final @Nullable List<String> WAY = way();

    private final Path folder;

    Sandbox(Path folder) {
        this.folder = folder;
    }

    private static @Nullable List<String> way() {
        for (List<String> way : WAYS) {
            List<String> command = new ArrayList<>(way);
            command.addAll(List.of("sh", "-c", "PATH=$PATH:/sbin:/usr/sbin ip link set lo up"));
            try {
                Process process =
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    return way;
                }
            } catch (IOException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    /** Skips a test where a program is not installed. */
    static void needs(String... programs) {
        for (String program : programs) {
            assumeTrue(isInstalled(program), () -> program + " is not installed");
        }
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv("PATH") + ":/sbin:/usr/sbin";
        for (String folder : path.split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** Skips a test where this machine gives out no namespaces. */
    static void needsNamespaces() {
        needs("unshare", "ip");
        assumeTrue(WAY != null, "this machine gives out no network namespaces");
    }

    /** Whether scripts run as the machine's own root. */
    static boolean isRoot() {
        return WAY == WAYS.get(0);
    }

    /** Runs a script in the folder, without a network. */
    Result run(String script) throws IOException, InterruptedException {
        return run(List.of(), script);
    }

    /** Runs a script in namespaces of its own, whose loopback has these addresses. */
    Result isolated(List<String> addresses, String script)
            throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder("set -e\nip link set lo up\n");
        for (String address : addresses) {
            boolean v6 = address.indexOf(':') >= 0;
            all.append("ip addr add ")
                    .append(address)
                    .append(v6 ? "/128 dev lo nodad\n" : "/32 dev lo\n");
        }
        return run(WAY == null ? List.of("false") : WAY, all + script);
    }

    private Result run(List<String> way, String script) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(way);
        command.addAll(List.of("sh", "-c", "PATH=$PATH:/sbin:/usr/sbin\n" + script));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            if (!process.waitFor(100, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + Files.readString(err));
            }
        } finally {
            // With it dies all that it started.
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
