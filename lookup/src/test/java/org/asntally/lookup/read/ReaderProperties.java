package org.asntally.lookup.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.asntally.lookup.rib.RibBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers take any bytes: never an exception, never a route that does not hold, and each line is a
 * route, a fault or a comment. With {@code -Dasntally.long=true} five million mutations.
 */
@SuppressWarnings("StringConcatToTextBlock") // Tabs and ends of lines are to be seen.
class ReaderProperties {

    private static final int LINES = 50;

    /** Of one JSON text, which cannot be repeated in its stream. */
    private static final int ROUNDS = 8;

    private static final int MUTATIONS = Boolean.getBoolean("asntally.long") ? 5_000_000 : 200_000;
    private static final String ODD = ",./:\t\"#;0129afFx\r\0\n -{}é";

    enum Format {
        PYASN("192.0.2.0/24\t64496\n2001:db8::/32\t64497 x\n; c\n198.51.100.7/32\t4294967295\r\n"),
        RANGES(
                "192.0.2.0,192.0.2.255,64496,\"Sample, \"\"x\"\"\"\n"
                        + "3221225984,3221226239,64496,Plain\n"
                        + "2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,64497,\u00e9\n"),
        COUNTRIES(
                "192.0.2.0,192.0.2.255,CA\n3221225984,3221226239,FR\n2001:db8::,2001:db8::1,JP\n"),
        IPTOASN(
                "192.0.2.0\t192.0.2.255\t64496\tCA\tSample\n3221225984\t3221226239\t1\tNone\tX\r\n"
                        + "2001:db8::\t2001:db8::ffff\t64497\tFR\t\"A \"\"b\"\"\"\n"
                        + "203.0.113.0\t203.0.113.255\t0\tNone\tNot routed\n"),
        OVERRIDES(
                "192.0.2.0/24,64496,\"Sample, x\"\n198.51.100.7\tAS64498\nAS64499,Name\n"
                        + " 2001:db8::/32 , 64497 , y\n"),
        NAMES("{\"64496\": \"SAMPLE, CA\", \"1\": \"LVLT-1, US\", \"64497\": {\"a\": [1, null]}}");

        private final String sample;

        Format(String sample) {
            this.sample = sample;
        }

        int read(InputStream in, RouteSink sink, TableFaults faults) throws IOException {
            return switch (this) {
                case PYASN -> new PyasnReader(sink).read(in, "t", faults);
                case RANGES -> new IpLocationDbReader(sink).read(in, "t", faults);
                case COUNTRIES -> new IpLocationDbReader(sink).readCountries(in, "t", faults);
                case IPTOASN -> new IpToAsnReader(sink).read(in, "t", faults);
                case OVERRIDES -> new OverridesReader(sink).read(in, "t", faults);
                case NAMES -> new AsNamesReader(sink).read(in, "t", faults);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void takesAnything(Format format) throws IOException {
        byte[] sample = format.sample.getBytes(StandardCharsets.UTF_8);
        byte[] odd = ODD.getBytes(StandardCharsets.UTF_8);
        boolean oneText = format == Format.NAMES;
        AtomicLong faults = new AtomicLong();
        long routes = 0;
        int step = oneText ? ROUNDS : LINES;
        // Many mutated samples in one stream, for the readers' buffers cost more than the lines.
        for (int done = 0, seed = 1; done < MUTATIONS; done += step, seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int copies = oneText ? 1 : LINES;
            byte[] text = new byte[copies * sample.length];
            int length = 0;
            for (int i = 0; i < copies; i++) {
                System.arraycopy(sample, 0, text, length, sample.length);
                length += mutate(odd, random, text, length, sample.length);
            }
            for (int i = 1; oneText && i < ROUNDS; i++) {
                length = mutate(odd, random, text, 0, length);
            }
            RibBuilder builder = new RibBuilder();
            try {
                InputStream in = new ByteArrayInputStream(text, 0, length);
                routes += format.read(in, builder, (f, l, w, x) -> faults.incrementAndGet());
                if (done % 10_000 < step) {
                    builder.build();
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(faults.get()).isPositive();
        assertThat(routes).isPositive();
    }

    /** Changes or drops some bytes of {@code to[at, at + from)}; gives what is left. */
    private static int mutate(byte[] odd, SplittableRandom random, byte[] to, int at, int from) {
        int length = from;
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            int place = at + random.nextInt(length);
            switch (random.nextInt(3)) {
                case 0 -> to[place] = odd[random.nextInt(odd.length)];
                case 1 -> to[place] = (byte) random.nextInt();
                default -> {
                    int cut = random.nextInt(Math.min(8, at + length - place));
                    System.arraycopy(to, place + cut, to, place, at + length - place - cut);
                    length -= cut;
                }
            }
        }
        return length;
    }
}
