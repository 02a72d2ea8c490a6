package org.asntally.job.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.ReportBuilder;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.asntally.sources.live.LiveFormat;
import org.asntally.sources.packet.CaptureFormat;
import org.asntally.sources.packet.PacketFilter;
import org.asntally.sources.sflow.SflowFormat;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.text.PlainFormat;
import org.asntally.sources.text.TcpdumpFormat;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Instant NOW = Instant.parse("2026-05-27T12:00:00Z");

    private static String line(String... units) {
        return Summary.line(new ReportBuilder(1).build(), Set.of(units), NOW, NOW.plusSeconds(1));
    }

    /** Two inputs, of which one has a time. */
    private static String upTo(String newest) {
        TallyRows rows = new TallyRows(1, 2);
        int tag = TallyRows.tag(KeyKind.COUNTER, Side.SOURCE, false, CounterWord.READ.ordinal());
        long millis = Instant.parse(newest).toEpochMilli();
        rows.append(tag, 0, 0, 0, 0, TallyRows.firstOf(millis));
        rows.append(tag, 0, 0, 1, 0, TallyRows.firstOf(Long.MIN_VALUE));
        ReportBuilder report = new ReportBuilder(1);
        report.add(new WindowTally(WindowTally.WHOLE_START, WindowTally.WHOLE_END, 0, false, rows));
        return Summary.line(report.build(), Set.of("lines"), NOW, NOW);
    }

    @Test
    void whereInputHasTimesItIsSaidHowFarTheyReach() {
        assertThat(line("lines")).isEqualTo("read 0 lines, counted 0, unrouted 0; 1.0 s");
        assertThat(upTo("2026-05-27T11:59:56.500Z"))
                .endsWith("unrouted 0; up to 2026-05-27T11:59:56Z (3.5 s ago); 0.0 s");
        assertThat(upTo("2026-05-27T10:58:00Z"))
                .endsWith("; up to 2026-05-27T10:58:00Z (1 h 2 min ago); 0.0 s");
        assertThat(upTo("2026-05-20T12:00:00Z"))
                .endsWith("; up to 2026-05-20T12:00:00Z (7 days ago); 0.0 s");
        assertThat(upTo("2099-01-01T00:00:00Z")).endsWith("; up to 2099-01-01T00:00:00Z; 0.0 s");
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
