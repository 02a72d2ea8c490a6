package org.asntally.job.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.asntally.sinks.ReportBuilder;
import org.asntally.sources.live.LiveFormat;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.sflow.SflowFormat;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.TcpdumpFormat;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static String line(String... units) {
        return Summary.line(new ReportBuilder(1).build(), Set.of(units), Duration.ofSeconds(1));
    }

    @Test
    void whatWasReadIsCalledByItsKind() {
        assertThat(line(PlainFormat.LINE.units())).startsWith("read 0 lines, counted 0");
        assertThat(line(TcpdumpFormat.INSTANCE.units())).startsWith("read 0 lines, ");
        assertThat(line(CaptureFormat.PCAP.units())).startsWith("read 0 packets, ");
        assertThat(line(new LiveFormat("").units())).startsWith("read 0 packets, ");
        assertThat(line(new SflowFormat(SflowOptions.ALL, PacketFilter.ALL).units()))
                .startsWith("read 0 samples, ");
    }

    @Test
    void severalKindsAreNamedAndOfNoneThereAreNoLines() {
        assertThat(line("packets", "lines")).startsWith("read 0 lines and packets, ");
        assertThat(line()).startsWith("read 0 lines, ");
    }
}
