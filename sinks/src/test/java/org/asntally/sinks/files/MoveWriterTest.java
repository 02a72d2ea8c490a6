package org.asntally.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.RouteMoves;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.junit.jupiter.api.Test;

class MoveWriterTest {

    private static final long NOON = 1_792_497_600_000L;

    private static RouteMoves moves() {
        TallyRows rows = new TallyRows(2, 4);
        int moved = rows.append(tag(false, 24), 0xabcL, 0, 0xc0000200L, -2, 0);
        rows.add(moved, 0, 3);
        rows.add(moved, 1, 4500);
        rows.append(tag(true, 32), 0xabcL, 0x20010db800000000L, 0, 0, 0);
        int gone =
                rows.append(
                        TallyRows.tag(KeyKind.PREFIX, Side.DESTINATION, false, 25),
                        0xabcL,
                        0,
                        0xc0000280L,
                        64497,
                        0);
        rows.add(gone, 0, 1);
        return new RouteMoves(
                NOON, 0xabcL, -1L, NOON - 60_000, NOON, rows, new int[] {64499, 64498, 0});
    }

    private static int tag(boolean v6, int length) {
        return TallyRows.tag(KeyKind.PREFIX, Side.SOURCE, v6, length);
    }

    private static String written(MoveSpec spec, ResultFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultWriter<RouteMoves> writer = format.open(spec, out);
        writer.write(moves());
        writer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jsonSaysFromWhomToWhom() throws Exception {
        MoveSpec spec =
                new MoveSpec(
                        "nets-moves", List.of(Side.SOURCE), List.of(Measure.HITS, Measure.BYTES));
        String row =
                "{\"name\":\"nets-moves\",\"moved_at\":\"2026-10-20T12:00:00Z\",\"prefix\":\"%s\","
                        + "\"from_asn\":%s,\"to_asn\":%s,\"from_rib\":\"0000000000000abc\","
                        + "\"to_rib\":\"ffffffffffffffff\","
                        + "\"window_start\":\"2026-10-20T11:59:00Z\","
                        + "\"window_end\":\"2026-10-20T12:00:00Z\",\"hits\":%d,\"bytes\":%d}";
        assertThat(written(spec, ResultFormat.JSON).split("\n"))
                .containsExactly(
                        row.formatted("192.0.2.0/24", "4294967294", "64499", 3, 4500),
                        row.formatted("2001:db8::/32", "null", "64498", 0, 0),
                        row.formatted("192.0.2.128/25", "64497", "null", 1, 0));
        assertThat(spec.time(moves())).isEqualTo(NOON);
    }

    @Test
    void csvSaysOfWhichSideWhereThereAreBoth() throws Exception {
        MoveSpec spec =
                new MoveSpec(
                        "m",
                        List.of(Side.SOURCE, Side.DESTINATION),
                        List.of(Measure.HITS, Measure.WEIGHT));
        String tables = ",0000000000000abc,ffffffffffffffff,";
        String window = "2026-10-20T11:59:00Z,2026-10-20T12:00:00Z,";
        assertThat(written(spec, ResultFormat.CSV))
                .isEqualTo(
                        "name,moved_at,prefix,side,from_asn,to_asn,from_rib,to_rib,window_start,"
                                + "window_end,hits,weight\r\n"
                                + "m,2026-10-20T12:00:00Z,192.0.2.0/24,source,4294967294,64499"
                                + tables
                                + window
                                + "3,4500\r\n"
                                + "m,2026-10-20T12:00:00Z,2001:db8::/32,source,,64498"
                                + tables
                                + window
                                + "0,0\r\n"
                                + "m,2026-10-20T12:00:00Z,192.0.2.128/25,destination,64497,"
                                + tables
                                + window
                                + "1,0\r\n");
    }
}
