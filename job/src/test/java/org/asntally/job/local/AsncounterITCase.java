package org.asntally.job.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.asntally.job.Windows;
import org.asntally.job.local.CountRequest.Dialect;
import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.job.local.CountRequest.ReportFormat;
import org.asntally.job.local.CountRequest.Rounding;
import org.asntally.job.local.CountRequest.Sides;
import org.asntally.job.local.CountRequest.Weight;
import org.asntally.sinks.ReportOutput;
import org.asntally.sinks.TableKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** asncounter's own examples through the whole graph, on a table of documentation prefixes. */
@Timeout(120)
class AsncounterITCase {

    @TempDir Path folder;

    private String err = "";

    @Test
    void roundsEachNumberHalfToEvenWhenItIsRecorded() throws Exception {
        String report = count(InputFormat.TUPLE, Rounding.RECORD, "192.0.2.2 3.4\n192.0.2.2 2.5\n");

        assertThat(report)
                .isEqualTo(
                        """
                        count\tpercent\tASN\tAS
                        5\t100.0\t64496\t
                        total: 5
                        count\tpercent\tprefix\tASN\tAS
                        5\t100.0\t192.0.2.0/24\t64496\t
                        total: 5
                        """);
    }

    @Test
    void roundsTheExactSumWhereThatIsAskedFor() throws Exception {
        assertThat(count(InputFormat.TUPLE, Rounding.DISPLAY, "192.0.2.2 3.4\n192.0.2.2 2.5\n"))
                .startsWith("count\tpercent\tASN\tAS\n6\t100.0\t64496\t\n");
    }

    @Test
    void tellsWhatItCannotReadAndGoesOn() throws Exception {
        String report =
                count(
                        InputFormat.LINE,
                        Rounding.RECORD,
                        "192.0.2.1 # comment\n\n2001:db8::1\n# comment\n999.1.1.1\n203.0.113.9\n");

        assertThat(report)
                .startsWith(
                        """
                        count\tpercent\tASN\tAS
                        1\t33.33\t64496\t
                        1\t33.33\t64511\t
                        1\t33.33\tNone\tNone
                        total: 3
                        """);
        assertThat(err)
                .contains("AT-IN-008: ", ":5: bad-address in '999.1.1.1'")
                .contains("INFO: unique ASN: 3\n")
                .contains("INFO: total skipped: 2\n", "INFO: total failed: 1\n");
    }

    private String count(InputFormat format, Rounding rounding, String text) throws Exception {
        Path table =
                Files.writeString(
                        folder.resolve("ipasn"), "192.0.2.0/24\t64496\n2001:db8::/32\t64511\n");
        Path input = Files.writeString(folder.resolve("input"), text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Console console = Console.of(new ByteArrayInputStream(new byte[0]), out, said, Map.of());
        String tmp = System.getProperty("java.io.tmpdir");
        OutputStream former = ReportOutput.replaceStdout(out);
        try {
            int status = LocalRun.count(request(format, rounding, table, input), console, true);
            assertThat(status).isZero();
        } finally {
            ReportOutput.replaceStdout(former);
            System.setProperty("java.io.tmpdir", tmp);
        }
        err = said.toString(StandardCharsets.UTF_8);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static CountRequest request(
            InputFormat format, Rounding rounding, Path table, Path input) {
        Console none =
                Console.of(
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Map.of());
        return new CountRequest(
                "asncounter",
                Dialect.ASNCOUNTER,
                new CountRequest.Inputs(List.of(), List.of(input.toString()), false),
                new CountRequest.Reading(format, null, ZoneId.of("UTC"), null, true, false),
                new CountRequest.Counting(
                        new LinkedHashSet<>(List.of(TableKey.ASN, TableKey.PREFIX)),
                        Sides.SOURCE,
                        Weight.DEFAULT,
                        Windows.ALL),
                new CountRequest.Output(
                        ReportFormat.TSV,
                        10,
                        true,
                        rounding,
                        true,
                        null,
                        null,
                        null,
                        null,
                        "127.0.0.1",
                        false),
                new CountRequest.RibChoice(table, null, DataFolder.of("unused", none)),
                new CountRequest.Run(2, false, false, false, false));
    }
}
