package org.asntally.sinks.files;

import java.io.IOException;
import java.io.OutputStream;

/** How result rows are written. */
public enum ResultFormat {
    /** One JSON object a line. */
    JSON(".json") {
        @Override
        public <T> ResultWriter<T> open(RowSpec<T> spec, OutputStream out) throws IOException {
            return new JsonRows<>(spec.cells(), out);
        }
    },
    /** RFC 4180, with a header. */
    CSV(".csv") {
        @Override
        public <T> ResultWriter<T> open(RowSpec<T> spec, OutputStream out) throws IOException {
            return new CsvRows<>(spec.cells(), out);
        }
    };

    private final String suffix;

    ResultFormat(String suffix) {
        this.suffix = suffix;
    }

    /** How the names of its files end. */
    public String suffix() {
        return suffix;
    }

    /** Begins a file. The stream stays the caller's. */
    public abstract <T> ResultWriter<T> open(RowSpec<T> spec, OutputStream out) throws IOException;
}
