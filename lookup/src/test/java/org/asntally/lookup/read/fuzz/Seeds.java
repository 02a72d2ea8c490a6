package org.asntally.lookup.read.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.asntally.lookup.read.mmdb.MmdbSeeds;
import org.asntally.lookup.read.mrt.MrtSeeds;

/** Small right inputs of every format, from which a fuzzer sets out. */
final class Seeds {

    private Seeds() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<byte[]> pyasn() {
        return Stream.of(
                utf8("; comment\n192.0.2.0/24\t64496\n2001:db8::/32\t64497 x\n"),
                utf8("198.51.100.7/32\t4294967295\r\n0.0.0.0/0\t1\n#\n192.0.2.0/33\t1\nx"));
    }

    static Stream<byte[]> ranges() {
        return Stream.of(
                utf8("192.0.2.0,192.0.2.255,64496,\"Sample, \"\"x\"\"\"\n1,2,3,FR\n"),
                utf8("2001:db8::,2001:db8::ffff,64497,é\n192.0.2.0,192.0.2.255,CA\n"));
    }

    static Stream<byte[]> iptoasn() {
        return Stream.of(
                utf8("192.0.2.0\t192.0.2.255\t64496\tCA\tSample\n1\t9\t0\tNone\tNot routed\n"),
                utf8("2001:db8::\t2001:db8::ffff\t64497\tFR\t\"A \"\"b\"\"\"\r\n"));
    }

    static Stream<byte[]> overrides() {
        return Stream.of(
                utf8("# ours\n192.0.2.0/24,64496,\"Sample, x\"\nAS64499,Name\n"),
                utf8("198.51.100.7\tAS64498\n 2001:db8::/32 , as64497 , y\r\n"));
    }

    static Stream<byte[]> names() {
        return Stream.of(
                utf8("{\"64496\": \"SAMPLE, CA\", \"1\": {\"a\": [1, null]}}"),
                utf8("{\"2\":\"\"}"));
    }

    static Stream<byte[]> asnDb() {
        ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        file.put(utf8("ASDBbin1")).putLong(1).putInt(0xc0000200).put((byte) 24).putInt(64_496);
        file.putLong(2).put(utf8("CA")).putLong(6).put(utf8("SAMPLE"));
        byte[] bytes = new byte[file.position()];
        file.get(0, bytes);
        return Stream.of(bytes);
    }

    static Stream<byte[]> mrt() {
        return MrtSeeds.all();
    }

    static Stream<byte[]> mmdb() {
        return MmdbSeeds.all();
    }

    static Stream<byte[]> packed() {
        byte[] text = utf8("192.0.2.0/24\t64496\n".repeat(20));
        return Stream.of(text, gzip(text), gzip(new byte[0]), bzip2(text), bzip2(new byte[0]));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] bzip2(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(packed, 1)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static Stream<byte[]> ribFile() {
        return Stream.of(
                new byte[] {(byte) 255, 0, 0, 70, 9},
                new byte[] {1, 0, 0, 3, 7, 4, 0, 0, 1, 33},
                new byte[] {15, 0, 1, 2, (byte) 255, 16, 0, 0, 1, 0x7f});
    }
}
