package org.asntally.job.run;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The local file system under another name, which may be full, or slow, for a while. */
public final class StubbornFileSystem extends LocalFileSystem {

    enum Mood {
        WILLING,
        /** What is written is refused. */
        FULL,
        /** Who writes waits until the mood changes. */
        SLOW
    }

    private static final URI PLACE = URI.create("stubborn:///");

    static volatile Mood mood = Mood.WILLING;

    /** How Flink finds it. */
    public static final class Factory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return "stubborn";
        }

        @Override
        public FileSystem create(URI uri) {
            return new StubbornFileSystem();
        }
    }

    @Override
    public URI getUri() {
        return PLACE;
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (mood == Mood.SLOW && System.nanoTime() < patience) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (mood == Mood.FULL) {
            throw new IOException("No space left on device");
        }
        return super.create(path, mode);
    }
}
