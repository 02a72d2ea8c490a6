package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Flink cluster of separate processes on loopback, of Flink's own classes alone: what counts
 * comes with the job. Each process has a folder of its own as working folder. Its configuration is
 * {@code deploy/cluster/config.yaml}, with small heaps and free ports.
 */
final class FlinkCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What is on the class path of these tests and not on that of a cluster. */
    private static final Pattern OURS =
            Pattern.compile(
                    "(asntally|junit|opentest4j|apiguardian|assertj|byte-buddy|surefire|slf4j-simple"
                            + "|flink-rpc-akka-\\d|flink-connector-(files|kafka)|kafka|protobuf"
                            + "|picocli|re2j|jna|zstd-jni|xz|jline|jspecify|jackson-core).*");

    private static final List<String> JAVA =
            List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:MaxMetaspaceSize=192m",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED");

    /** Without these a TaskManager ends at once, with an exception that says nothing. */
    private static final List<String> SIZES =
            List.of(
                    "taskmanager.memory.framework.heap.size=64m",
                    "taskmanager.memory.task.heap.size=128m",
                    "taskmanager.memory.framework.off-heap.size=64m",
                    "taskmanager.memory.task.off-heap.size=0m",
                    "taskmanager.memory.managed.size=0m",
                    "taskmanager.memory.network.min=32m",
                    "taskmanager.memory.network.max=32m",
                    "taskmanager.memory.jvm-metaspace.size=192m",
                    "taskmanager.memory.jvm-overhead.min=64m",
                    "taskmanager.memory.jvm-overhead.max=64m",
                    "taskmanager.memory.process.size=544m",
                    "taskmanager.cpu.cores=1",
                    "jobmanager.memory.process.size=768m");

    private final Path place;
    private final Path configuration;
    private final int rpcPort;
    private final int restPort;
    private final List<Process> all = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    /** The settings in a file of {@code deploy/cluster}, as {@code key=value}. */
    static List<String> settings(String file) throws IOException {
        return Files.readAllLines(Program.ROOT.resolve("deploy/cluster").resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.replaceFirst(": +", "="))
                .toList();
    }

    /**
     * Makes its folders; starts nothing.
     *
     * @param more settings in place of those of the file, {@code key=value}
     */
    FlinkCluster(Path place, String... more) throws IOException {
        this.place = Files.createDirectories(place);
        this.rpcPort = freePort();
        this.restPort = freePort();
        this.configuration = Files.createDirectories(place.resolve("conf"));
        List<String> lines = new ArrayList<>();
        List<String> settings = new ArrayList<>(SIZES);
        settings.add("jobmanager.rpc.port=" + rpcPort);
        settings.add("rest.port=" + restPort);
        settings.addAll(Arrays.asList(more));
        for (String line : Files.readAllLines(Program.ROOT.resolve("deploy/cluster/config.yaml"))) {
            if (settings.stream().noneMatch(s -> line.startsWith(s.split("=", 2)[0] + ":"))) {
                lines.add(line);
            }
        }
        settings.forEach(setting -> lines.add(setting.replaceFirst("=", ": ")));
        Files.write(configuration.resolve("config.yaml"), lines);
        Files.writeString(
                configuration.resolve("log4j2.properties"),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.console.ref = console
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} - %m%n
                """);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The working folder of a process of this name. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(place.resolve(name));
    }

    /** The REST address. */
    String address() {
        return "127.0.0.1:" + restPort;
    }

    Process startJobManager() throws IOException {
        return start(
                "jobmanager",
                "-Xmx256m",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    }

    /**
     * A JobManager of one job, as {@code bin/standalone-job.sh}.
     *
     * @param jar what lies in {@code usrlib}
     * @param main its main class, with these arguments
     */
    Process startJobManagerOf(Path jar, String main, String... arguments) throws IOException {
        Path jars = Files.createDirectories(place.resolve("flink/usrlib"));
        Files.copy(jar, jars.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        List<String> after = new ArrayList<>(List.of("--job-classname", main, "--"));
        after.addAll(Arrays.asList(arguments));
        return start(
                "jobmanager",
                "-Xmx256m",
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                after.toArray(String[]::new));
    }

    Process startTaskManager(String name) throws IOException {
        return start(name, "-Xmx192m", "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    }

    private Process start(String name, String heap, String main, String... after)
            throws IOException {
        Path temporary = Files.createDirectories(folder(name).resolve("tmp"));
        List<String> command = java(heap);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of(main, "--configDir", configuration.toString()));
        command.add("-Dio.tmp.dirs=" + temporary);
        command.addAll(Arrays.asList(after));
        Process process = process(name, command);
        all.add(process);
        return process;
    }

    /** Flink's own command line, as {@code bin/flink}. */
    String flink(String... arguments) throws IOException, InterruptedException {
        List<String> command = java("-Xmx256m");
        command.add("org.apache.flink.client.cli.CliFrontend");
        command.addAll(Arrays.asList(arguments));
        Process process = process("client", command);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String said = log("client");
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private List<String> java(String heap) {
        List<String> command = new ArrayList<>(JAVA);
        command.add(heap);
        command.add(
                "-Dlog4j2.configurationFile=" + configuration.resolve("log4j2.properties").toUri());
        command.add("-cp");
        command.add(classPath());
        return command;
    }

    private Process process(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FLINK_CONF_DIR", configuration.toString());
        builder.environment().put("FLINK_LIB_DIR", place.resolve("flink/lib").toString());
        builder.directory(folder(name).toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(place.resolve(name + ".log").toFile()));
        return builder.start();
    }

    private static String classPath() {
        String tests =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> kept = new ArrayList<>();
        for (String entry : tests.split(File.pathSeparator, -1)) {
            String name = new File(entry).getName();
            if (name.endsWith(".jar") && !OURS.matcher(name).matches()) {
                kept.add(entry);
            }
        }
        return String.join(File.pathSeparator, kept);
    }

    /** The ZooKeeper that Flink brings, on a port of this machine. */
    Process startZooKeeper(int port) throws IOException {
        Path folder = folder("zookeeper");
        Path settings =
                Files.writeString(
                        folder.resolve("zoo.cfg"),
                        """
                        tickTime=1000
                        initLimit=10
                        syncLimit=5
                        dataDir=%s
                        clientPort=%d
                        clientPortAddress=127.0.0.1
                        admin.enableServer=false
                        """
                                .formatted(folder, port));
        List<String> command = java("-Xmx64m");
        command.add("org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer");
        command.addAll(List.of("--zkConfigFile", settings.toString(), "--peerId", "1"));
        Process process = process("zookeeper", command);
        all.add(process);
        return process;
    }

    /** Waits until so many TaskManagers have come. */
    void await(int taskManagers) throws IOException, InterruptedException {
        await("/overview", Pattern.compile("\"taskmanagers\":" + taskManagers + "\\b"));
    }

    /** Waits until an answer holds something; gives what the pattern's first group is there. */
    String await(String path, Pattern wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < end) {
            last = get(path);
            Matcher found = wanted.matcher(last);
            if (found.find()) {
                return found.groupCount() > 0 ? found.group(1) : "";
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError(
                "no %s at %s: %s%n%s".formatted(wanted, path, last, log("jobmanager")));
    }

    /** What the REST interface answers; the failure where it does not. */
    String get(String path) throws InterruptedException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + address() + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Whether a process has a file of these very bytes in its working folder, or below. */
    boolean holds(String name, Path file) throws IOException {
        return holds(folder(name).toFile(), file);
    }

    /** Files come and go meanwhile. */
    private static boolean holds(File place, Path file) throws IOException {
        File[] inside = place.listFiles();
        if (inside == null) {
            try {
                return place.length() == Files.size(file)
                        && Files.mismatch(place.toPath(), file) == -1;
            } catch (NoSuchFileException e) {
                return false;
            }
        }
        for (File each : inside) {
            if (holds(each, file)) {
                return true;
            }
        }
        return false;
    }

    /** The output of a process. */
    String log(String name) throws IOException {
        Path log = place.resolve(name + ".log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() {
        for (Process process : all) {
            process.destroyForcibly().onExit().join();
        }
    }
}
