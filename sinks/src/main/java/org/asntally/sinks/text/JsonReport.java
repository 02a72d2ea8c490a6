package org.asntally.sinks.text;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.asntally.sinks.CounterWord;
import org.asntally.sinks.InputFacts;
import org.asntally.sinks.KeyCells;
import org.asntally.sinks.KeyKind;
import org.asntally.sinks.Report;
import org.asntally.sinks.ReportCounter;
import org.asntally.sinks.ReportSpec;
import org.asntally.sinks.ReportTable;
import org.asntally.sinks.ReportWindow;
import org.asntally.sinks.RibFacts;
import org.asntally.sinks.Side;
import org.asntally.sinks.TallyRows;
import org.jspecify.annotations.Nullable;

/**
 * A report as one JSON object.
 *
 * <pre>
 * {"rib": {"kind", "source", "valid_from", "attribution", "id"} | null,
 *  "input": {"names": [...], "format", "measure", "newest"},
 *  "window": {"window_start": null, "window_end": null},
 *  "tables": {"asn": [{"count", "percent", "asn", "as_name"}], "prefix": [{..., "prefix", ...}]},
 *  "total": N,
 *  "counters": {"read": N, ..., "reasons": [{"word", "reason", "source", "count"}]}}
 * </pre>
 *
 * Tables of other keys are called by them ({@code country}, {@code asn+country}) and have the
 * columns of {@link org.asntally.sinks.TableKey#columns}.
 *
 * <p>Counts are exact. Unrouted traffic has null as {@code asn}, {@code as_name} and {@code
 * prefix}. {@code newest} is the newest time of a flow that was read, null where there is none. By
 * window, an array {@code windows} takes the place of {@code window}, {@code tables} and {@code
 * total}, each element with {@code window_start}, {@code window_end}, {@code tables}, {@code
 * total}. With both sides tables are called {@code source-asn} and so on.
 */
final class JsonReport {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReport() {}

    static void write(Report report, ReportSpec spec, OutputStream out) throws IOException {
        // Closing it would close standard output.
        JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setCharacterEscapes(new JsonEscapes());
        json.writeStartObject();
        rib(spec.rib(), json);
        input(report, spec, json);
        if (spec.windowed()) {
            json.writeArrayFieldStart("windows");
            for (ReportWindow window : report.windows()) {
                json.writeStartObject();
                json.writeStringField("window_start", ReportWriter.time(window.start()));
                json.writeStringField("window_end", ReportWriter.time(window.end()));
                tables(window, spec, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        } else {
            json.writeObjectFieldStart("window");
            json.writeNullField("window_start");
            json.writeNullField("window_end");
            json.writeEndObject();
            tables(report.whole(), spec, json);
        }
        counters(report, json);
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private static void rib(@Nullable RibFacts rib, JsonGenerator json) throws IOException {
        if (rib == null) {
            json.writeNullField("rib");
            return;
        }
        json.writeObjectFieldStart("rib");
        json.writeStringField("kind", rib.kind());
        json.writeStringField("source", rib.source());
        json.writeStringField("valid_from", rib.validFrom());
        json.writeStringField("attribution", rib.attribution());
        json.writeStringField("id", rib.id());
        json.writeEndObject();
    }

    private static void input(Report report, ReportSpec spec, JsonGenerator json)
            throws IOException {
        InputFacts input = spec.input();
        json.writeObjectFieldStart("input");
        json.writeArrayFieldStart("names");
        if (input != null) {
            for (String name : input.names()) {
                json.writeString(name);
            }
        }
        json.writeEndArray();
        json.writeStringField("format", input == null ? null : input.format());
        json.writeStringField("measure", Words.of(spec.measure()));
        Instant newest = report.newest();
        json.writeStringField(
                "newest", newest == null ? null : ReportWriter.time(newest.toEpochMilli()));
        json.writeEndObject();
    }

    private static void tables(ReportWindow window, ReportSpec spec, JsonGenerator json)
            throws IOException {
        int measure = spec.exactColumn();
        json.writeObjectFieldStart("tables");
        TallyRows total = null;
        for (ReportSpec.Table shown : spec.tables()) {
            ReportTable table = window.table(shown.key(), shown.side());
            total = total == null ? table.total() : total;
            json.writeArrayFieldStart(Cells.name(spec, shown));
            double all = table.total().value(0, measure);
            for (int row : table.top(spec.top(ReportSpec.Format.JSON), measure)) {
                row(table, row, measure, all, spec, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeFieldName("total");
        total = total == null ? window.total(Side.SOURCE) : total;
        json.writeNumber(Numbers.exact(total, 0, measure));
    }

    private static void row(
            ReportTable table,
            int row,
            int measure,
            double all,
            ReportSpec spec,
            JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("count");
        json.writeNumber(Numbers.exact(table.rows(row), table.at(row), measure));
        json.writeFieldName("percent");
        json.writeNumber(Numbers.percent(table.value(row, measure), all));
        if (table.kind() == KeyKind.FIELDS) {
            fields(table, row, spec, json);
            json.writeEndObject();
            return;
        }
        boolean unrouted = table.unrouted(row);
        if (table.kind() == KeyKind.PREFIX) {
            json.writeStringField("prefix", unrouted ? null : table.prefix(row));
        }
        json.writeFieldName("asn");
        if (unrouted) {
            json.writeNull();
        } else {
            json.writeNumber(table.asn(row));
        }
        String name = unrouted || !spec.names() ? "" : table.name(row);
        json.writeStringField("as_name", name.isEmpty() ? null : name);
        json.writeEndObject();
    }

    private static void fields(ReportTable table, int row, ReportSpec spec, JsonGenerator json)
            throws IOException {
        try {
            table.cells(row, spec.names(), new Fields(json));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Each column as a field. */
    private record Fields(JsonGenerator json) implements KeyCells {
        @Override
        public void text(String column, @Nullable String value) {
            try {
                json.writeStringField(column, value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void number(String column, long value) {
            try {
                json.writeNumberField(column, value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void none(String column) {
            text(column, null);
        }
    }

    private static void counters(Report report, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("counters");
        for (CounterWord word : CounterWord.values()) {
            json.writeNumberField(Words.of(word), report.count(word));
        }
        json.writeArrayFieldStart("reasons");
        for (ReportCounter counter : report.counters()) {
            if (!counter.reason().isEmpty()) {
                json.writeStartObject();
                json.writeStringField("word", Words.of(counter.word()));
                json.writeStringField("reason", counter.reason());
                json.writeStringField("source", counter.source());
                json.writeNumberField("count", counter.count());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
