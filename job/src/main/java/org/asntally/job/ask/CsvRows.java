package org.asntally.job.ask;

import java.nio.charset.StandardCharsets;
import org.asntally.lookup.rib.Rib;

/** RFC 4180: a header, then a row per question that can be read. */
final class CsvRows extends SeparatedRows {

    private static final byte[] HEADER =
            "address,prefix,asn,as_name,country\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final RouteText.Quoting CELL =
            new RouteText.Quoting() {
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
        super(rib, ',', "\r\n", CELL);
    }

    @Override
    public void begin(RowBuffer out) {
        out.add(HEADER);
    }
}
