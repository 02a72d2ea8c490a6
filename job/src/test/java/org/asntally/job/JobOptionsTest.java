package org.asntally.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.asntally.job.config.JobKeys;
import org.junit.jupiter.api.Test;

/** Flink's options are the keys of the job file. */
class JobOptionsTest {

    @Test
    void eachIsAKeyWithItsMeaning() {
        assertThat(JobOptions.all())
                .extracting(ConfigOption::key)
                .contains(
                        "asntally.name",
                        "asntally.parallelism",
                        "asntally.rib.path",
                        "asntally.rib.poll",
                        "asntally.time.max-ahead",
                        "asntally.window.timezone",
                        "asntally.checkpoints.interval")
                .doesNotContain("asntally.version", "asntally.sources")
                .doesNotHaveDuplicates();
        assertThat(JobOptions.all())
                .filteredOn(option -> option.key().equals("asntally.rib.poll"))
                .singleElement()
                .extracting(option -> option.description().toString())
                .isNotNull();
        assertThat(JobKeys.Rib.POLL.meaning()).isNotBlank();
    }

    @Test
    void whatAConfigurationSaysTakesThePlaceOfTheFile() {
        Configuration configuration = new Configuration();
        configuration.setString("asntally.rib.poll", "30s");
        configuration.setString("asntally.name", "other");
        configuration.setString("rest.port", "8081");

        assertThat(JobOptions.instead(configuration))
                .isEqualTo(Map.of("rib.poll", "30s", "name", "other"));
    }
}
