package org.asntally.sources.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** Opens a stream where it is read; may block, as a FIFO without a writer does. */
@FunctionalInterface
public interface InputOpener extends Serializable {
    /** Opens it. */
    InputStream open() throws IOException;
}
