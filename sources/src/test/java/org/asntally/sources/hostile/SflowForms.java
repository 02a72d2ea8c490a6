package org.asntally.sources.hostile;

import static org.asntally.sources.hostile.Decoder.repeat;
import static org.asntally.sources.sflow.Datagrams.join;
import static org.asntally.sources.sflow.Datagrams.typed;
import static org.asntally.sources.sflow.Datagrams.words;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.asntally.sources.SkipReason;
import org.asntally.sources.packet.Frames;
import org.asntally.sources.sflow.Datagrams;

/** Datagrams of one exporter, good and bad. */
final class SflowForms {

    private static final int AGENT = 0xc000020a;
    private static final int SAMPLES = 7;
    private static final int HEAD = 28;

    /** Bytes of the longest sample, in a datagram that is not too long for UDP. */
    private static final int LONG = 65_000;

    private SflowForms() {}

    private static byte[] sample(int number, byte[]... records) {
        return Datagrams.sample(number, 1_000, 1_000 * number, records);
    }

    private static byte[] header(int number) {
        return Datagrams.frame(1_518, Frames.numbered(0xc0000000 + number, 74));
    }

    private static byte[] goodSample(int number) {
        return sample(
                number,
                header(number),
                Datagrams.extendedSwitch(),
                Datagrams.gateway(64_496, 64_497, 64_498, 64_499, 64_500));
    }

    private static byte[][] samples(int number) {
        byte[][] samples = new byte[SAMPLES][];
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] = goodSample(number * SAMPLES + i);
        }
        return samples;
    }

    private static byte[] datagram(int number, byte[]... samples) {
        return Datagrams.datagram(AGENT, number, number, samples);
    }

    static Piece good(int number) {
        return Piece.good(datagram(number, samples(number)), SAMPLES);
    }

    /** A good one, and a sample of counters that fills what is left. */
    static Piece of(int number, int length) {
        byte[] datagram = datagram(number, samples(number));
        byte[] counters = typed(2, new byte[length - datagram.length - 8]);
        byte[] all = join(datagram, counters);
        all[HEAD - 1]++;
        return new Piece(all, SAMPLES, Map.of(SkipReason.COUNTER_SAMPLE, 1L), 0);
    }

    /** Sets the word at this place of a sample, or of a datagram. */
    private static byte[] with(byte[] bytes, int at, int word) {
        ByteBuffer.wrap(bytes).putInt(at, word);
        return bytes;
    }

    /** Samples that claim 2^32 records and have one. */
    static Piece recordsClaimed(int number) {
        byte[][] samples = new byte[SAMPLES][];
        for (int i = 0; i < SAMPLES; i++) {
            int of = number * SAMPLES + i;
            samples[i] = with(sample(of, header(of)), 8 + 28, -1);
        }
        return Piece.bad(datagram(number, samples), SkipReason.BAD_SAMPLE, SAMPLES);
    }

    /** A sample that claims 2^32 records and has 8,000 of no length. */
    static Piece emptyRecords(int number) {
        byte[] record = words(0x0bad, 0);
        byte[] sample = with(sample(number * SAMPLES, repeat(record, LONG / 8)), 8 + 28, -1);
        return Piece.bad(datagram(number, sample), SkipReason.BAD_SAMPLE);
    }

    /** A datagram that claims 2^32 samples. */
    static Piece samplesClaimed(int number) {
        byte[] datagram = with(datagram(number, samples(number)), HEAD - 4, -1);
        return new Piece(datagram, SAMPLES, Map.of(SkipReason.BAD_DATAGRAM, 1L), 0);
    }

    /** A datagram of 8,000 samples of no length. */
    static Piece emptySamples(int number) {
        byte[] all = repeat(words(0x0bad, 0), LONG / 8);
        byte[] datagram = with(datagram(number, all), HEAD - 4, LONG / 8);
        return Piece.bad(datagram, SkipReason.UNKNOWN_SAMPLE, LONG / 8);
    }

    /** The shortest samples that there are, which tell no packet. */
    static Piece shortSamples(int number) {
        byte[] sample = sample(number * SAMPLES);
        byte[] datagram = with(datagram(number, repeat(sample, 400)), HEAD - 4, 400);
        return Piece.bad(datagram, SkipReason.NO_ADDRESS, 400);
    }

    /** Records longer than their sample, headers than their record, a sample than its datagram. */
    static Piece lengths(int number) {
        byte[] sample = sample(number * SAMPLES, header(number));
        int record = 8 + 32;
        return switch (number % 4) {
            case 0 ->
                    Piece.bad(
                            datagram(number, with(sample, record + 4, 0x7fff_fffc)),
                            SkipReason.BAD_SAMPLE);
            case 1 ->
                    Piece.bad(
                            datagram(number, with(sample, record + 8 + 12, -4)),
                            SkipReason.BAD_SAMPLE);
            case 2 ->
                    Piece.bad(
                            datagram(number, with(sample, 4, 0xffff_fff0)),
                            SkipReason.BAD_DATAGRAM);
            default ->
                    Piece.bad(
                            datagram(number, with(sample, 4, sample.length)),
                            SkipReason.BAD_DATAGRAM);
        };
    }

    /** A path of 2^32 segments, 8,000 of which are there and empty. */
    static Piece pathSegments(int number) {
        byte[] route = words(1, 0xc0000201, 64_496, 64_497, 64_499, -1);
        byte[] gateway = typed(1003, join(route, repeat(words(2, 0), LONG / 8)));
        byte[] sample = sample(number * SAMPLES, header(number), gateway);
        return Piece.bad(datagram(number, sample), SkipReason.BAD_SAMPLE);
    }

    /** A packet whose chain of extension headers fills the datagram. */
    static Piece extensions(int number) {
        byte[] packet = Arrays.copyOf(PacketForms.chain(number), LONG);
        return Piece.good(datagram(number, sample(number, Datagrams.raw(12, 65_000, packet))), 1);
    }

    /** Numbers of datagrams and samples, and the exporter's clock, run backwards. */
    static Piece numbersBackwards(int number) {
        int back = 1_000_000 - 1_001 * number;
        byte[] datagram = Datagrams.datagram(AGENT, back, 50_000 * back, samples(back));
        return Piece.good(datagram, SAMPLES);
    }
}
