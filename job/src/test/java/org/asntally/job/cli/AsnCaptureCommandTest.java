package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.asntally.job.config.CountConfig;
import org.asntally.job.config.JobKeys;
import org.asntally.job.config.SinkConfig;
import org.asntally.job.config.SourceConfig;
import org.asntally.job.config.SourceType;
import org.asntally.job.local.Console;
import org.asntally.job.run.RunRequest;
import org.asntally.sinks.Side;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the old name asks of a run; nothing runs. */
class AsnCaptureCommandTest {

    @TempDir private Path place;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private @Nullable RunRequest asked;

    private int status(String... arguments) {
        Console console =
                Console.of(
                        InputStream.nullInputStream(),
                        new ByteArrayOutputStream(),
                        err,
                        Map.of("HOME", place.toString()));
        return new CommandLine(
                        new AsnCaptureCommand(
                                console,
                                (request, said) -> {
                                    asked = request;
                                    assertThat(request.dataFolder()).isDirectory();
                                    return 0;
                                }))
                .setExecutionExceptionHandler(
                        (e, line, parsed) -> {
                            err.writeBytes(
                                    String.valueOf(e.getMessage())
                                            .getBytes(StandardCharsets.UTF_8));
                            return 2;
                        })
                .execute(arguments);
    }

    private RunRequest asked() {
        return Objects.requireNonNull(asked, err.toString(StandardCharsets.UTF_8));
    }

    private SourceConfig source() {
        return Objects.requireNonNull(asked().job().sources().get("packets"));
    }

    private CountConfig count() {
        return Objects.requireNonNull(asked().job().counts().get("destinations"));
    }

    private SinkConfig sink() {
        return Objects.requireNonNull(asked().job().sinks().get("files"));
    }

    @Test
    void anInterfaceIsCapturedWithTheDocumentedFilter() {
        assertThat(status("--interface", "eth7")).isZero();

        assertThat(source().type()).isEqualTo(SourceType.CAPTURE);
        assertThat(source().get(JobKeys.Source.INTERFACE)).isEqualTo("eth7");
        assertThat(source().get(JobKeys.Source.BPF)).isEqualTo("ip");
        assertThat(count().get(JobKeys.Count.SIDE)).containsExactly(Side.DESTINATION);
        assertThat(count().get(JobKeys.Count.BY)).containsExactly("asn", "prefix", "host");
        assertThat(sink().get(JobKeys.Sink.PATH))
                .isEqualTo(place.resolve(".local/share/asntally/asn_capture").toString());
        assertThat(asked().last()).isTrue();
        assertThat(asked().dataFolder()).doesNotExist();
    }

    @Test
    void allThatIsGivenComesIntoTheJob() throws Exception {
        Path file = Files.writeString(place.resolve("a \"strange\" name.pcap"), "");
        Path archive = Files.createDirectories(place.resolve("data/rib"));
        Files.writeString(archive.resolve("x.rib"), "");
        assertThat(
                        status(
                                "--read",
                                file.toString(),
                                "--own",
                                "192.0.2.0/24,2001:db8::/32",
                                "--own",
                                "AS64496",
                                "--output",
                                place + "/out",
                                "--format",
                                "csv",
                                "--window",
                                "5m",
                                "--data-dir",
                                place + "/data",
                                "ip or ip6"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();

        assertThat(source().type()).isEqualTo(SourceType.PCAP);
        assertThat(source().get(JobKeys.Source.PATH)).containsExactly(file.toString());
        assertThat(source().get(JobKeys.Source.BPF)).isEqualTo("ip or ip6");
        assertThat(count().get(JobKeys.Count.EXCLUDE))
                .containsExactly("192.0.2.0/24", "2001:db8::/32", "AS64496");
        assertThat(count().get(JobKeys.Count.WINDOW)).hasMinutes(5);
        assertThat(sink().get(JobKeys.Sink.FORMAT)).isEqualTo(JobKeys.FileFormat.CSV);
        assertThat(asked().job().rib().get(JobKeys.Rib.PATH)).isEqualTo(archive.toString());
    }

    @Test
    void anEmptyFilterTakesAll() {
        assertThat(status("--interface", "eth7", "")).isZero();

        assertThat(source().find(JobKeys.Source.BPF)).isNull();
    }

    @Test
    void whatIsWrongIsToldAndNothingRuns() {
        for (List<String> words :
                List.of(
                        List.of("-i", "eth7", "--read", "x.pcap"),
                        List.of("-i", "eth7", "--own", "192.0.2.0/33"),
                        List.of("-i", "eth7", "--window", "soon"),
                        List.of("-i", "eth7", "--format", "xml"))) {
            err.reset();
            assertThat(status(words.toArray(String[]::new))).as("%s", words).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank();
            assertThat(asked).isNull();
        }
    }

    @Test
    void helpIsHelpUnderTheOldNameToo() {
        CommandLineRun run = CommandLineRun.as("asn_capture", "-h");

        assertThat(run.status).isZero();
        assertThat(run.out).contains("Usage: asn_capture [OPTIONS] [FILTER]", "--own");
    }
}
