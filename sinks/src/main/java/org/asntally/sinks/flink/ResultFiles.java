package org.asntally.sinks.flink;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.CheckpointRollingPolicy;
import org.asntally.sinks.WindowTally;
import org.asntally.sinks.files.ResultFormat;
import org.asntally.sinks.files.ResultWriter;
import org.asntally.sinks.files.RowSpec;
import org.jspecify.annotations.Nullable;

/**
 * Rows in files, each row exactly once: {@code FOLDER/NAME/2026-11-28/13/rows-…}, by day and hour
 * (UTC): of a count's results those of the window's start, of moves those of the moment.
 *
 * <p>A file is finished at each checkpoint, and before when it is large enough; until the
 * checkpoint is complete its name begins with a dot. Names are random: the same results are the
 * same rows, not the same files.
 */
public final class ResultFiles {

    private static final String PREFIX = "rows";

    /** How Flink names what is not finished: a dot, the name, and this before a random number. */
    private static final Pattern UNFINISHED =
            Pattern.compile("\\." + PREFIX + "-([0-9a-f]{8}-[0-9a-f]{8})-.*\\.inprogress\\..*");

    private ResultFiles() {}

    /**
     * The mark in the name of a file that is not finished.
     *
     * @return null of a finished one, and of one without a mark
     */
    public static @Nullable String markOfUnfinished(String name) {
        Matcher matcher = UNFINISHED.matcher(name);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /**
     * A sink of one kind of rows.
     *
     * @param folder any file system that Flink knows and that can go on with a file
     * @param largest bytes after which a file is finished before the checkpoint
     * @param longest time after which it is
     * @param mark twice eight hexadecimal digits that all names have in them; empty: none
     */
    public static <T> Sink<T> of(
            String folder,
            RowSpec<T> spec,
            ResultFormat format,
            long largest,
            Duration longest,
            String mark) {
        return FileSink.forBulkFormat(
                        new Path(new Path(folder), spec.name()), new Rows<>(spec, format))
                .withBucketAssigner(new ByTime<>(spec))
                .withRollingPolicy(new Rolling<>(largest, longest.toMillis()))
                .withOutputFileConfig(
                        OutputFileConfig.builder()
                                .withPartPrefix(mark.isEmpty() ? PREFIX : PREFIX + "-" + mark)
                                .withPartSuffix(format.suffix())
                                .build())
                .build();
    }

    /** The folder of a record's rows. Flink's own goes by the clock. */
    private static final class ByTime<T> implements BucketAssigner<T, String> {
        private static final long serialVersionUID = 1;
        private static final DateTimeFormatter HOUR =
                DateTimeFormatter.ofPattern("yyyy-MM-dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);

        private final RowSpec<T> spec;

        ByTime(RowSpec<T> spec) {
            this.spec = spec;
        }

        @Override
        public String getBucketId(T record, Context context) {
            long time = spec.time(record);
            return time == WindowTally.WHOLE_START
                    ? "all"
                    : HOUR.format(Instant.ofEpochMilli(time));
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }

    private static final class Rolling<T> extends CheckpointRollingPolicy<T, String> {
        private static final long serialVersionUID = 1;
        private final long largest;
        private final long longest;

        Rolling(long largest, long longest) {
            this.largest = largest;
            this.longest = longest;
        }

        @Override
        public boolean shouldRollOnEvent(PartFileInfo<String> file, T record) throws IOException {
            return file.getSize() >= largest;
        }

        @Override
        public boolean shouldRollOnProcessingTime(PartFileInfo<String> file, long now) {
            return now - file.getCreationTime() >= longest;
        }
    }

    private record Rows<T>(RowSpec<T> spec, ResultFormat format) implements BulkWriter.Factory<T> {
        @Override
        public BulkWriter<T> create(FSDataOutputStream out) throws IOException {
            ResultWriter<T> rows = format.open(spec, out);
            return new BulkWriter<>() {
                @Override
                public void addElement(T record) throws IOException {
                    rows.write(record);
                }

                @Override
                public void flush() throws IOException {
                    rows.flush();
                }

                @Override
                public void finish() throws IOException {
                    rows.flush();
                }
            };
        }
    }
}
