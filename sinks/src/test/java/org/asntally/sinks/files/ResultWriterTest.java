package org.asntally.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.Test;

class ResultWriterTest {

    private static final long START = 1_792_483_200_000L;

    private static final ResultSpec SPEC =
            new ResultSpec(
                    "by-as",
                    List.of(TableKey.ASN, TableKey.PREFIX),
                    List.of(Side.SOURCE),
                    List.of(Measure.HITS, Measure.BYTES));

    private static TallyRows rows() {
        TallyRows rows = new TallyRows(2, 4);
        int as = rows.append(tag(KeyKind.ASN, false, 0), 0xabcL, 0, 0, -2, 0);
        rows.name(as, "Quote \"Net\", tab\there".getBytes(StandardCharsets.UTF_8));
        rows.add(as, 0, 3);
        rows.add(as, 1, 4500);
        int prefix = rows.append(tag(KeyKind.PREFIX, false, 24), 0xabcL, 0, 0xc0000200L, 64496, 0);
        rows.add(prefix, 0, 1);
        int six =
                rows.append(
                        tag(KeyKind.PREFIX, true, 32), 0xabcL, 0x20010db800000000L, 0, 64496, 0);
        rows.add(six, 0, 1);
        rows.append(tag(KeyKind.PREFIX, false, TallyRows.UNROUTED), 1, 0, 0, 0, 0);
        rows.append(tag(KeyKind.ASN, false, 0), 1, 0, 0, 0, 0);
        rows.append(
                TallyRows.tag(KeyKind.COUNTER, Side.SOURCE, false, CounterWord.READ.ordinal()),
                0,
                0,
                0,
                0,
                0);
        return rows;
    }

    private static int tag(KeyKind kind, boolean v6, int length) {
        return TallyRows.tag(kind, Side.SOURCE, v6, length);
    }

    private static String written(ResultSpec spec, ResultFormat format, WindowTally tally)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultWriter<WindowTally> writer = format.open(spec, out);
        writer.write(tally);
        writer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static WindowTally tally(long snapshot, boolean correction) {
        return new WindowTally(START, START + 60_000, snapshot, correction, rows());
    }

    @Test
    void jsonHasARowOfEachKeyAndNoCounters() throws Exception {
        String begin =
                "{\"name\":\"by-as\",\"key\":\"%s\",\"window_start\":\"2026-10-20T08:00:00Z\","
                        + "\"window_end\":\"2026-10-20T08:01:00Z\",";
        assertThat(written(SPEC, ResultFormat.JSON, tally(0, false)).split("\n"))
                .containsExactly(
                        begin.formatted("asn")
                                + "\"asn\":4294967294,"
                                + "\"as_name\":\"Quote \\\"Net\\\", tab\\there\","
                                + "\"prefix\":null,\"hits\":3,"
                                + "\"bytes\":4500,\"rib\":\"0000000000000abc\","
                                + "\"correction\":false}",
                        begin.formatted("prefix")
                                + "\"asn\":64496,\"as_name\":null,\"prefix\":\"192.0.2.0/24\","
                                + "\"hits\":1,\"bytes\":0,\"rib\":\"0000000000000abc\","
                                + "\"correction\":false}",
                        begin.formatted("prefix")
                                + "\"asn\":64496,\"as_name\":null,\"prefix\":\"2001:db8::/32\","
                                + "\"hits\":1,\"bytes\":0,\"rib\":\"0000000000000abc\","
                                + "\"correction\":false}",
                        begin.formatted("prefix")
                                + "\"asn\":null,\"as_name\":null,\"prefix\":null,\"hits\":0,"
                                + "\"bytes\":0,\"rib\":\"0000000000000001\",\"correction\":false}",
                        begin.formatted("asn")
                                + "\"asn\":null,\"as_name\":null,\"prefix\":null,\"hits\":0,"
                                + "\"bytes\":0,\"rib\":\"0000000000000001\","
                                + "\"correction\":false}");
    }

    @Test
    void csvHasTheSameColumnsAndQuotes() throws Exception {
        ResultSpec both =
                new ResultSpec(
                        "by-as",
                        List.of(TableKey.ASN),
                        List.of(Side.SOURCE, Side.DESTINATION),
                        List.of(Measure.HITS, Measure.BYTES));
        assertThat(written(both, ResultFormat.CSV, tally(0, true)))
                .isEqualTo(
                        "name,key,side,window_start,window_end,asn,as_name,hits,bytes,rib,"
                                + "correction\r\n"
                                + "by-as,asn,source,2026-10-20T08:00:00Z,2026-10-20T08:01:00Z,"
                                + "4294967294,\"Quote \"\"Net\"\", tab here\",3,4500,"
                                + "0000000000000abc,true\r\n"
                                + "by-as,asn,source,2026-10-20T08:00:00Z,2026-10-20T08:01:00Z,,,0,"
                                + "0,0000000000000001,true\r\n");
    }

    @Test
    void aWindowThatGoesOnIsNotShown() throws Exception {
        assertThat(written(SPEC, ResultFormat.JSON, tally(7, false))).isEmpty();
        assertThat(SPEC.showsAny(tally(7, false))).isFalse();
        assertThat(SPEC.showsAny(tally(0, false))).isTrue();
        TallyRows counters = new TallyRows(2, 1);
        counters.append(tag(KeyKind.COUNTER, false, 0), 0, 0, 0, 0, 0);
        assertThat(SPEC.showsAny(new WindowTally(START, START, 0, false, counters))).isFalse();
    }
}
