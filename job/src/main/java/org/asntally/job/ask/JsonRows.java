package org.asntally.job.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;

/** An object per line and question that can be read; what is not known is null. */
final class JsonRows extends RouteRows {

    private static final byte[] ADDRESS = ascii("{\"address\":\"");
    private static final byte[] PREFIX = ascii("\",\"prefix\":\"");
    private static final byte[] NO_PREFIX = ascii("\",\"prefix\":null");
    private static final byte[] ASN = ascii(",\"asn\":");
    private static final byte[] NAME = ascii(",\"as_name\":");
    private static final byte[] COUNTRY = ascii(",\"country\":");
    private static final byte[] NULL = ascii("null");
    private static final byte[] UNROUTED =
            ascii("\",\"prefix\":null,\"asn\":null,\"as_name\":null,\"country\":null}\n");

    JsonRows(Rib rib) {
        super(rib);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    void question(RowBuffer out, byte[] asked, int from, int to) {
        out.add(ADDRESS);
        out.add(asked, from, to);
    }

    @Override
    void answer(RowBuffer out, int route) {
        out.add(PREFIX);
        text.prefix(out, route);
        out.add('"');
        rest(out, rib.origin(route), rib.countryCode(route));
    }

    private void rest(RowBuffer out, int asn, int country) {
        out.add(ASN);
        out.addUnsigned(asn);
        out.add(NAME);
        if (!text.hasName(asn)) {
            out.add(NULL);
        } else {
            out.add('"');
            text.name(out, asn, JsonText.QUOTING);
            out.add('"');
        }
        out.add(COUNTRY);
        if (country == 0) {
            out.add(NULL);
        } else {
            out.add('"');
            text.country(out, country);
            out.add('"');
        }
        out.add('}');
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
            out.add(NO_PREFIX);
            rest(out, facts.asn(), facts.country());
        } else {
            unrouted(out);
        }
        out.endRow();
    }
}
