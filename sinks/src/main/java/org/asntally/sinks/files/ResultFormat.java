package org.asntally.sinks.files;

import java.io.IOException;
import java.io.OutputStream;

/** How result rows are written. */
public enum ResultFormat {
    /** One JSON object a line. */
    JSON(".json") {
        @Override
        public ResultWriter open(ResultSpec spec, OutputStream out) throws IOException {
            return new JsonRows(spec, out);
        }
    },
    /** RFC 4180, with a header. */
    CSV(".csv") {
        @Override
        public ResultWriter open(ResultSpec spec, OutputStream out) throws IOException {
            return new CsvRows(spec, out);
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
    public abstract ResultWriter open(ResultSpec spec, OutputStream out) throws IOException;
}
