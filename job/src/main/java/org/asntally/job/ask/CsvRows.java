package org.asntally.job.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;

/** RFC 4180: a header, then a row per question that can be read. */
final class CsvRows extends RouteRows {

    private static final byte[] HEADER =
            "address,prefix,asn,as_name,country\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNROUTED = ",None,None,,\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final NetworkText.Quoting CELL =
            new NetworkText.Quoting() {
                @Override
                public boolean isPlain(byte c) {
                    return c != ',' && c != '"';
                }

                @Override
                public String quoted(String safe) {
                    return safe.indexOf(',') < 0 && safe.indexOf('"') < 0
                            ? safe
                            : '"' + safe.replace("\"", "\"\"") + '"';
                }
            };

    CsvRows(Rib rib) {
        super(rib);
    }

    @Override
    public void begin(RowBuffer out) {
        out.add(HEADER);
    }

    @Override
    void question(RowBuffer out, byte[] asked, int from, int to) {
        out.add(asked, from, to);
    }

    @Override
    void answer(RowBuffer out, int route) {
        out.add(',');
        text.prefix(out, route);
        rest(out, rib.origin(route), rib.countryCode(route));
    }

    private void rest(RowBuffer out, int asn, int country) {
        out.add(',');
        out.addUnsigned(asn);
        out.add(',');
        text.name(out, asn, CELL);
        out.add(',');
        text.country(out, country);
        out.add('\r');
        out.add('\n');
    }

    @Override
    void unrouted(RowBuffer out) {
        out.add(UNROUTED);
    }

    @Override
    public void as(RowBuffer out, byte[] asked, int from, int to, AsFacts facts)
            throws IOException {
        question(out, asked, from, to);
        if (facts.isKnown()) {
            out.add(',');
            rest(out, facts.asn(), facts.country());
        } else {
            unrouted(out);
        }
        out.endRow();
    }
}
