package org.asntally.sinks.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects lines and passes them on as UTF-8 in large pieces. */
final class TextOut {

    private static final int PIECE = 1 << 15;

    private final StringBuilder text = new StringBuilder(1024);
    private final OutputStream out;

    TextOut(OutputStream out) {
        this.out = out;
    }

    TextOut add(String more) {
        text.append(more);
        return this;
    }

    TextOut add(char more) {
        text.append(more);
        return this;
    }

    /** Text from outside. */
    TextOut addSafe(String more) {
        return add(SafeText.of(more));
    }

    TextOut add(long number) {
        text.append(number);
        return this;
    }

    void spaces(int count) {
        for (int i = 0; i < count; i++) {
            text.append(' ');
        }
    }

    void endLine() throws IOException {
        text.append('\n');
        if (text.length() > PIECE) {
            flush();
        }
    }

    void flush() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }
}
