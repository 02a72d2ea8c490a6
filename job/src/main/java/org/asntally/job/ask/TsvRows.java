package org.asntally.job.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;
import org.asntally.sinks.text.SafeText;

/** A line per line of the input: question, prefix, ASN, AS name, country; no header. */
final class TsvRows extends SeparatedRows {

    static final RouteText.Quoting AS_IT_IS =
            new RouteText.Quoting() {
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
        super(rib, '\t', "\n", AS_IT_IS);
    }

    @Override
    public void none(RowBuffer out, byte[] asked, int from, int to) throws IOException {
        out.add(SafeText.of(new String(asked, from, to - from, StandardCharsets.UTF_8)));
        unrouted(out);
        out.endRow();
    }
}
