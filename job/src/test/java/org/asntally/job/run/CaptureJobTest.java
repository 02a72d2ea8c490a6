package org.asntally.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.asntally.job.filter.FilterEvaluator;
import org.asntally.job.filter.FilterExpression;
import org.asntally.job.filter.NoNames;
import org.asntally.lookup.Address;
import org.asntally.sources.FlowBatchBuilder;
import org.asntally.sources.FlowColumn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which destinations are public. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureJobTest {

    private FilterEvaluator filter;

    @BeforeAll
    void parse() throws Exception {
        filter =
                FilterExpression.parse(CaptureJob.publicDestinations())
                        .bind(NoNames.INSTANCE)
                        .evaluator();
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "172.32.0.1, true",
        "192.0.0.9, true",
        "192.31.196.1, true",
        "192.0.0.8, false",
        "0.1.2.3, false",
        "10.0.0.1, false",
        "100.64.0.1, false",
        "127.0.0.1, false",
        "169.254.1.1, false",
        "172.16.0.1, false",
        "192.0.2.1, false",
        "192.168.1.1, false",
        "198.18.0.1, false",
        "224.0.0.1, false",
        "239.1.1.1, false",
        "255.255.255.255, false",
        "2001:4860:4860::8888, true",
        "2001:1::1, true",
        "2001:20::7, true",
        "2001:1::9, false",
        "2001:db8::1, false",
        "::1, false",
        "fe80::1, false",
        "fd00::1, false",
        "ff02::1, false"
    })
    void publicIsWhatTheRegistriesSayNothingAgainst(String address, boolean isPublic) {
        byte[] text = address.getBytes(StandardCharsets.US_ASCII);
        Address parsed = new Address();
        FlowBatchBuilder flows =
                new FlowBatchBuilder(
                        Set.of(FlowColumn.TIME, FlowColumn.SOURCE, FlowColumn.DESTINATION));
        flows.startsAt(0);
        flows.time(0);
        if (parsed.parse(text, 0, text.length) == 6) {
            flows.source6(0x2001_0db8_0000_0000L, 1);
            flows.destination6(parsed.high(), parsed.low());
        } else {
            flows.source4(0xc0000201);
            flows.destination4(parsed.v4());
        }
        flows.endFlow();

        int chosen =
                filter.select(flows.build(), null, null, null, new byte[0], null, 1, new int[1]);

        assertThat(chosen == 1).isEqualTo(isPublic);
    }
}
