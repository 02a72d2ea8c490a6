package org.asntally.sources.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
    private static final byte[] ONE = "192.0.2.1\n".repeat(50_000).getBytes(US_ASCII);
    private static final byte[] TWO = "2001:db8::1\n".getBytes(US_ASCII);

    @ParameterizedTest
    @EnumSource(Compression.class)
    void isToldByContentAndUnpacksAllMembers(Compression compression) throws IOException {
        byte[] packed = Packed.pack(compression, ONE, new byte[0], TWO);

        assertThat(Compression.of(packed, packed.length)).isEqualTo(compression);
        assertThat(compression.unpack(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(concat(ONE, TWO));
        try (InputStream in = Compression.unpackUnknown(new ByteArrayInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(concat(ONE, TWO));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void isToldOfAnEmptyInput(Compression compression) throws IOException {
        byte[] packed = Packed.pack(compression, new byte[0]);

        assertThat(Compression.of(packed, packed.length)).isEqualTo(compression);
        assertThat(compression.unpack(new ByteArrayInputStream(packed)).readAllBytes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void whatIsCutOffGivesWhatWasThereAndAnError(Compression compression) throws IOException {
        byte[] text = new byte[300_000];
        new Random(7).nextBytes(text);
        byte[] packed = Packed.pack(compression, ONE, text);
        byte[] cut = Arrays.copyOf(packed, packed.length - 9);
        InputStream in = compression.unpack(new ByteArrayInputStream(cut));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(
                        () -> {
                            byte[] into = new byte[1 << 18];
                            for (int n = in.read(into); n >= 0; n = in.read(into)) {
                                out.write(into, 0, n);
                            }
                        })
                .isInstanceOf(IOException.class);
        assertThat(out.size()).isGreaterThanOrEqualTo(ONE.length);
        assertThat(Arrays.copyOf(out.toByteArray(), ONE.length)).isEqualTo(ONE);
    }

    @Test
    void gzipMembersAreFoundBehindSlowPipes() throws IOException {
        byte[] packed = Packed.pack(Compression.GZIP, TWO, TWO);
        InputStream slow =
                new ByteArrayInputStream(packed) {
                    @Override
                    public synchronized int available() {
                        return 0;
                    }

                    @Override
                    public synchronized int read(byte[] into, int at, int length) {
                        return super.read(into, at, Math.min(length, 1));
                    }
                };
        assertThat(Compression.unpackUnknown(slow).readAllBytes()).isEqualTo(concat(TWO, TWO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B", "BZ", "BZh", "BZh91AY&S", "(", "192.0.2.1", "\u001f\u008b"})
    void textThatBeginsLikeAMarkStaysText(String text) throws IOException {
        byte[] bytes = text.getBytes(ISO_8859_1);

        assertThat(Compression.of(bytes, bytes.length)).isEqualTo(Compression.NONE);
        assertThat(Compression.unpackUnknown(new ByteArrayInputStream(bytes)).readAllBytes())
                .isEqualTo(bytes);
    }

    private static byte[] concat(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
