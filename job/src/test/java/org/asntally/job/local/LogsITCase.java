package org.asntally.job.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asntally.job.Windows;
import org.asntally.job.local.CountRequest.Dialect;
import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.job.local.CountRequest.ReportFormat;
import org.asntally.job.local.CountRequest.Rounding;
import org.asntally.job.local.CountRequest.Sides;
import org.asntally.job.local.CountRequest.Weight;
import org.asntally.job.problem.Fault;
import org.asntally.sinks.ReportOutput;
import org.asntally.sinks.TableKey;
import org.asntally.sources.text.LogReading;
import org.asntally.sources.text.TrustedProxies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs through the whole graph, on a table of documentation prefixes. */
@Timeout(120)
class LogsITCase {
    private static final String JSON =
            "{\"ts\":1772366400.5,\"request\":{\"remote_ip\":\"192.0.2.1\",\"headers\":"
                    + "{\"X-Forwarded-For\":[\"2001:db8::1\"]}},\"size\":100,\"status\":200,"
                    + "\"duration\":2.5}\n";
    private static final String COMBINED =
            "192.0.2.1 - - [01/Mar/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 7 \"-\" \"curl\"\n";

    @TempDir Path folder;

    private String err = "";

    @Test
    void aLineOfAJsonLogIsOneHit() throws Exception {
        assertThat(count(Weight.DEFAULT, LogReading.USUAL, Windows.ALL, JSON.repeat(3)))
                .isEqualTo("count\tpercent\tASN\tAS\n3\t100.0\t64496\t\ntotal: 3\n");
        assertThat(err).contains("read as json-log (caddy)");
    }

    @Test
    void howFarTheAnswerReachesIsSaidWhereverTheNewestLineStands() throws Exception {
        String newest = COMBINED.replace("12:00:00 +0000", "12:30:00 +0100");
        for (Windows windows : List.of(Windows.ALL, Windows.tumbling(60_000))) {
            String older = COMBINED.replace("12:00", "10:00");

            count(Weight.HITS, LogReading.USUAL, windows, older + newest + older, older, "x\n");

            assertThat(err).contains("; up to 2026-03-01T11:30:00Z (");
        }
    }

    @Test
    void addressesByThemselvesReachNowhere() throws Exception {
        count(Weight.HITS, LogReading.USUAL, Windows.ALL, "192.0.2.1\n");

        assertThat(err).contains("counted 1").doesNotContain("up to");
    }

    @Test
    void amongTuplesTooWhateverTheRequestTook() throws Exception {
        assertThat(count(Weight.DEFAULT, LogReading.USUAL, Windows.ALL, JSON, "192.0.2.2 7.5\n"))
                .startsWith("count\tpercent\tASN\tAS\n8\t100.0\t64496\t\n");
    }

    @Test
    void bytesTimeAndFieldsAreWeights() throws Exception {
        assertThat(count(Weight.BYTES, LogReading.USUAL, Windows.ALL, JSON.repeat(2)))
                .startsWith("count\tpercent\tASN\tAS\n200\t");
        assertThat(count(Weight.TIME, LogReading.USUAL, Windows.ALL, JSON.repeat(2)))
                .startsWith("count\tpercent\tASN\tAS\n5\t");
        assertThat(
                        count(
                                Weight.FIELD,
                                LogReading.USUAL.withWeight("status"),
                                Windows.ALL,
                                COMBINED))
                .startsWith("count\tpercent\tASN\tAS\n200\t");
    }

    @Test
    void aFieldThatTheLogLacksIsRefused() {
        assertThatThrownBy(
                        () ->
                                count(
                                        Weight.FIELD,
                                        LogReading.USUAL.withWeight("cost"),
                                        Windows.ALL,
                                        COMBINED))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("log (combined)")
                .hasMessageContaining("'cost'");
        assertThatThrownBy(
                        () ->
                                count(
                                        Weight.HITS,
                                        LogReading.USUAL.withClientFrom(
                                                "X-Forwarded-For", TrustedProxies.OWN),
                                        Windows.ALL,
                                        COMBINED))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'X-Forwarded-For'");
    }

    @Test
    void theClientIsThatOfTheHeaderWhereThePeerIsTrusted() throws Exception {
        LogReading reading =
                LogReading.USUAL.withClientFrom(
                        "X-Forwarded-For", new TrustedProxies("192.0.2.0/24"));

        assertThat(count(Weight.HITS, reading, Windows.ALL, JSON.repeat(3)))
                .startsWith("count\tpercent\tASN\tAS\n3\t100.0\t64511\t\n");
    }

    @Test
    void aFormatThatChangesIsToldAgain() throws Exception {
        assertThat(
                        count(
                                Weight.BYTES,
                                LogReading.USUAL,
                                Windows.ALL,
                                COMBINED.repeat(100) + JSON.repeat(9)))
                .startsWith("count\tpercent\tASN\tAS\n1600\t");
        assertThat(err).contains("read as log (combined)", "read as json-log (caddy)");
        assertThat(err).doesNotContain("skipped");
    }

    @Test
    void aDateFarAheadIsAWindowOfItsOwn() throws Exception {
        assertThat(
                        count(
                                Weight.HITS,
                                LogReading.USUAL,
                                Windows.tumbling(3_600_000),
                                COMBINED.repeat(2) + COMBINED.replace("2026", "2099")))
                .contains("2026-03-01T12:00:00Z\t2026-03-01T13:00:00Z\t2\t")
                .contains("2099-03-01T12:00:00Z\t2099-03-01T13:00:00Z\t1\t");
    }

    private String count(Weight weight, LogReading logs, Windows windows, String... texts)
            throws Exception {
        Path table =
                Files.writeString(
                        folder.resolve("ipasn"), "192.0.2.0/24\t64496\n2001:db8::/32\t64511\n");
        List<String> inputs = new ArrayList<>();
        for (String text : texts) {
            Path input = folder.resolve("input" + inputs.size());
            inputs.add(Files.writeString(input, text).toString());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Console console = Console.of(new ByteArrayInputStream(new byte[0]), out, said, Map.of());
        String tmp = System.getProperty("java.io.tmpdir");
        OutputStream former = ReportOutput.replaceStdout(out);
        try {
            int status =
                    LocalRun.count(
                            request(weight, logs, windows, table, inputs, console), console, true);
            assertThat(status).isZero();
        } finally {
            ReportOutput.replaceStdout(former);
            System.setProperty("java.io.tmpdir", tmp);
            err = said.toString(StandardCharsets.UTF_8);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static CountRequest request(
            Weight weight,
            LogReading logs,
            Windows windows,
            Path table,
            List<String> inputs,
            Console console) {
        return new CountRequest(
                "asntally count",
                Dialect.COUNT,
                new CountRequest.Inputs(List.of(), inputs, false),
                new CountRequest.Reading(
                        InputFormat.AUTO, null, null, ZoneId.of("UTC"), null, true, false, logs),
                new CountRequest.Counting(Set.of(TableKey.ASN), Sides.SOURCE, weight, windows),
                new CountRequest.Output(
                        ReportFormat.TSV,
                        10,
                        true,
                        Rounding.DISPLAY,
                        true,
                        null,
                        null,
                        null,
                        null,
                        "127.0.0.1",
                        false),
                new CountRequest.RibChoice(table, null, DataFolder.of("unused", console)),
                new CountRequest.Run(2, false, false, false, false));
    }
}
