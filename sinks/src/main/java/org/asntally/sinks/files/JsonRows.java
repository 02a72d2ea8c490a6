package org.asntally.sinks.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.asntally.sinks.text.JsonEscapes;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. What a row has no value for is null. */
final class JsonRows<T> implements ResultWriter<T>, RowCells.Cells {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    private final RowCells<T> rows;
    private final JsonGenerator json;

    JsonRows(RowCells<T> rows, OutputStream out) throws IOException {
        this.rows = rows;
        json = FACTORY.createGenerator(out);
        json.setCharacterEscapes(new JsonEscapes());
        json.setRootValueSeparator(null);
    }

    @Override
    public void write(T record) throws IOException {
        int size = rows.size(record);
        try {
            for (int row = 0; row < size; row++) {
                if (rows.shows(record, row)) {
                    json.writeStartObject();
                    rows.write(record, row, this);
                    json.writeEndObject();
                    json.writeRaw('\n');
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void flush() throws IOException {
        json.flush();
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void text(String column, @Nullable String value) {
        write(() -> json.writeStringField(column, value));
    }

    @Override
    public void number(String column, long value) {
        write(() -> json.writeNumberField(column, value));
    }

    @Override
    public void none(String column) {
        write(() -> json.writeNullField(column));
    }

    @Override
    public void decimal(String column, double value) {
        write(() -> json.writeNumberField(column, value));
    }

    @Override
    public void truth(String column, boolean value) {
        write(() -> json.writeBooleanField(column, value));
    }
}
