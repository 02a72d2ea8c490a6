package org.asntally.sinks.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.asntally.lookup.prefixes.AddressRange;
import org.asntally.lookup.prefixes.NetworkFault;
import org.asntally.lookup.prefixes.NetworkText;
import org.asntally.sinks.RibFacts;
import org.jspecify.annotations.Nullable;

/**
 * Reads the prefixes and their origins back from what {@link JsonReport} wrote, of any window and
 * side; several reports may follow each other. Streams. Everything else in them is passed over, so
 * that later versions may say more.
 */
public final class SeenPrefixes {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String PREFIX = "prefix";

    /** Takes a row of a table of prefixes. */
    @FunctionalInterface
    public interface Sink {

        /** A prefix that traffic was counted for, and its origin, unsigned. */
        void seen(int asn, boolean v6, long high, long low, int length);
    }

    /** The file is no report, or not one that can be used; the message says why, for people. */
    public static final class FormatException extends IOException {
        private static final long serialVersionUID = 1;

        FormatException(String reason) {
            super(reason);
        }
    }

    private final Sink sink;
    private final NetworkText network = new NetworkText();
    private @Nullable RibFacts table;
    private boolean prefixTable;

    private SeenPrefixes(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads to the end; does not close.
     *
     * @return the routing table of the last report, if it had one
     * @throws FormatException if it is no report, or has no table of prefixes
     */
    public static @Nullable RibFacts read(InputStream in, Sink sink) throws IOException {
        SeenPrefixes reader = new SeenPrefixes(sink);
        try (JsonParser json = FACTORY.createParser(in)) {
            json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw new FormatException("it is no JSON report of asntally");
                }
                reader.object(json);
            }
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String line = place == null ? "" : " at line " + place.getLineNr();
            throw new FormatException("it is not JSON" + line);
        }
        if (!reader.prefixTable) {
            throw new FormatException("it has no table of prefixes (count --by prefix)");
        }
        return reader.table;
    }

    /** A report, or a window of one. */
    private void object(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("rib") && value == JsonToken.START_OBJECT) {
                table = rib(json);
            } else if (field.equals("windows") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    object(json);
                }
            } else if (field.equals("tables") && value == JsonToken.START_OBJECT) {
                tables(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private static RibFacts rib(JsonParser json) throws IOException {
        String kind = "";
        String source = "";
        String validFrom = null;
        String attribution = null;
        String id = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            String value = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
            json.skipChildren();
            switch (field) {
                case "kind" -> kind = value == null ? "" : value;
                case "source" -> source = value == null ? "" : value;
                case "valid_from" -> validFrom = value;
                case "attribution" -> attribution = value;
                case "id" -> id = value == null ? "" : value;
                default -> {}
            }
        }
        return new RibFacts(kind, source, validFrom, attribution, id);
    }

    private void tables(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY
                    && (name.equals(PREFIX) || name.endsWith("-" + PREFIX))) {
                prefixTable = true;
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    row(json);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void row(JsonParser json) throws IOException {
        String prefix = null;
        long asn = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals(PREFIX) && value == JsonToken.VALUE_STRING) {
                prefix = json.getText();
            } else if (field.equals("asn") && value == JsonToken.VALUE_NUMBER_INT) {
                asn = json.getLongValue();
            } else {
                json.skipChildren();
            }
        }
        if (prefix == null || asn == 0) {
            // Unrouted traffic.
            return;
        }
        byte[] text = prefix.getBytes(StandardCharsets.UTF_8);
        NetworkFault fault = network.read(text, 0, text.length);
        if (fault != null || prefix.indexOf('/') < 0 || asn < 0 || asn >>> 32 != 0) {
            String shown = prefix.length() > 60 ? prefix.substring(0, 60) : prefix;
            throw new FormatException(
                    "'" + SafeText.of(shown) + "' of AS" + asn + " is no prefix of an AS");
        }
        int origin = (int) asn;
        AddressRange.prefixes(
                network.isV6(),
                network.firstHigh(),
                network.firstLow(),
                network.lastHigh(),
                network.lastLow(),
                (v6, high, low, length) -> sink.seen(origin, v6, high, low, length));
    }
}
