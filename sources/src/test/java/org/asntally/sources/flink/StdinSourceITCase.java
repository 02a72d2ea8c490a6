package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.FlowFormat;
import org.asntally.sources.SkipReason;
import org.asntally.sources.files.Compression;
import org.asntally.sources.files.FormatTeller;
import org.asntally.sources.files.InputOpener;
import org.asntally.sources.files.Packed;
import org.asntally.sources.text.ReaderOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams through a MiniCluster. */
@Timeout(60)
class StdinSourceITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = LocalJob.cluster();

    /** Sees numbers once there is a digit. */
    private static final FormatTeller DIGITS =
            (head, length, whole) -> {
                for (int i = 0; i < length; i++) {
                    if (head[i] >= '0' && head[i] <= '9') {
                        return NumberLines.WHOLE;
                    }
                }
                return null;
            };

    private static volatile InputStream stream = InputStream.nullInputStream();

    private final List<Notice> told = new ArrayList<>();
    private final List<Long> toldLines = new ArrayList<>();

    @BeforeEach
    void listen() {
        Notices.install(
                notice -> {
                    toldLines.add(notice.line());
                    told.add(notice);
                });
    }

    @AfterEach
    void forget() {
        EndOfInput.reset();
        Notices.reset();
    }

    @Test
    void slowLinesComeAsTheyAreWritten() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        stream = new PipedInputStream(writer, 1 << 16);
        LocalJob job = start(null);
        write(writer, "# numbers\n\n");
        long next = 0;
        for (int i = 0; i < 5; i++) {
            write(writer, next++ + "\n" + next++ + "\r\n" + next);
            await(job, next++);
            write(writer, "\n");
            await(job, next);
        }
        write(writer, "15");
        writer.close();

        Gathered gathered = job.await();

        assertThat(gathered.numbers).isEqualTo(LongStream.range(0, 16).boxed().toList());
        assertThat(gathered.positions).isSorted();
        assertThat(gathered.skips).isEqualTo(Map.of(SkipReason.BLANK, 2L));
        assertThat(told).extracting(Notice::kind).containsExactly(Notice.Kind.FORMAT_CHOSEN);
        assertThat(told.get(0).input()).isEqualTo(Notice.STDIN);
        assertThat(told.get(0).text()).isEqualTo("numbers");
    }

    @Test
    void aRequestEndsASilentStream() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        stream = new PipedInputStream(writer, 1 << 16);
        LocalJob job = start(NumberLines.WHOLE);
        write(writer, "0\n1\nbad\n12");
        await(job, 2);
        EndOfInput.request();

        Gathered gathered = job.await();

        assertThat(gathered.numbers).as("12 may be half of a line").containsExactly(0L, 1L);
        assertThat(gathered.skips).isEqualTo(Map.of(SkipReason.BAD_SHAPE, 1L));
        assertThat(toldLines).containsExactly(3L);
        writer.close();
    }

    @Test
    void aRequestEndsAStreamThatNeverSaidAnything() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        stream = new PipedInputStream(writer, 1 << 16);
        LocalJob job = start(null);
        EndOfInput.request();

        assertThat(job.await().batches).isZero();
        assertThat(told).isEmpty();
        writer.close();
    }

    @Test
    void packedAndEmptyStreamsAreRead() throws Exception {
        byte[] text = "7\n8\n9".getBytes(US_ASCII);
        stream = new ByteArrayInputStream(Packed.pack(Compression.XZ, text));
        assertThat(start(null).await().numbers).containsExactly(7L, 8L, 9L);

        stream = InputStream.nullInputStream();
        assertThat(start(null).await().batches).isZero();
        assertThat(Notices.failedInputs()).isEmpty();
    }

    @Test
    void aStreamThatIsClosedOrUnknownFails() throws Exception {
        stream = new ByteArrayInputStream("no number at all\n".getBytes(US_ASCII));
        assertThat(start(null).await().skips).isEqualTo(Map.of(SkipReason.BROKEN_INPUT, 1L));
        assertThat(Notices.failedInputs()).containsExactly(Notice.STDIN);
        Notices.reset();

        InputStream closed = InputStream.nullInputStream();
        closed.close();
        stream = closed;
        assertThat(start(null).await().skips).isEqualTo(Map.of(SkipReason.BROKEN_INPUT, 1L));
        assertThat(Notices.failedInputs()).containsExactly(Notice.STDIN);
    }

    private static LocalJob start(@Nullable FlowFormat format) throws Exception {
        InputOpener opener = () -> stream;
        return new LocalJob(
                new StdinSource(
                        opener,
                        format,
                        ReaderOptions.standard(),
                        Set.of(FlowColumn.PACKETS),
                        DIGITS),
                1,
                0);
    }

    private static void write(PipedOutputStream writer, String text) throws IOException {
        writer.write(text.getBytes(US_ASCII));
        writer.flush();
    }

    private static void await(LocalJob job, long numbers) throws InterruptedException {
        while (job.soFar().numbers.size() < numbers) {
            Thread.sleep(10);
        }
    }
}
