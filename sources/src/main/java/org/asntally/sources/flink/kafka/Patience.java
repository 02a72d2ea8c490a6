package org.asntally.sources.flink.kafka;

import java.util.List;
import org.asntally.sources.flink.Backoff;
import org.asntally.sources.flink.Notices;
import org.jspecify.annotations.Nullable;

/** How long to wait before what failed is tried again, and how it is told. One thread. */
final class Patience {

    private static final long LONGEST_MILLIS = 30_000;

    private final String name;
    private final Backoff backoff = new Backoff(LONGEST_MILLIS);

    Patience(String name) {
        this.name = name;
    }

    /**
     * Tells what failed.
     *
     * @param secrets what must not be shown
     * @return how long to wait now
     */
    long failed(Throwable cause, List<String> secrets) {
        Notices.inputTrouble(name, text(cause, secrets));
        return backoff.failed();
    }

    /** What failed does so no longer. */
    void succeeded() {
        backoff.succeeded();
    }

    /** The innermost cause that says something, in one line and without secrets. */
    static String text(Throwable failure, List<String> secrets) {
        String text = null;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                text = message;
            }
        }
        return hide(text == null ? failure.getClass().getSimpleName() : text, secrets);
    }

    private static String hide(String text, List<String> secrets) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "***");
        }
        int line = hidden.indexOf('\n');
        return line < 0 ? hidden : hidden.substring(0, line);
    }

    /** The failure of this kind among the causes, if it is one. */
    static <T extends Throwable> @Nullable T find(Class<T> kind, @Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }
}
