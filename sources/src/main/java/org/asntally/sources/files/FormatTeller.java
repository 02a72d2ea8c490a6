package org.asntally.sources.files;

import java.io.Serializable;
import org.asntally.sources.FlowFormat;
import org.jspecify.annotations.Nullable;

/** Tells a format from the first bytes of an input. */
@FunctionalInterface
public interface FormatTeller extends Serializable {

    /**
     * Looks at the unpacked head of an input.
     *
     * @param whole whether {@code head[0, length)} is all there is; else more may follow
     * @return null when nothing can be told from these bytes
     */
    @Nullable FlowFormat tell(byte[] head, int length, boolean whole);

    /** Whether no line in {@code text[from, to)} has more than blanks or a comment. */
    static boolean isBlank(byte[] text, int from, int to) {
        boolean comment = false;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c == '\n') {
                comment = false;
            } else if (c == '#') {
                comment = true;
            } else if (!comment && c != ' ' && c != '\t' && c != '\r') {
                return false;
            }
        }
        return true;
    }
}
