package org.asntally.sources.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** How an input is packed, told by its first bytes, never by its name. */
public enum Compression {
    /** Not at all. */
    NONE(""),
    /** gzip (RFC 1952), also of several members. */
    GZIP("\u001f\u008b\b"),
    /** bzip2, also of several streams; an empty one has a mark of its own. */
    BZIP2("BZh?1AY&SY", "BZh?\u0017rE8P\u0090"),
    /** Zstandard (RFC 8878), also of several frames. */
    ZSTD("(\u00b5/\u00fd"),
    /** xz, also of several streams. */
    XZ("\u00fd7zXZ\0");

    /** As many bytes as {@link #of} needs to be sure. */
    static final int HEAD = 10;

    private static final int BUFFER = 1 << 16;

    /** What unpacking may take; xz -9 needs 65 MB. */
    private static final int XZ_KIBIBYTES = 128 << 10;

    /** In a mark: any byte, here the size of blocks. */
    private static final char ANY = '?';

    private final String mark;
    private final String otherMark;

    Compression(String mark) {
        this(mark, mark);
    }

    Compression(String mark, String otherMark) {
        this.mark = mark;
        this.otherMark = otherMark;
    }

    /** The compression of an input that begins with these bytes. */
    public static Compression of(byte[] head, int length) {
        for (Compression compression : values()) {
            if (compression != NONE
                    && length >= compression.mark.length()
                    && compression.matches(head, length)) {
                return compression;
            }
        }
        return NONE;
    }

    /** Unpacks the stream; what is not packed comes as it is. */
    public InputStream unpack(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(new HonestStream(in), BUFFER);
            case BZIP2 -> new ByteByByte(new BZip2CompressorInputStream(in, true));
            case ZSTD -> new ZstdInputStreamNoFinalizer(in);
            case XZ -> new XZInputStream(in, XZ_KIBIBYTES);
        };
    }

    /**
     * Unpacks a stream of which nothing is known. Waits for no more bytes than it takes to see that
     * the stream is not packed, which is mostly one.
     */
    public static InputStream unpackUnknown(InputStream in) throws IOException {
        byte[] head = new byte[HEAD];
        int length = 0;
        while (length < HEAD && mayBePacked(head, length)) {
            int n = in.read(head, length, 1);
            if (n < 0) {
                break;
            }
            length += n;
        }
        PushbackInputStream whole = new PushbackInputStream(in, HEAD);
        whole.unread(head, 0, length);
        return of(head, length).unpack(whole);
    }

    private static boolean mayBePacked(byte[] head, int length) {
        for (Compression compression : values()) {
            if (compression.mark.length() > length && compression.matches(head, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(byte[] head, int length) {
        return matches(mark, head, length) || matches(otherMark, head, length);
    }

    private static boolean matches(String mark, byte[] head, int length) {
        for (int i = 0; i < Math.min(length, mark.length()); i++) {
            if (mark.charAt(i) != ANY && mark.charAt(i) != (head[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Java's gzip takes a stream that has nothing ready for one that has ended: wait and see. */
    private static final class HonestStream extends PushbackInputStream {
        HonestStream(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int ready = super.available();
            if (ready > 0) {
                return ready;
            }
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }

    /** Gives what was unpacked before an error, which bzip2's reader would drop with it. */
    private static final class ByteByByte extends FilterInputStream {
        private @Nullable IOException failure;

        ByteByByte(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (failure != null) {
                throw failure;
            }
            int n = 0;
            try {
                while (n < length) {
                    int next = in.read();
                    if (next < 0) {
                        break;
                    }
                    into[at + n++] = (byte) next;
                }
            } catch (IOException e) {
                failure = e;
                if (n == 0) {
                    throw e;
                }
            }
            return n == 0 && length > 0 ? -1 : n;
        }
    }
}
