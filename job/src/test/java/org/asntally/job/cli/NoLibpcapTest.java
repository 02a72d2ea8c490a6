package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A process that finds no libpcap. */
class NoLibpcapTest {

    @Test
    void saysWhatIsMissingAndHowToGetIt() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dasntally.libpcap=libpcap-that-is-not-there",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AsntallyCommand.class.getName(),
                                "asn_capture")
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said)
                .isEqualTo(
                        "AT-CAP-001: libpcap cannot be loaded, which live capture and --bpf need;"
                                + " install it (Debian: apt install libpcap0.8)\n");
        assertThat(process.waitFor()).isEqualTo(4);
    }
}
