package org.asntally.job.ask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.text.SafeText;
import org.asntally.sinks.text.Width;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for people. Rows come out in blocks, so that they can come before the input ends;
 * a block is never narrower than the one before.
 */
final class TableRows implements RowWriter {

    private static final int BLOCK = 500;
    private static final int NARROWEST_NAME = 6;
    private static final String NOTHING = "-";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final String[] TITLES = {"address", "prefix", "ASN", "country", "AS"};

    private final Rib rib;
    private final int width;
    private final boolean colour;
    private final List<String[]> block = new ArrayList<>();
    private final int[] widths = new int[TITLES.length];
    private boolean titled;

    /**
     * @param width of the terminal; 0: as wide as it takes
     * @param colour whether titles are bold
     */
    TableRows(Rib rib, int width, boolean colour) {
        this.rib = rib;
        this.width = width;
        this.colour = colour;
    }

    @Override
    public void begin(RowBuffer out) {}

    @Override
    public void network(RowBuffer out, byte[] asked, int from, int to, int route) {
        String question = text(asked, from, to);
        if (route == Rib.UNROUTED) {
            add(out, question, NOTHING, NOTHING, NOTHING, NOTHING);
            return;
        }
        int asn = rib.origin(route);
        add(
                out,
                question,
                rib.prefix(route),
                Integer.toUnsignedString(asn),
                rib.country(route),
                rib.nameOrReserved(asn));
    }

    @Override
    public void as(RowBuffer out, byte[] asked, int from, int to, AsFacts facts) {
        add(
                out,
                text(asked, from, to),
                NOTHING,
                facts.isKnown() ? Integer.toUnsignedString(facts.asn()) : NOTHING,
                Rib.countryText(facts.country()),
                rib.nameOrReserved(facts.asn()));
    }

    @Override
    public void none(RowBuffer out, byte[] asked, int from, int to) {}

    private static String text(byte[] asked, int from, int to) {
        return new String(asked, from, to - from, StandardCharsets.US_ASCII);
    }

    private void add(RowBuffer out, @Nullable String... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            String cell = cells[i];
            row[i] = cell == null || cell.isEmpty() ? NOTHING : SafeText.of(cell);
        }
        block.add(row);
        if (block.size() == BLOCK) {
            write(out);
        }
    }

    @Override
    public void pause(RowBuffer out) {
        if (!block.isEmpty()) {
            write(out);
        }
    }

    private void write(RowBuffer out) {
        if (!titled) {
            measure(TITLES);
        }
        block.forEach(this::measure);
        if (!titled) {
            if (colour) {
                out.add(BOLD);
            }
            line(out, TITLES, colour ? PLAIN : "");
            titled = true;
        }
        block.forEach(row -> line(out, row, ""));
        block.clear();
    }

    private void measure(String[] row) {
        for (int i = 0; i < row.length; i++) {
            widths[i] = Math.max(widths[i], Width.of(row[i]));
        }
    }

    private void line(RowBuffer out, String[] row, String end) {
        int used = 0;
        int last = row.length - 1;
        for (int i = 0; i < last; i++) {
            out.add(row[i]);
            pad(out, widths[i] + 2 - Width.of(row[i]));
            used += widths[i] + 2;
        }
        boolean fits = width == 0 || width - used < NARROWEST_NAME;
        out.add(fits ? row[last] : Width.cut(row[last], width - used));
        out.add(end);
        out.add('\n');
    }

    private static void pad(RowBuffer out, int blanks) {
        for (int i = 0; i < blanks; i++) {
            out.add(' ');
        }
    }
}
