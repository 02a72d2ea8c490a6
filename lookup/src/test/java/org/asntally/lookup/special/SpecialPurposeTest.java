package org.asntally.lookup.special;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The registries, row by row, against a list of addresses that was written apart from them. */
class SpecialPurposeTest {

    static List<SpecialBlock> blocks() {
        return SpecialPurpose.blocks();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "addresses.csv", numLinesToSkip = 1, delimiter = '|')
    void tellsWhatAnAddressIsFor(
            String address, @Nullable String prefix, @Nullable String name, @Nullable String reach)
            throws Exception {
        SpecialBlock found = of(number(address));

        if (prefix == null) {
            assertThat(found).isNull();
        } else {
            SpecialBlock block = Objects.requireNonNull(found, address);
            assertThat(block.prefix()).isEqualTo(prefix);
            assertThat(block.name()).isEqualTo(name);
            assertThat(block.reachable().words()).isEqualTo(reach);
            assertThat(block.globallyReachable()).isEqualTo("yes".equals(reach));
        }
    }

    @Test
    void everyRowIsInTheListOfAddresses() throws Exception {
        try (var list = SpecialPurposeTest.class.getResourceAsStream("addresses.csv")) {
            Set<String> listed =
                    new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                            .lines()
                            .skip(1)
                            .map(line -> Arrays.asList(line.split("\\|", -1)).get(1).trim())
                            .collect(Collectors.toSet());
            assertThat(SpecialPurpose.blocks())
                    .hasSizeGreaterThan(50)
                    .allSatisfy(block -> assertThat(listed).contains(block.prefix()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void aRowBeginsAndEndsWhereItSays(SpecialBlock block) {
        BigInteger first = first(block);
        BigInteger size = BigInteger.ONE.shiftLeft((block.v6() ? 128 : 32) - block.length());
        BigInteger last = first.add(size).subtract(BigInteger.ONE);

        assertThat(first.mod(size)).isZero();
        for (BigInteger inside : List.of(first, last)) {
            assertThat(of(block.v6(), inside)).isEqualTo(byScan(block.v6(), inside));
            assertThat(chain(block.v6(), inside)).contains(block);
        }
        for (BigInteger outside :
                List.of(first.subtract(BigInteger.ONE), last.add(BigInteger.ONE))) {
            if (outside.signum() >= 0 && outside.bitLength() <= (block.v6() ? 128 : 32)) {
                assertThat(of(block.v6(), outside)).isEqualTo(byScan(block.v6(), outside));
                assertThat(chain(block.v6(), outside)).doesNotContain(block);
            }
        }
        long high = block.high();
        long low = block.low();
        assertThat(SpecialPurpose.overlaps(block.v6(), high, low, block.length())).isTrue();
        assertThat(SpecialPurpose.overlapping(block.v6(), high, low, 1)).contains(block);
        assertThat(SpecialPurpose.overlapping(block.v6(), high, low, block.v6() ? 128 : 32))
                .contains(block);
        assertThat(block.rfc()).matches("RFC \\d+(, RFC \\d+)*");
    }

    @Test
    void overlapMeansAnAddressInCommon() {
        assertThat(SpecialPurpose.overlaps(false, 0, 0xc0000200L, 24)).isTrue();
        assertThat(SpecialPurpose.overlaps(false, 0, 0xc0000200L, 22)).isTrue();
        assertThat(SpecialPurpose.overlaps(false, 0, 0xc0000280L, 25)).isTrue();
        assertThat(SpecialPurpose.overlaps(false, 0, 0xc0000300L, 24)).isFalse();
        assertThat(SpecialPurpose.overlaps(false, 0, 0x08000000L, 9)).isFalse();
        assertThat(SpecialPurpose.overlaps(false, 0, 0, 0)).isTrue();
        assertThat(SpecialPurpose.overlaps(true, 0x20010db800000000L, 0, 48)).isTrue();
        assertThat(SpecialPurpose.overlaps(true, 0x20010db900000000L, 0, 32)).isFalse();
        assertThat(SpecialPurpose.overlaps(true, 0x2000000000000000L, 0, 3)).isTrue();
        assertThat(SpecialPurpose.overlapping(true, 0x2001000000000000L, 0, 16))
                .extracting(SpecialBlock::name)
                .contains("TEREDO", "Documentation", "ORCHIDv2")
                .doesNotContain("6to4");
    }

    @Test
    void findsWhatAScanFinds() {
        SplittableRandom random = new SplittableRandom(6890);
        for (int i = 0; i < 20_000; i++) {
            SpecialBlock near = SpecialPurpose.blocks().get(random.nextInt(blocks().size()));
            boolean v6 = near.v6();
            int bits = v6 ? 128 : 32;
            BigInteger address = first(near).flipBit(random.nextInt(bits));
            address =
                    address.xor(
                            new BigInteger(
                                    random.nextInt(bits), new java.util.Random(random.nextLong())));
            assertThat(of(v6, address)).as("%x", address).isEqualTo(byScan(v6, address));
        }
    }

    private static @Nullable SpecialBlock byScan(boolean v6, BigInteger address) {
        return chain(v6, address).stream()
                .max(java.util.Comparator.comparingInt(SpecialBlock::length))
                .orElse(null);
    }

    private static List<SpecialBlock> chain(boolean v6, BigInteger address) {
        int bits = v6 ? 128 : 32;
        return SpecialPurpose.blocks().stream()
                .filter(block -> block.v6() == v6)
                .filter(
                        block ->
                                address.xor(first(block)).shiftRight(bits - block.length()).signum()
                                        == 0)
                .toList();
    }

    private static BigInteger first(SpecialBlock block) {
        BigInteger low = new BigInteger(Long.toUnsignedString(block.low()));
        return new BigInteger(Long.toUnsignedString(block.high())).shiftLeft(64).add(low);
    }

    private record Numeric(boolean v6, BigInteger value) {}

    /** By the JDK's parser; it takes mapped addresses for IPv4, so these are written apart. */
    private static Numeric number(String address) throws Exception {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        BigInteger value = new BigInteger(1, bytes);
        boolean v6 = address.indexOf(':') >= 0;
        if (v6 && bytes.length == 4) {
            value = value.add(BigInteger.valueOf(0xffff).shiftLeft(32));
        }
        return new Numeric(v6, value);
    }

    private static @Nullable SpecialBlock of(Numeric address) {
        return of(address.v6(), address.value());
    }

    private static @Nullable SpecialBlock of(boolean v6, BigInteger address) {
        return v6
                ? SpecialPurpose.of6(address.shiftRight(64).longValue(), address.longValue())
                : SpecialPurpose.of4(address.intValue());
    }
}
