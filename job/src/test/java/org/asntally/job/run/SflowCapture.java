package org.asntally.job.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * A capture of sFlow datagrams of one exporter, as tcpdump writes it: a datagram a packet, of some
 * samples of one source, one of every {@link #RATE} packets.
 */
final class SflowCapture {

    static final int RATE = 512;
    static final int SAMPLES = 7;

    /** So many datagrams are missing in the middle of each capture. */
    static final int LOST = 5;

    /** Bytes of each packet that was sampled. */
    static final int FRAME = 1_000;

    private static final int SAMPLE = 80;
    private static final int DATAGRAM = 28 + SAMPLES * SAMPLE;
    private static final int FRAME_HEADERS = 14 + 20 + 8;
    private static final int PCAP_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int EXPORTER = 0xc000020a;

    private int number;

    private static byte[] head() {
        return ByteBuffer.allocate(PCAP_HEADER)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(1 << 18)
                .putInt(1)
                .array();
    }

    /** The next datagram of the exporter, in its packet, as a record. */
    private byte[] datagram(long millis, String source) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + FRAME_HEADERS + DATAGRAM);
        int length = FRAME_HEADERS + DATAGRAM;
        record.putInt((int) (millis / 1_000)).putInt((int) (millis % 1_000) * 1_000);
        record.putInt(length).putInt(length);
        record.putInt(0).putLong(0).putShort((short) 0x0800);
        record.putInt(0x4500_0000 | (length - 14)).putInt(0).putInt(0x4011_0000);
        record.putInt(EXPORTER).putInt(0xc000_02fe);
        record.putInt(50_000 << 16 | 6_343).putInt((8 + DATAGRAM) << 16);
        int of = ++number;
        record.putInt(5).putInt(1).putInt(EXPORTER).putInt(0);
        record.putInt(of).putInt(of * 10).putInt(SAMPLES);
        for (int i = 1; i <= SAMPLES; i++) {
            int sample = (of - 1) * SAMPLES + i;
            record.putInt(1).putInt(SAMPLE - 8);
            record.putInt(sample).putInt(3).putInt(RATE).putInt(sample * RATE).putInt(0);
            record.putInt(3).putInt(7).putInt(1);
            record.putInt(3).putInt(32).putInt(FRAME).putInt(6);
            record.put(NaiveTruth.bytes(source)).putInt(0xc633_6407);
            record.putInt(443).putInt(50_000).putInt(0).putInt(0);
        }
        return record.array();
    }

    /** Writes a capture, packed when its name says so; returns the time of its last datagram. */
    long write(Path file, NaiveTruth truth, long from, int datagrams) throws IOException {
        long time = from;
        OutputStream to = Files.newOutputStream(file);
        try (OutputStream out =
                file.toString().endsWith(".gz") ? new GZIPOutputStream(to, 1 << 16) : to) {
            out.write(head());
            for (int i = 0; i < datagrams; i++) {
                number += i == datagrams / 2 ? LOST : 0;
                time = from + 10L * i;
                out.write(datagram(time, truth, "192.0.2." + i % 251));
            }
        }
        return time;
    }

    private byte[] datagram(long time, NaiveTruth truth, String source) {
        truth.lines("flows", time, source, (long) RATE * FRAME, SAMPLES);
        return datagram(time, source);
    }
}
