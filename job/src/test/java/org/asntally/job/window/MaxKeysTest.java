package org.asntally.job.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.asntally.job.CountSpec;
import org.asntally.job.Counted;
import org.asntally.job.Windows;
import org.asntally.job.tally.KeyGroups;
import org.asntally.job.tally.TallyBatch;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Measure;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TallyRows;
import org.asntally.sinks.WindowTally;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys beyond the most of a window are added up, and nothing of them is lost. */
class MaxKeysTest {

    private static final TableKey CUSTOMER = Objects.requireNonNull(TableKey.parse("customer"));

    private static CountSpec spec(int maxKeys) {
        return new CountSpec(
                        "traffic",
                        Set.of(KeyKind.ASN),
                        List.of(Side.SOURCE),
                        List.of(Measure.HITS),
                        Windows.tumbling(1000),
                        false,
                        1000)
                .with(new CountSpec.Details(List.of(CUSTOMER), maxKeys, List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 2560, 1 << 30})
    void keysThatComeFirstStayAndTheOthersAreAddedUp(int maxKeys) throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        Map<Long, Long> sums = new HashMap<>();
        Map<Integer, List<Long>> order = new HashMap<>();
        TallyRows found = new TallyRows(1, 64);
        try (WindowHarness harness = new WindowHarness(spec(maxKeys))) {
            for (int round = 0; round < 20; round++) {
                TallyRows[] groups = new TallyRows[KeyGroups.COUNT];
                for (int i = 0; i < 1000; i++) {
                    long customer = random.nextInt(4000);
                    int row = put(groups, customer, round);
                    sums.merge(customer, (long) row, Long::sum);
                    int group = group(customer);
                    List<Long> known = order.computeIfAbsent(group, fresh -> new ArrayList<>());
                    if (!known.contains(customer)) {
                        known.add(customer);
                    }
                }
                for (int group = 0; group < groups.length; group++) {
                    if (groups[group] != null) {
                        harness.processElement(
                                new StreamRecord<>(
                                        new TallyBatch(KeyGroups.key(group), 0, groups[group])));
                    }
                }
            }
            harness.processWatermark(999);
            for (WindowTally tally : harness.tallies()) {
                for (int row = 0; row < tally.rows().size(); row++) {
                    if (tally.rows().kind(row) == KeyKind.FIELDS) {
                        found.appendFrom(tally.rows(), row);
                    } else {
                        assertThat(tally.rows().asn(row)).isEqualTo(Counted.OTHER_KEYS.code());
                    }
                }
            }
        }
        int most = Math.max(1, maxKeys / KeyGroups.COUNT);
        long other = 0;
        long expectedOther = 0;
        Map<Long, Long> shown = new HashMap<>();
        for (int row = 0; row < found.size(); row++) {
            if (found.length(row) == TallyRows.OTHER) {
                other += found.sum(row, 0);
            } else {
                byte[] name = Objects.requireNonNull(found.name(row));
                shown.merge(ByteBuffer.wrap(name).getLong(), found.sum(row, 0), Long::sum);
            }
        }
        Map<Long, Long> expected = new HashMap<>();
        for (List<Long> known : order.values()) {
            for (int i = 0; i < known.size(); i++) {
                if (i < most) {
                    expected.put(known.get(i), sums.getOrDefault(known.get(i), 0L));
                } else {
                    expectedOther += sums.getOrDefault(known.get(i), 0L);
                }
            }
        }
        assertThat(shown).isEqualTo(expected);
        assertThat(other).isEqualTo(expectedOther);
        assertThat(maxKeys == 1 << 30).isEqualTo(expectedOther == 0);
    }

    private static long hash(long customer) {
        return customer * 0x9E3779B97F4A7C15L;
    }

    private static int tag() {
        return TallyRows.tag(KeyKind.FIELDS, Side.SOURCE, false, 0);
    }

    private static int group(long customer) {
        return KeyGroups.group(TallyRows.hash(tag(), 1, hash(customer), 0, CUSTOMER.id()));
    }

    private static int put(TallyRows[] groups, long customer, int round) {
        int group = group(customer);
        if (groups[group] == null) {
            groups[group] = new TallyRows(1, 4);
        }
        int row = groups[group].append(tag(), 1, hash(customer), 0, CUSTOMER.id(), round);
        groups[group].name(row, ByteBuffer.allocate(8).putLong(customer).array());
        groups[group].add(row, 0, round + 1);
        return round + 1;
    }
}
