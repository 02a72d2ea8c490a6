package org.asntally.lookup.write;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.asntally.lookup.rib.Rib;

/**
 * Writes a table as pyasn reads it: comments, then {@code 192.0.2.0/24[TAB]64496} for each route
 * with the one origin that is shown; and its AS names as pyasn's {@code asnames.json}.
 */
public final class PyasnWriter {

    private PyasnWriter() {}

    /**
     * Writes the routes; does not close.
     *
     * @param source where they come from, for the head of the file
     */
    public static void routes(Rib rib, String source, Instant now, OutputStream out)
            throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        comment(text, "IP-ASN32-DAT file");
        comment(text, "Original source: " + source);
        comment(text, "Converted on  : " + now.truncatedTo(ChronoUnit.SECONDS) + " by asntally");
        comment(text, "Prefixes-v4   : " + rib.info().v4Routes());
        comment(text, "Prefixes-v6   : " + rib.info().v6Routes());
        comment(text, "");
        for (int route = 0; route < rib.routes(); route++) {
            text.append(rib.prefix(route))
                    .append('\t')
                    .append(Integer.toUnsignedString(rib.origin(route)))
                    .append('\n');
        }
        text.flush();
    }

    /** A line of text from elsewhere stays one line, and within pyasn's longest. */
    private static void comment(Writer text, String words) throws IOException {
        String line = words.replaceAll("\\p{Cntrl}", " ");
        text.append("; ").append(line, 0, Math.min(line.length(), 400)).append('\n');
    }

    /** Writes the names; does not close. */
    public static void names(Rib rib, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            for (int asn : rib.namedAsns()) {
                json.writeStringField(Integer.toUnsignedString(asn), String.valueOf(rib.name(asn)));
            }
            json.writeEndObject();
        }
    }
}
