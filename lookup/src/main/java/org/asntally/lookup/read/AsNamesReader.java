package org.asntally.lookup.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.unpack.DamagedException;

/**
 * Reads pyasn's AS names: one JSON object, {@code {"64496": "SAMPLE, CA"}}. Of equal numbers the
 * last one wins. What is not a number with a text is skipped; where the file stops being JSON, what
 * came before is kept.
 */
public final class AsNamesReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final RouteSink sink;

    /** Gives what it reads to {@code sink}. */
    public AsNamesReader(RouteSink sink) {
        this.sink = sink;
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the number of names
     */
    public int read(InputStream in, String name, TableFaults faults) throws IOException {
        // A reader replaces bytes that are not UTF-8, where the parser would give up.
        InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        int names = 0;
        try (JsonParser json = JSON.createParser(text)) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            try {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    faults.skipped(name, 1, LineFault.BAD_JSON, "");
                    return 0;
                }
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    int line = json.currentLocation().getLineNr();
                    int asn = asn(key);
                    JsonToken value = json.nextToken();
                    if (value == JsonToken.VALUE_STRING && asn != 0) {
                        byte[] utf8 = json.getText().getBytes(StandardCharsets.UTF_8);
                        int length = Utf8.cut(utf8, utf8.length, NameText.MAX);
                        sink.name(asn, utf8, 0, length);
                        names++;
                    } else {
                        LineFault fault = asn == 0 ? LineFault.BAD_ASN : LineFault.BAD_SHAPE;
                        faults.skipped(name, line, fault, excerpt(key));
                        json.skipChildren();
                    }
                }
            } catch (DamagedException e) {
                if (!e.soundBefore()) {
                    throw e;
                }
                int line = json.currentLocation().getLineNr();
                faults.skipped(name, line, LineFault.CUT_OFF, String.valueOf(e.getMessage()));
            } catch (StreamReadException e) {
                faults.skipped(name, e.getLocation().getLineNr(), LineFault.BAD_JSON, "");
            }
        }
        return names;
    }

    private static String excerpt(String key) {
        return key.substring(0, Math.min(key.length(), TableLines.EXCERPT));
    }

    /** An unsigned 32-bit number, or 0. */
    private static int asn(String key) {
        if (key.isEmpty() || key.length() > 10) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < key.length(); i++) {
            int digit = key.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value >>> 32 == 0 ? (int) value : 0;
    }
}
