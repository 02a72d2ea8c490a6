package org.asntally.job.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RibTimelineProperties {

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    private static List<RibMessage> messages(SplittableRandom random) {
        List<RibMessage> messages = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            String id = String.valueOf((char) ('a' + random.nextInt(4))).repeat(64);
            messages.add(RibMessage.version(new RibVersion(id, random.nextInt(6) * 10L, "")));
            messages.add(RibMessage.knownUntil(random.nextInt(100)));
        }
        return messages;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isTheSameWhateverTheOrderOfMessages(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RibMessage> messages = messages(random);
        RibTimeline one = new RibTimeline();
        messages.forEach(one::add);
        RibTimeline other = new RibTimeline();
        // In another order, and some twice.
        for (int i = 0; i < 4; i++) {
            other.add(messages.get(random.nextInt(messages.size())));
        }
        List<RibMessage> rest = new ArrayList<>(messages);
        while (!rest.isEmpty()) {
            other.add(rest.remove(random.nextInt(rest.size())));
        }
        assertThat(other.messages()).as("seed %d", seed).isEqualTo(one.messages());
        RibTimeline again = new RibTimeline();
        one.messages().forEach(again::add);
        assertThat(again.messages()).isEqualTo(one.messages());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theVersionInForceIsTheLatestThatIsNotLater(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RibTimeline timeline = new RibTimeline();
        messages(random).forEach(timeline::add);
        for (long time = -5; time < 70; time++) {
            RibVersion best = null;
            RibVersion oldest = timeline.versions().get(0);
            for (RibVersion version : timeline.versions()) {
                boolean inForce = version.validFrom() <= time;
                boolean better =
                        best == null
                                || version.validFrom() > best.validFrom()
                                || (version.validFrom() == best.validFrom()
                                        && version.id().compareTo(best.id()) > 0);
                best = inForce && better ? version : best;
            }
            assertThat(timeline.versions().get(timeline.at(time)))
                    .as("seed %d, time %d", seed, time)
                    .isEqualTo(best == null ? oldest : best);
        }
    }

    @Test
    void aVersionsNumberIsTheHeadOfItsHash() {
        assertThat(new RibVersion("ffffffffffffffff" + "00".repeat(24), 0, "").version())
                .isEqualTo(-1);
    }
}
