package org.asntally.sinks.blocklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.asntally.lookup.Prefix;
import org.asntally.lookup.prefixes.PrefixList;
import org.asntally.lookup.prefixes.PrefixSet;
import org.asntally.lookup.special.SpecialBlock;
import org.asntally.lookup.special.SpecialPurpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is never on a list is not on it, and nothing else is missing. */
class BlockListTest {

    private final List<String> losses = new ArrayList<>();

    private BlockList safe(PrefixList prefixes, PrefixSet except) {
        return BlockList.safe(
                ListName.DEFAULT,
                Families.BOTH,
                prefixes,
                except,
                Lists.header("asntally"),
                (v6, high, low, length, pieces) ->
                        losses.add(Prefix.text(v6, high, low, length) + " " + pieces));
    }

    private static List<String> texts(PrefixList list) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(list.text(i));
        }
        return texts;
    }

    @Test
    void specialPurposeNetworksAreLeftOutOrSplitAround() {
        BlockList list =
                safe(
                        Lists.prefixes(
                                "8.8.8.0/24",
                                "10.1.0.0/16",
                                "100.0.0.0/9",
                                "2001:db8::/48",
                                "fe80::/10"),
                        PrefixSet.EMPTY);

        assertThat(texts(list.prefixes())).containsExactly("8.8.8.0/24", "100.0.0.0/10");
        assertThat(losses)
                .containsExactly(
                        "10.1.0.0/16 0", "100.0.0.0/9 1", "2001:db8::/48 0", "fe80::/10 0");
    }

    @Test
    void halvesOfADefaultRouteAreNoneEither() {
        BlockList list =
                safe(
                        Lists.prefixes("0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"),
                        PrefixSet.EMPTY);

        assertThat(list.prefixes().toSet().holdsAll(false)).isFalse();
        for (SpecialBlock block : SpecialPurpose.blocks()) {
            assertThat(
                            list.prefixes()
                                    .toSet()
                                    .overlaps(
                                            block.v6(), block.high(), block.low(), block.length()))
                    .as("%s", block)
                    .isFalse();
        }
        assertThat(list.aggregated().prefixes().size()).isPositive();
    }

    @Test
    void exceptionsInsideAPrefixSplitIt() {
        BlockList list =
                safe(
                        Lists.prefixes("8.8.8.0/24", "8.8.8.0/26", "9.9.9.0/24"),
                        Lists.prefixes("8.8.8.64/26", "9.9.9.0/24").toSet());

        assertThat(texts(list.prefixes())).containsExactly("8.8.8.0/26", "8.8.8.128/25");
        assertThat(losses).containsExactly("8.8.8.0/24 2", "9.9.9.0/24 0");
    }

    @Test
    void aggregationSwallowsAndJoinsPerFamily() {
        BlockList list =
                safe(
                                Lists.prefixes(
                                        "193.0.10.0/25",
                                        "193.0.10.128/25",
                                        "193.0.10.64/26",
                                        "2a02:2e0::/33",
                                        "2a02:2e0:8000::/33",
                                        "193.0.11.0/24"),
                                PrefixSet.EMPTY)
                        .aggregated();

        assertThat(texts(list.prefixes())).containsExactly("193.0.10.0/23", "2a02:2e0::/32");
        assertThat(list.count()).isEqualTo("1 IPv4 and 1 IPv6 prefixes");
    }

    private static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsAskedForWhatIsNeverListedIsNot(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PrefixList.Builder asked = new PrefixList.Builder();
        PrefixSet.Builder except = new PrefixSet.Builder();
        for (int i = 0; i < 60; i++) {
            boolean v6 = random.nextBoolean();
            SpecialBlock near =
                    SpecialPurpose.blocks().get(random.nextInt(SpecialPurpose.blocks().size()));
            boolean atBlock = near.v6() == v6 && random.nextBoolean();
            long high = atBlock ? near.high() : v6 ? random.nextLong() : 0;
            long low = atBlock ? near.low() : random.nextLong();
            asked.prefix(v6, high, low, random.nextInt(0, v6 ? 129 : 33));
            except.prefix(v6, high, low ^ random.nextInt(), random.nextInt(8, v6 ? 129 : 33));
        }
        PrefixList prefixes = asked.build();
        PrefixSet exceptions = except.build();
        PrefixSet never = BlockList.neverListed();

        PrefixList listed = safe(prefixes, exceptions).prefixes();

        listed.forEach(
                (v6, high, low, length) -> {
                    assertThat(SpecialPurpose.overlaps(v6, high, low, length)).isFalse();
                    assertThat(exceptions.overlaps(v6, high, low, length)).isFalse();
                    assertThat(length).isPositive();
                });
        PrefixSet missing = prefixes.toSet().minus(listed.toSet());
        assertThat(missing.minus(never).minus(exceptions).isEmpty()).isTrue();
        assertThat(listed.toSet().minus(prefixes.toSet()).isEmpty()).isTrue();
    }
}
