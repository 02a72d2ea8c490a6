package org.asntally.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.asntally.job.NamedSource;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFiles;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.flink.Notices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An address for sFlow that somebody else has. */
class RequiredSocketTest {

    @TempDir private Path place;

    @AfterEach
    void forget() {
        Notices.reset();
    }

    private NamedSource source(int port, boolean required, boolean cluster) throws Exception {
        String text =
                """
                version: 1
                sources: {edge: {type: sflow, listen: "127.0.0.1:%d", required: %s}}
                counts: {all: {sources: [edge], by: [asn]}}
                sinks: {out: {type: files, path: "%s"}}
                """
                        .formatted(port, required, place);
        JobFile job =
                Objects.requireNonNull(
                        JobFiles.read(
                                        new ByteArrayInputStream(text.getBytes(UTF_8)),
                                        "job.yaml",
                                        name -> null)
                                .file());
        return RunSources.of(
                job,
                Objects.requireNonNull(job.sources().get("edge")),
                new RunPlace(place, place, cluster, place, ""),
                Set.of(FlowColumn.TIME, FlowColumn.SOURCE),
                1);
    }

    @Test
    void aJobThatRequiresItDoesNotBegin() throws Exception {
        List<String> notices = new ArrayList<>();
        Notices.install(notice -> notices.add(notice.kind() + " " + notice.input()));
        int port;
        try (DatagramChannel taken = DatagramChannel.open()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = ((InetSocketAddress) taken.getLocalAddress()).getPort();

            assertThatThrownBy(() -> source(port, true, false))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault ->
                                    assertThat(fault.problem())
                                            .isEqualTo(Problem.REQUIRED_SOURCE_FAILED));
            assertThat(notices).containsExactly("INPUT_FAILED 127.0.0.1:" + port);

            // It is tried again there, and a cluster has its sockets elsewhere.
            assertThat(source(port, false, false).name()).isEqualTo("edge");
            assertThat(source(port, true, true).name()).isEqualTo("edge");
        }
        assertThat(source(port, true, false).name()).isEqualTo("edge");
    }
}
