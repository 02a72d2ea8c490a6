package org.asntally.job.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.asntally.job.local.Console;
import org.asntally.job.local.LocalRun;
import org.asntally.sinks.ReportOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is counted, and however it is shown: as many readers as there may be, the same bytes.
 */
@Timeout(300)
class ParallelReportsITCase {

    private static final String KEYS =
            "asn,prefix,country,host,host:128/64,net:16/32,source,asn+country,source+net:8/16";

    /** One reader is given so many packed files at a time. */
    private static final int FILES = 50;

    @TempDir Path folder;

    @Test
    void logsByEachKeyInEachFormat() throws Exception {
        write();
        List<String> input = List.of(folder.resolve("logs").toString(), "--recursive");

        same(List.of("-O", "tsv", "--by", KEYS, "-t", "40"), input, true);
        same(
                List.of("-O", "tsv", "--by", KEYS, "--weight", "bytes", "--window", "1h"),
                input,
                true);
        same(List.of("-O", "table", "--by", KEYS, "-t", "40"), input, false);
        same(List.of("-O", "prometheus", "--by", "asn,prefix"), input, false);
    }

    @Test
    void sampledPacketsByWhatExportersTell() throws Exception {
        List<String> input =
                List.of(
                        "-I",
                        "sflow",
                        Path.of("../examples/sflow.pcap").toAbsolutePath().toString());
        String keys = "exporter,interface,exporter-asn,exporter+asn,prefix";

        same(List.of("-O", "tsv", "--by", keys, "-t", "1000"), input, true);
        same(List.of("-O", "table", "--by", keys, "--side", "both"), input, false);
    }

    private void same(List<String> options, List<String> input, boolean files) throws Exception {
        Map<String, String> one = run(options, input, files, 1);

        assertThat(one.get("")).isNotEmpty();
        assertThat(one).hasSizeGreaterThan(files ? 5 : 0);
        assertThat(run(options, input, files, 4)).as("%s", options).isEqualTo(one);
    }

    /** What is printed, and the files written beside it, by name. */
    private Map<String, String> run(
            List<String> options, List<String> input, boolean files, int parallelism)
            throws Exception {
        Path beside = Files.createTempDirectory(folder, "out");
        List<String> words = new ArrayList<>(List.of("count"));
        words.addAll(options);
        words.addAll(input);
        words.addAll(
                List.of(
                        "--parallelism",
                        String.valueOf(parallelism),
                        "--data-dir",
                        folder.resolve("data").toString()));
        if (files) {
            words.addAll(
                    List.of(
                            "--json",
                            beside.resolve("report.json").toString(),
                            "--csv",
                            beside.resolve("csv").toString()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(new ByteArrayInputStream(new byte[0]), out, err, Map.of());
        String temporary = System.getProperty("java.io.tmpdir");
        OutputStream former = ReportOutput.replaceStdout(out);
        try {
            int status =
                    new AsntallyCommand(console, LocalRun::count)
                            .execute("asntally", words.toArray(new String[0]));
            assertThat(status).as(err.toString(UTF_8)).isZero();
        } finally {
            ReportOutput.replaceStdout(former);
            System.setProperty("java.io.tmpdir", temporary);
        }
        Map<String, String> all = contents(beside);
        all.put("", out.toString(UTF_8));
        return all;
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    /** Addresses that many have, and that one has, in ties of few. */
    private void write() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        Path logs = Files.createDirectory(folder.resolve("logs"));
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 120; i++) {
                int near = random.nextInt(1 << random.nextInt(2, 12));
                String address =
                        random.nextInt(4) == 0
                                ? "2001:%x:%x::%x".formatted(0x200 + near % 0xe00, near % 7, i)
                                : "%d.%d.%d.7"
                                        .formatted(1 + near % 223, near % 200, random.nextInt(9));
                text.append(
                        "%s - - [01/Mar/2026:%02d:00:00 +0000] \"GET / HTTP/1.1\" 200 %d%n"
                                .formatted(address, random.nextInt(10, 13), random.nextInt(9_999)));
            }
            try (OutputStream out =
                    new GZIPOutputStream(
                            Files.newOutputStream(logs.resolve("access.log." + file + ".gz")))) {
                out.write(text.toString().getBytes(US_ASCII));
            }
        }
    }
}
