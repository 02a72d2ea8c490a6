package org.asntally.lookup.download;

import org.jspecify.annotations.Nullable;

/**
 * What a server said of a file's version, to be asked "changed since?" with.
 *
 * @param etag of the answer, as it came; null: none
 * @param lastModified of the answer, as it came; null: none
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {

    /** Nothing is known: the file is asked for without a condition. */
    public static final Validators NONE = new Validators(null, null);
}
