package org.asntally.job.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;

/** Elements of a Puppet array, as asn-lookup prints them: the network, and as a comment whose. */
final class PuppetRows implements RowWriter {

    private static final byte[] NOT_FOUND =
            "', # Not found in the ASN DB\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMENT = "', # ".getBytes(StandardCharsets.US_ASCII);

    private final Rib rib;
    private final RouteText text;

    PuppetRows(Rib rib) {
        this.rib = rib;
        this.text = new RouteText(rib);
    }

    @Override
    public void begin(RowBuffer out) {}

    @Override
    public void network(RowBuffer out, byte[] asked, int from, int to, int route)
            throws IOException {
        out.add('\'');
        if (route == Rib.UNROUTED) {
            out.add(asked, from, to);
            out.add(NOT_FOUND);
        } else {
            text.prefix(out, route);
            out.add(COMMENT);
            whose(out, rib.origin(route), rib.countryCode(route));
            out.add(' ');
            out.add('(');
            out.add(asked, from, to);
            out.add(')');
            out.add('\n');
        }
        out.endRow();
    }

    private void whose(RowBuffer out, int asn, int country) {
        int start = out.at;
        text.country(out, country);
        if (out.at > start) {
            out.add(' ');
        }
        out.addUnsigned(asn);
        int before = out.at;
        out.add(' ');
        text.name(out, asn, TsvRows.AS_IT_IS);
        if (out.at == before + 1) {
            out.at = before;
        }
    }

    /** An AS is no network: a comment line. */
    @Override
    public void as(RowBuffer out, byte[] asked, int from, int to, AsFacts facts)
            throws IOException {
        out.add('#');
        out.add(' ');
        whose(out, facts.asn(), facts.country());
        out.add('\n');
        out.endRow();
    }

    @Override
    public void none(RowBuffer out, byte[] asked, int from, int to) throws IOException {}

    @Override
    public void pause(RowBuffer out) throws IOException {}
}
