package org.asntally.sources.files;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packs bytes, also as several members one after the other. */
public final class Packed {
    private Packed() {}

    /** Each text a member, stream or frame of its own. */
    public static byte[] pack(Compression compression, byte[]... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] text : texts) {
            try (OutputStream out = packing(compression, bytes)) {
                out.write(text);
            }
        }
        return bytes.toByteArray();
    }

    private static OutputStream packing(Compression compression, OutputStream out)
            throws IOException {
        return switch (compression) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case BZIP2 -> new BZip2CompressorOutputStream(out);
            case ZSTD -> new ZstdOutputStreamNoFinalizer(out);
            case XZ -> new XZOutputStream(out, new LZMA2Options(0));
        };
    }
}
