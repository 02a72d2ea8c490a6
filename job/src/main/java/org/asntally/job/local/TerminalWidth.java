package org.asntally.job.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How many columns the terminal has: {@code $COLUMNS}, else what {@code stty} says. */
public final class TerminalWidth {

    private static final int USUAL = 80;
    private static final int LEAST = 40;

    private TerminalWidth() {}

    /** The columns of the terminal; 80 when it does not say. */
    public static int of(Console console) {
        String columns = console.variable("COLUMNS");
        int width = columns == null ? asked() : number(columns);
        return width >= LEAST ? width : USUAL;
    }

    private static int asked() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] said = stty.getInputStream().readAllBytes();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return 0;
            }
            String[] words = new String(said, StandardCharsets.US_ASCII).trim().split(" ", 2);
            return words.length == 2 ? number(words[1]) : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
