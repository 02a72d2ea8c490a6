package org.asntally.job.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.text.SafeText;

/** A line per line of the input: question, prefix, ASN, AS name, country; no header. */
final class TsvRows extends RouteRows {

    private static final byte[] UNROUTED = "\tNone\tNone\t\t\n".getBytes(StandardCharsets.US_ASCII);

    static final NetworkText.Quoting AS_IT_IS =
            new NetworkText.Quoting() {
                @Override
                public boolean isPlain(byte c) {
                    return true;
                }

                @Override
                public String quoted(String safe) {
                    return safe;
                }
            };

    TsvRows(Rib rib) {
        super(rib);
    }

    @Override
    void question(RowBuffer out, byte[] asked, int from, int to) {
        out.add(asked, from, to);
    }

    @Override
    void answer(RowBuffer out, int route) {
        out.add('\t');
        text.prefix(out, route);
        rest(out, rib.origin(route), rib.countryCode(route));
    }

    private void rest(RowBuffer out, int asn, int country) {
        out.add('\t');
        out.addUnsigned(asn);
        out.add('\t');
        text.name(out, asn, AS_IT_IS);
        out.add('\t');
        text.country(out, country);
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
            out.add('\t');
            rest(out, facts.asn(), facts.country());
        } else {
            unrouted(out);
        }
        out.endRow();
    }

    @Override
    public void none(RowBuffer out, byte[] asked, int from, int to) throws IOException {
        out.add(SafeText.of(new String(asked, from, to - from, StandardCharsets.UTF_8)));
        unrouted(out);
        out.endRow();
    }
}
