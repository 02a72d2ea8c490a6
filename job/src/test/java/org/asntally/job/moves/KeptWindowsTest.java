package org.asntally.job.moves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.asntally.sinks.ExactSum;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.TallyRowsFormat;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.api.Test;

class KeptWindowsTest {

    private static int tag(int length) {
        return TallyRows.tag(KeyKind.PREFIX, Side.SOURCE, false, length);
    }

    /** A row of each of so many prefixes, one hit each. */
    private static WindowTally tally(long start, int prefixes) {
        TallyRows rows = new TallyRows(1, prefixes);
        for (int i = 0; i < prefixes; i++) {
            rows.add(rows.append(tag(32), i % 2, 0, i, 64496 + i % 3, i), 0, 1);
        }
        return new WindowTally(start, start + 100, 0, false, rows);
    }

    @Test
    void whatIsKeptIsCountedAndForgottenInTheOrderOfTime() {
        KeptWindows windows = new KeptWindows(1);
        windows.add(tally(200, 7));
        windows.add(tally(100, 5));
        windows.add(tally(200, 9));
        assertThat(windows.rows()).isEqualTo(14);
        PrefixRows traffic = Objects.requireNonNull(windows.of(200));
        assertThat(traffic.rows().sum(traffic.find(tag(32), 0, 6), 0)).isEqualTo(2);
        assertThat(traffic.rows().sum(traffic.find(tag(32), 0, 8), 0)).isEqualTo(1);
        assertThat(traffic.find(tag(32), 0, 9)).isEqualTo(-1);
        assertThat(traffic.find(tag(24), 0, 6)).isEqualTo(-1);

        assertThat(windows.forgetLast(300)).isZero();
        assertThat(windows.forgetLast(299)).isEqualTo(9);
        windows.forgetBefore(100);
        assertThat(windows.rows()).isEqualTo(5);
        windows.forgetBefore(101);
        assertThat(windows.rows()).isZero();
        assertThat(windows.size()).isZero();
        assertThat(windows.list()).isEmpty();
        assertThat(windows.forgetLast(0)).isZero();
    }

    @Test
    void aWindowOfMoreRowsThanOnePieceTakesComesBackFromSeveral() {
        KeptWindows windows = new KeptWindows(1);
        windows.add(tally(100, TallyRowsFormat.MAX_ROWS));
        assertThat(windows.list()).hasSize(1);
        TallyRows one = new TallyRows(1, 1);
        one.add(one.append(tag(8), 0, 0, 5, 0, 0), 0, 3);
        windows.add(new WindowTally(100, 200, 0, true, one));
        List<WindowTally> kept = windows.list();
        assertThat(kept)
                .extracting(tally -> tally.rows().size())
                .containsExactly(TallyRowsFormat.MAX_ROWS, 1);

        KeptWindows again = new KeptWindows(1);
        kept.forEach(again::add);
        assertThat(again.rows()).isEqualTo(TallyRowsFormat.MAX_ROWS + 1L);
        PrefixRows traffic = Objects.requireNonNull(again.of(100));
        assertThat(traffic.rows().sum(traffic.find(tag(8), 0, 5), 0)).isEqualTo(3);
        assertThat(traffic.rows().sum(traffic.find(tag(32), 0, 77_777), 0)).isEqualTo(1);
    }

    @Test
    void fractionsAreAddedExactlyAndTheRowsOfOthersStay() {
        TallyRows rows = new TallyRows(1, 1);
        int row = rows.append(tag(24), 1, 0, 0, 64496, 0);
        ExactSum tenth = new ExactSum();
        tenth.add(0.1);
        rows.add(row, 0, tenth);
        KeptWindows windows = new KeptWindows(1);
        for (int i = 0; i < 10; i++) {
            windows.add(new WindowTally(100, 200, 0, false, rows));
        }
        PrefixRows traffic = Objects.requireNonNull(windows.of(100));
        assertThat(traffic.rows().value(0, 0)).isEqualTo(1.0);
        assertThat(rows.value(row, 0)).isEqualTo(0.1);
    }
}
