package org.asntally.sources.sflow;

import static org.asntally.sources.sflow.Datagrams.datagram;
import static org.asntally.sources.sflow.Datagrams.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.Sampling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two million packets, of which an exporter samples one in a thousand at random; datagrams of seven
 * samples are lost at random. Its numbers wrap in the middle, and then it starts anew.
 */
class MeasuredWeightProperties {

    private static final int PACKETS = 2_000_000;
    private static final int RATE = 1_000;
    private static final int SEEDS = 100;

    /** The exporter, with counters that are about to wrap. */
    private static final class Exporter {
        final SplittableRandom random;
        final double loss;
        final ReadDatagrams read;
        final List<byte[]> samples = new ArrayList<>();
        int datagrams = -70;
        int numbers = -500;
        int pool = -700_000;
        int uptime = 900_000;

        Exporter(long seed, double loss, Sampling.Mode mode) {
            this.random = new SplittableRandom(seed);
            this.loss = loss;
            this.read = new ReadDatagrams(SflowOptions.of(Sampling.of(mode)));
        }

        void observe(int packets) {
            int left = packets;
            while (true) {
                // Packets up to the next one that is sampled.
                double skip = Math.log(1 - random.nextDouble()) / Math.log(1 - 1.0 / RATE);
                if (skip >= left) {
                    pool += left;
                    return;
                }
                int step = 1 + (int) skip;
                left -= step;
                pool += step;
                samples.add(sample(++numbers, RATE, pool, Datagrams.from(numbers, 100)));
                if (samples.size() == 7) {
                    send();
                }
            }
        }

        void send() {
            uptime += 7;
            byte[] datagram = datagram(1, ++datagrams, uptime, samples.toArray(new byte[0][]));
            samples.clear();
            if (random.nextDouble() >= loss) {
                read.read(datagram);
                read.millis += 7;
            }
        }

        void startAnew() {
            samples.clear();
            datagrams = 0;
            numbers = 0;
            pool = 0;
            uptime = 0;
        }

        long counted() {
            return read.scaled(FlowColumn.PACKETS);
        }
    }

    private static long count(long seed, double loss, Sampling.Mode mode) {
        Exporter exporter = new Exporter(seed, loss, mode);
        exporter.observe(PACKETS / 2);
        exporter.startAnew();
        exporter.observe(PACKETS / 2);
        exporter.send();
        return exporter.counted();
    }

    @ParameterizedTest(name = "{0} lost")
    @CsvSource({"0", "0.1", "0.3"})
    void theSumIsTheTruthWhateverIsLost(double loss) {
        double sum = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            long counted = count(seed, loss, Sampling.Mode.MEASURED);
            assertThat((double) counted / PACKETS)
                    .as("seed %d, %s lost", seed, loss)
                    .isCloseTo(1, within(0.03));
            sum += counted;
        }
        assertThat(sum / SEEDS / PACKETS).as("mean, %s lost", loss).isCloseTo(1, within(0.005));
    }

    /** What everybody else counts; and that the loss of this test is one. */
    @ParameterizedTest(name = "{0} lost")
    @CsvSource({"0.1", "0.3"})
    void theDeclaredRateMissesWhatIsLost(double loss) {
        double sum = 0;
        for (long seed = 0; seed < 20; seed++) {
            sum += count(seed, loss, Sampling.Mode.DECLARED);
        }
        assertThat(sum / 20 / PACKETS).isCloseTo(1 - loss, within(0.03));
    }
}
