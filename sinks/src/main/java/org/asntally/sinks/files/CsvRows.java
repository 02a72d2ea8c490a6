package org.asntally.sinks.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.asntally.sinks.text.SafeText;
import org.jspecify.annotations.Nullable;

/** RFC 4180: a header, lines that end with CR LF. What a row has no value for is empty. */
final class CsvRows<T> implements ResultWriter<T>, RowCells.Cells {

    private static final int LARGE = 1 << 16;

    private final RowCells<T> rows;
    private final OutputStream out;
    private final StringBuilder text = new StringBuilder();
    private boolean inLine;

    CsvRows(RowCells<T> rows, OutputStream out) {
        this.rows = rows;
        this.out = out;
        text.append(String.join(",", rows.columns())).append("\r\n");
    }

    @Override
    public void write(T record) throws IOException {
        int size = rows.size(record);
        for (int row = 0; row < size; row++) {
            if (rows.shows(record, row)) {
                rows.write(record, row, this);
                text.append("\r\n");
                inLine = false;
                if (text.length() > LARGE) {
                    flush();
                }
            }
        }
    }

    @Override
    public void flush() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    private StringBuilder cell() {
        if (inLine) {
            text.append(',');
        }
        inLine = true;
        return text;
    }

    @Override
    public void text(String column, @Nullable String value) {
        StringBuilder cell = cell();
        if (value == null) {
            return;
        }
        String safe = SafeText.of(value);
        if (safe.indexOf(',') < 0 && safe.indexOf('"') < 0) {
            cell.append(safe);
        } else {
            cell.append('"').append(safe.replace("\"", "\"\"")).append('"');
        }
    }

    @Override
    public void number(String column, long value) {
        cell().append(value);
    }

    @Override
    public void none(String column) {
        cell();
    }

    @Override
    public void decimal(String column, double value) {
        cell().append(value);
    }

    @Override
    public void truth(String column, boolean value) {
        cell().append(value);
    }
}
