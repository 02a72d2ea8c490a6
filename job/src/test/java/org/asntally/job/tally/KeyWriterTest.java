package org.asntally.job.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.asntally.job.CellTexts;
import org.asntally.job.TestTable;
import org.asntally.job.attribute.AttributedBatch;
import org.asntally.job.attribute.RibMessage;
import org.asntally.job.attribute.RibTimeline;
import org.asntally.job.attribute.TestAttribution;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.KeyFields;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Side;
import org.asntally.sinks.TableKey;
import org.asntally.sinks.TallyRows;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a flow's fields are in the columns of its row: written as bytes here, read there. */
class KeyWriterTest {

    private static final TestTable TABLE = TestTable.withCountries(3, 100, 0);

    /** Two flows of one exporter each; the second knows nothing but its addresses. */
    private static FlowBatch batch(Set<FlowColumn> columns) {
        FlowBatchBuilder builder = new FlowBatchBuilder(columns);
        builder.startsAt(0);
        builder.source4(0xC0000207);
        builder.destination4(0xC6336408);
        builder.exporter4(0x0A000001);
        builder.number(FlowColumn.INPUT_INTERFACE, 7);
        builder.number(FlowColumn.OUTPUT_INTERFACE, 4_000_000_000L);
        builder.number(FlowColumn.CUSTOMER, 12345678901L);
        builder.number(FlowColumn.EXPORTER_SOURCE_AS, 64500);
        builder.number(FlowColumn.EXPORTER_DESTINATION_AS, 4_200_000_000L);
        builder.endFlow();
        builder.source6(0x20010db8_00010002L, 0x0003000400050006L);
        builder.destination6(0x20010db8_00000000L, 1);
        builder.exporter6(0x20010db8_00000000L, 2);
        builder.number(FlowColumn.INPUT_INTERFACE, 0);
        builder.number(FlowColumn.OUTPUT_INTERFACE, 0);
        builder.number(FlowColumn.CUSTOMER, 0);
        builder.number(FlowColumn.EXPORTER_SOURCE_AS, 0);
        builder.number(FlowColumn.EXPORTER_DESTINATION_AS, 0);
        builder.endFlow();
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        exporter                | SOURCE      | [exporter=10.0.0.1]        | [exporter=2001:db8::2]
        interface               | SOURCE      | [interface=10.0.0.1.7]     | [interface=null]
        interface               | DESTINATION | [interface=10.0.0.1.4000000000] | [interface=null]
        customer                | SOURCE      | [customer=12345678901]     | [customer=null]
        exporter-asn            | SOURCE      | [exporter_asn=64500, as_name=AS of 64500] | [exporter_asn=null, as_name=null]
        exporter-asn            | DESTINATION | [exporter_asn=4200000000, as_name=AS of 4200000000] | [exporter_asn=null, as_name=null]
        net:16/32               | SOURCE      | [net=192.0.0.0/16]         | [net=2001:db8::/32]
        net:32/128              | DESTINATION | [net=198.51.100.8/32]      | [net=2001:db8::1/128]
        source+customer         | SOURCE      | [source=wéb, customer=12345678901] | [source=wéb, customer=null]
        customer+exporter+net:1/1 | SOURCE    | [customer=12345678901, exporter=10.0.0.1, net=128.0.0.0/1] | [customer=null, exporter=2001:db8::2, net=::/1]
        """)
    void fieldsAreReadAsTheyWereWritten(String label, Side side, String first, String second) {
        TableKey key = Objects.requireNonNull(TableKey.parse(label));
        Set<FlowColumn> columns = EnumSet.allOf(FlowColumn.class);
        assertThat(cells(key, side, columns)).containsExactly(first, second);
        assertThat(key.label()).isEqualTo(label);
    }

    @org.junit.jupiter.api.Test
    void theNameBehindTheFieldsIsTheOneOfTheFirstAs() {
        ByteBuffer fields = ByteBuffer.allocate(5 + 8 + 23 + 4);
        fields.putShort((short) 3).put(new byte[] {'w', 'e', 'b'}).putLong(7);
        fields.put((byte) 4).put((byte) 32).putLong(0).putLong(0xC0000207L);
        fields.put((byte) 24).putInt(64500).putInt(64501);
        TableKey key = Objects.requireNonNull(TableKey.parse("source+customer+host+exporter-asn"));
        byte[] named = KeyFields.withName(fields.array(), "Nàme".getBytes(StandardCharsets.UTF_8));

        assertThat(KeyFields.shownAs(key, fields.array())).isEqualTo(64500);
        assertThat(cells(key, Side.SOURCE, named, asn -> null))
                .containsExactly(
                        "source=web",
                        "customer=7",
                        "host=192.0.2.7",
                        "prefix=192.0.2.0/24",
                        "asn=64500",
                        "as_name=Nàme",
                        "exporter_asn=64501");
        TableKey none = Objects.requireNonNull(TableKey.parse("source+customer"));
        assertThat(KeyFields.shownAs(none, fields.array())).isZero();
        assertThat(KeyFields.withName(fields.array(), null)).isSameAs(fields.array());
    }

    @org.junit.jupiter.api.Test
    void whatABatchLacksIsNotKnown() {
        TableKey key =
                Objects.requireNonNull(TableKey.parse("exporter+interface+customer+exporter-asn"));
        String none =
                "[exporter=null, interface=null, customer=null, exporter_asn=null, as_name=null]";
        assertThat(cells(key, Side.SOURCE, EnumSet.of(FlowColumn.SOURCE)))
                .containsExactly(none, none);
    }

    private static List<String> cells(TableKey key, Side side, Set<FlowColumn> columns) {
        RibTimeline timeline = new RibTimeline();
        timeline.add(RibMessage.version(TABLE.share()));
        List<String> found = new ArrayList<>();
        TestAttribution attribution =
                new TestAttribution(
                        List.of(Side.SOURCE, Side.DESTINATION),
                        timeline,
                        batch -> read(key, side, batch, found));
        attribution.attribute(0, batch(columns));
        return found;
    }

    private static void read(TableKey key, Side side, AttributedBatch batch, List<String> found) {
        Rib rib = Objects.requireNonNull(batch.rib());
        KeyWriter writer = new KeyWriter(key, side);
        writer.begin(batch, rib, "wéb".getBytes(StandardCharsets.UTF_8));
        for (int row = 0; row < batch.rows(); row++) {
            int length = writer.write(row);
            byte[] fields = Arrays.copyOf(writer.bytes(), length);
            List<String> cells = cells(key, side, fields, KeyWriterTest::nameOf);
            int shown = KeyFields.shownAs(key, fields);
            byte[] named = KeyFields.withName(fields, shown == 0 ? null : nameOf(shown));
            assertThat(cells(key, side, named, asn -> null)).isEqualTo(cells);
            found.add(cells.toString());
            assertThat(cells.stream().map(cell -> cell.substring(0, cell.indexOf('='))).toList())
                    .isEqualTo(key.columns());
        }
    }

    private static byte[] nameOf(int asn) {
        return ("AS of " + Integer.toUnsignedString(asn)).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> cells(
            TableKey key, Side side, byte[] fields, KeyFields.AsNames names) {
        TallyRows rows = new TallyRows(1, 1);
        rows.append(TallyRows.tag(KeyKind.FIELDS, side, false, 0), 0, 0, 0, key.id(), 0);
        rows.name(0, fields);
        CellTexts texts = new CellTexts();
        KeyFields.write(key, rows, 0, names, texts);
        return texts.cells;
    }
}
