package org.asntally.sources.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class StreamBytesTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesAllBytesInOrder(boolean live) throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        try (StreamBytes stream =
                new StreamBytes("test", () -> new ByteArrayInputStream(bytes), 5, live)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(drain(stream, out)).isEqualTo(ByteFeed.END);
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 5, bytes.length));
        }
    }

    @Test
    void copesWithStreamsThatGiveByteByByte() throws Exception {
        byte[] bytes = "192.0.2.1\n".repeat(1_000).getBytes(US_ASCII);
        InputStream slow =
                new ByteArrayInputStream(bytes) {
                    @Override
                    public synchronized int read(byte[] into, int at, int length) {
                        return super.read(into, at, Math.min(length, 1));
                    }
                };
        try (StreamBytes stream = new StreamBytes("test", () -> slow, 0, true)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            drain(stream, out);
            assertThat(out.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void whatCameIsThereWhileTheWriterIsSilent() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream pipe = new PipedInputStream(writer, 1 << 16);
        try (StreamBytes stream = new StreamBytes("test", () -> pipe, 0, true)) {
            byte[] into = new byte[100];
            assertThat(stream.read(into, 0, 100)).isZero();
            for (int i = 0; i < 3; i++) {
                writer.write("192.0.2.1\n".getBytes(US_ASCII));
                writer.flush();
                stream.available().get(10, TimeUnit.SECONDS);
                assertThat(stream.read(into, 0, 100)).isEqualTo(10);
                assertThat(stream.read(into, 0, 100)).isZero();
            }
            assertThat(stream.available().isDone()).isFalse();
        }
    }

    @Test
    void stopEndsASilentStreamAndKeepsWhatCame() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream pipe = new PipedInputStream(writer, 1 << 16);
        try (StreamBytes stream = new StreamBytes("test", () -> pipe, 0, true)) {
            writer.write("192.0.2.1\n198.51".getBytes(US_ASCII));
            writer.flush();
            stream.available().get(10, TimeUnit.SECONDS);
            stream.stop();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(drain(stream, out)).isEqualTo(ByteFeed.STOPPED);
            assertThat(out.toString(US_ASCII)).isEqualTo("192.0.2.1\n198.51");
        }
    }

    @Test
    void anErrorComesAfterTheBytesBeforeIt() throws Exception {
        InputStream broken =
                new ByteArrayInputStream(new byte[700_000]) {
                    @Override
                    public synchronized int read(byte[] into, int at, int length) {
                        if (pos > 600_000) {
                            throw new IndexOutOfBoundsException("hostile");
                        }
                        return super.read(into, at, length);
                    }
                };
        try (StreamBytes stream = new StreamBytes("test", () -> broken, 0, false)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThatThrownBy(() -> drain(stream, out))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("hostile");
            assertThat(out.size()).isGreaterThan(600_000);
        }
    }

    @Test
    void aStreamThatCannotBeOpenedSaysSo() throws Exception {
        try (StreamBytes stream =
                new StreamBytes(
                        "test",
                        () -> {
                            throw new IOException("closed");
                        },
                        0,
                        true)) {
            assertThatThrownBy(() -> drain(stream, new ByteArrayOutputStream()))
                    .hasMessage("closed");
        }
    }

    private static int drain(StreamBytes stream, ByteArrayOutputStream out) throws Exception {
        byte[] into = new byte[100_000];
        while (true) {
            int n = stream.read(into, 0, into.length);
            if (n < 0) {
                return n;
            }
            out.write(into, 0, n);
            if (n == 0) {
                stream.available().get(10, TimeUnit.SECONDS);
            }
        }
    }
}
