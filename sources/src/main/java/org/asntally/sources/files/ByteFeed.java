package org.asntally.sources.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Bytes of an input that can be asked for without waiting. One thread reads. */
interface ByteFeed extends Closeable {

    /** The input has ended. */
    int END = -1;

    /** Reading was stopped by {@link #stop}; there may have been more. */
    int STOPPED = -2;

    /** What {@link #available} gives when there is nothing to wait for. */
    CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    /**
     * Takes up to {@code length} bytes.
     *
     * @return how many; 0 when there are none now; {@link #END} or {@link #STOPPED}
     * @throws IOException when the input cannot be read further; what came before it was given
     */
    int read(byte[] into, int at, int length) throws IOException;

    /** Done when {@link #read} is worth a call. */
    CompletableFuture<Void> available();

    /** What is there already still comes, then {@link #STOPPED}. */
    void stop();

    @Override
    void close();
}
