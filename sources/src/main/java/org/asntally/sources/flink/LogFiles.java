package org.asntally.sources.flink;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.text.LineFormat;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;

/**
 * The file sources of a job: what to read and how. {@link #source} makes the source, which tells
 * its time itself, file by file: it wants {@code WatermarkStrategy.noWatermarks()}.
 *
 * @param name the source's name, for messages
 * @param paths files, patterns, folders (all files below)
 * @param follow whether files are read on as they grow and rotate, for ever; else they are
 *     archives, read once
 * @param fromEnd whether what a followed source finds the first time counts from its end on
 * @param poll how often a followed source looks
 * @param format of lines or of packets; null: lines, told from the first of each file
 * @param columns what is wanted of a flow; with {@link FlowColumn#TIME}, or time is that of reading
 * @param outOfOrder how much earlier than the latest of its file a flow may be and not be late
 * @param maxAhead how far ahead of the clock a flow may be and move time
 * @param idle how long a followed file without new lines holds time
 */
public record LogFiles(
        String name,
        List<String> paths,
        boolean follow,
        boolean fromEnd,
        Duration poll,
        @Nullable FlowFormat format,
        FormatTeller teller,
        ReaderOptions options,
        Set<FlowColumn> columns,
        Duration outOfOrder,
        Duration maxAhead,
        Duration idle)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** Unmodifiable copies. */
    public LogFiles {
        paths = List.copyOf(paths);
        columns = Set.copyOf(columns);
    }

    /** Followed files: a look four times a second, all of what is there, 10 s out of order. */
    public static LogFiles follow(
            String name,
            List<String> paths,
            @Nullable LineFormat format,
            FormatTeller teller,
            ReaderOptions options,
            Set<FlowColumn> columns) {
        return new LogFiles(
                name,
                paths,
                true,
                false,
                Duration.ofMillis(250),
                format,
                teller,
                options,
                columns,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }

    /** The source. One reader follows; archives are read by as many as there are. */
    public Source<FlowBatch, ?, ?> source() {
        return new FollowSource(this);
    }

    LineInputs lines() {
        return new LineInputs(List.of(), options, columns, teller, null);
    }
}
