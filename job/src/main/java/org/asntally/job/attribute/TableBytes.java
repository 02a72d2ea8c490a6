package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a task gets the bytes of a table whose archive it cannot read. */
interface TableBytes {

    /** Nowhere: where every task runs beside the archive. */
    TableBytes NONE =
            new TableBytes() {
                @Override
                public @Nullable Path shipped(String id) {
                    return null;
                }

                @Override
                public @Nullable Path sent(String id) {
                    return null;
                }
            };

    /** The file that came with the job; null when none of this content hash did. */
    @Nullable Path shipped(String id) throws IOException;

    /**
     * A file, made now, of the parts that came while the job ran; null when they are not all here.
     * Whoever asks deletes it.
     */
    @Nullable Path sent(String id) throws IOException;
}
