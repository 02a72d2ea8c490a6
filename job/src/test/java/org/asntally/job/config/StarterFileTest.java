package org.asntally.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The starter file is valid, and so is each line of it that waits behind a comment sign. */
class StarterFileTest {

    private static final Pattern UNSET = Pattern.compile("(?m)^( *)#([a-z0-9-]+: .*)$");

    @Test
    void isValidAsItIs() {
        JobFileReading reading = JobFilesTest.read(StarterFile.text());

        assertThat(reading.errors()).as("%s", reading.findings()).isZero();
        assertThat(StarterFile.text()).contains("\nsources:\n").doesNotContain("\t");
        assertThat(StarterFile.text().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void eachKeyThatIsNotSetMayBe() {
        Matcher unset = UNSET.matcher(StarterFile.text());
        List<String> set = new ArrayList<>();
        while (unset.find()) {
            JobFileReading reading = JobFilesTest.read(with(unset));
            assertThat(reading.errors()).as("%s: %s", unset.group(2), reading.findings()).isZero();
            set.add(unset.group(2));
        }
        assertThat(set).hasSizeGreaterThan(30);
    }

    /** The file with this line; some need networks of a name, or a count by prefix. */
    private static String with(Matcher unset) {
        String text = StarterFile.text();
        boolean networks = unset.group(2).startsWith("networks:");
        boolean moves = unset.group(2).startsWith("moves:");
        String rest = text.substring(unset.end());
        return text.substring(0, unset.start())
                + unset.group(1)
                + unset.group(2)
                + (moves
                        ? rest.replace("by-as", "by-prefix").replace("by: [asn]", "by: [prefix]")
                        : rest)
                + (networks ? "" : "networks: {mine: [192.0.2.0/24]}\n");
    }

    @Test
    void hasEveryKeyThatALogNeeds() {
        List<Section> sections =
                List.of(
                        JobKeys.Rib.SECTION,
                        JobKeys.Count.SECTION,
                        JobKeys.Sink.SECTION,
                        JobKeys.Time.SECTION,
                        JobKeys.Checkpoints.SECTION);
        for (Section section : sections) {
            for (Key<?> key : section.keys()) {
                assertThat(StarterFile.text()).containsPattern("(?m)^ +#?" + key.name() + ": ");
            }
        }
    }
}
