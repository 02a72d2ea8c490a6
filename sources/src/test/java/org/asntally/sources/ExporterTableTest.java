package org.asntally.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExporterTableTest {

    @Test
    void exportersAreToldApartByFamilyAndAddress() {
        ExporterTable table = new ExporterTable();
        for (int i = 0; i < 5_000; i++) {
            Objects.requireNonNull(table.of(false, 0, i)).flow(i, 1_000, 900);
            Objects.requireNonNull(table.of(true, 0, i)).refuse(SkipReason.BAD_TIME);
            if (table.known().size() == ExporterTable.MOST) {
                break;
            }
        }
        ExporterTable.Entry four = Objects.requireNonNull(table.find(new ExporterId(false, 0, 77)));
        ExporterTable.Entry six = Objects.requireNonNull(table.find(new ExporterId(true, 0, 77)));

        assertThat(four.flows()).isEqualTo(1);
        assertThat(four.rate()).isEqualTo(77);
        assertThat(four.refused()).isEmpty();
        assertThat(six.flows()).isZero();
        assertThat(six.refused()).isEqualTo(Map.of(SkipReason.BAD_TIME, 1L));
        assertThat(six.allRefused()).isEqualTo(1);
        assertThat(table.find(new ExporterId(true, 1, 77))).isNull();
    }

    @Test
    void thereAreNoMoreThanFit() {
        ExporterTable table = new ExporterTable(2);

        assertThat(table.of(false, 0, 1)).isNotNull();
        assertThat(table.of(false, 0, 2)).isNotNull();
        assertThat(table.of(false, 0, 3)).isNull();
        assertThat(table.of(false, 0, 1)).isSameAs(table.known().get(0));
    }

    @Test
    void theLatestFlowTellsHowFarAClockIsAhead() {
        ExporterTable.Entry entry = Objects.requireNonNull(new ExporterTable().of(false, 0, 1));
        entry.flow(1, 5_000, 4_000);
        entry.flow(1, 2_000, 4_100);
        assertThat(entry.aheadMillis()).isEqualTo(1_000);
        entry.flow(1, 6_000, 6_500);
        assertThat(entry.aheadMillis()).isEqualTo(-500);
    }
}
