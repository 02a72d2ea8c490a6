package org.asntally.job.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;

/** Cells with something between them: question, prefix, ASN, AS name, country. */
abstract class SeparatedRows extends RouteRows {

    private final char separator;
    private final byte[] end;
    private final byte[] unrouted;
    private final RouteText.Quoting names;

    SeparatedRows(Rib rib, char separator, String end, RouteText.Quoting names) {
        super(rib);
        this.separator = separator;
        this.end = end.getBytes(StandardCharsets.US_ASCII);
        this.unrouted =
                String.join(String.valueOf(separator), "", "None", "None", "", end)
                        .getBytes(StandardCharsets.US_ASCII);
        this.names = names;
    }

    @Override
    void question(RowBuffer out, byte[] asked, int from, int to) {
        out.add(asked, from, to);
    }

    @Override
    void answer(RowBuffer out, int route) {
        out.add(separator);
        text.prefix(out, route);
        rest(out, rib.origin(route), rib.countryCode(route));
    }

    private void rest(RowBuffer out, int asn, int country) {
        out.add(separator);
        out.addUnsigned(asn);
        out.add(separator);
        text.name(out, asn, names);
        out.add(separator);
        text.country(out, country);
        out.add(end);
    }

    @Override
    void unrouted(RowBuffer out) {
        out.add(unrouted);
    }

    @Override
    public void as(RowBuffer out, byte[] asked, int from, int to, AsFacts facts)
            throws IOException {
        question(out, asked, from, to);
        if (facts.isKnown()) {
            out.add(separator);
            rest(out, facts.asn(), facts.country());
        } else {
            unrouted(out);
        }
        out.endRow();
    }
}
