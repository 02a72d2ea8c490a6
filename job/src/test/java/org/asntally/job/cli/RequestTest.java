package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.asntally.job.Windows;
import org.asntally.job.local.CountRequest;
import org.asntally.job.local.CountRequest.InputFormat;
import org.asntally.job.local.CountRequest.ReportFormat;
import org.asntally.job.local.CountRequest.Rounding;
import org.asntally.job.local.CountRequest.Sides;
import org.asntally.job.local.CountRequest.Weight;
import org.asntally.sinks.TableKey;
import org.asntally.sources.text.LogReading;
import org.asntally.sources.text.TrustedProxies;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void countWithoutArgumentsReadsStandardInput() {
        CountRequest request = CommandLineRun.of("count").asked();

        assertThat(request.inputs())
                .isEqualTo(new CountRequest.Inputs(List.of(), List.of("-"), false));
        assertThat(request.reading().format()).isEqualTo(InputFormat.AUTO);
        assertThat(request.reading().mapV4()).isTrue();
        assertThat(request.counting().keys()).containsExactly(TableKey.ASN, TableKey.PREFIX);
        assertThat(request.counting().weight()).isEqualTo(Weight.DEFAULT);
        assertThat(request.output().format()).isEqualTo(ReportFormat.TSV);
        assertThat(request.output().top()).isEqualTo(10);
        assertThat(request.output().topGiven()).isFalse();
        assertThat(request.output().rounding()).isEqualTo(Rounding.DISPLAY);
        assertThat(request.rib().given()).isNull();
        assertThat(request.rib().dataFolder().path())
                .isEqualTo(Path.of("/nonexistent/.local/share/asntally"));
    }

    @Test
    void everyOptionOfCountReachesTheRequest() {
        CountRequest request =
                CommandLineRun.of(
                                "count",
                                "-I",
                                "log",
                                "--log-format",
                                "combined",
                                "--timezone",
                                "UTC",
                                "--date",
                                "2026-05-27",
                                "--recursive",
                                "--by",
                                "prefix,asn",
                                "--side",
                                "both",
                                "--weight",
                                "bytes",
                                "--window",
                                "5m",
                                "--slide",
                                "1m",
                                "--round",
                                "record",
                                "--no-map-v4",
                                "--strict",
                                "-t",
                                "-1",
                                "-O",
                                "prometheus",
                                "-o",
                                "out",
                                "--json",
                                "j",
                                "--csv",
                                "c",
                                "--no-names",
                                "--rib",
                                "r",
                                "--parallelism",
                                "3",
                                "--no-progress",
                                "--plan",
                                "--quiet",
                                "--debug",
                                "--data-dir",
                                "d",
                                "log",
                                "192.0.2.1",
                                "-",
                                "2001:db8::1")
                        .asked();

        assertThat(request.inputs())
                .isEqualTo(
                        new CountRequest.Inputs(
                                List.of("192.0.2.1", "2001:db8::1"), List.of("log", "-"), true));
        assertThat(request.reading())
                .isEqualTo(
                        new CountRequest.Reading(
                                InputFormat.LOG,
                                "combined",
                                ZoneId.of("UTC"),
                                LocalDate.of(2026, 5, 27),
                                false,
                                true));
        assertThat(request.counting().keys()).containsExactly(TableKey.PREFIX, TableKey.ASN);
        assertThat(request.counting().sides()).isEqualTo(Sides.BOTH);
        assertThat(request.counting().weight()).isEqualTo(Weight.BYTES);
        assertThat(request.counting().windows())
                .isEqualTo(new Windows(300_000, 60_000, ZoneOffset.UTC));
        assertThat(request.output())
                .isEqualTo(
                        new CountRequest.Output(
                                ReportFormat.PROMETHEUS,
                                -1,
                                true,
                                Rounding.RECORD,
                                false,
                                Path.of("out"),
                                Path.of("j"),
                                Path.of("c"),
                                null,
                                "127.0.0.1",
                                false));
        assertThat(request.rib().given()).isEqualTo(Path.of("r"));
        assertThat(request.rib().dataFolder().path()).isEqualTo(Path.of("d"));
        assertThat(request.run()).isEqualTo(new CountRequest.Run(3, true, true, false, true));
    }

    @Test
    void whatIsSaidOfTheFieldsOfLogsReachesTheRequest() {
        CountRequest request =
                CommandLineRun.of(
                                "count",
                                "--json-fields",
                                "client=ip,time=ts",
                                "--client-from",
                                "X-Forwarded-For",
                                "--trusted-proxy",
                                "private,192.0.2.0/24",
                                "--weight",
                                "request.cost")
                        .asked();

        assertThat(request.reading().format()).isEqualTo(InputFormat.JSON_LOG);
        assertThat(request.reading().jsonFields()).isEqualTo("client=ip,time=ts");
        assertThat(request.reading().logs())
                .isEqualTo(
                        new LogReading(
                                "X-Forwarded-For",
                                new TrustedProxies("private,192.0.2.0/24"),
                                "request.cost",
                                true));
        assertThat(request.counting().weight()).isEqualTo(Weight.FIELD);
        assertThat(CommandLineRun.of("count", "-I", "json-log").asked().reading().format())
                .isEqualTo(InputFormat.JSON_LOG);
        assertThat(CommandLineRun.of("count").asked().reading().logs()).isEqualTo(LogReading.USUAL);
        assertThat(CommandLineRun.of("asncounter").asked().reading().logs().prefixes()).isFalse();
    }

    @Test
    void tablesCanBeLeftOut() {
        assertThat(CommandLineRun.of("count", "--no-asn").asked().counting().keys())
                .containsExactly(TableKey.PREFIX);
        assertThat(
                        CommandLineRun.of("count", "--no-asn", "--no-prefixes")
                                .asked()
                                .counting()
                                .keys())
                .isEmpty();
    }

    @Test
    void jsonAndCsvHoldAllRowsUnlessToldOtherwise() {
        assertThat(CommandLineRun.of("count", "-O", "json").asked().output().top()).isNull();
        assertThat(CommandLineRun.of("count", "-O", "csv", "--by", "asn").asked().output().top())
                .isNull();
        assertThat(CommandLineRun.of("count", "-O", "json", "--top", "3").asked().output().top())
                .isEqualTo(3);
    }

    @Test
    void asncounterKnowsItsDefaults() {
        CountRequest request = CommandLineRun.as("asncounter").asked();

        assertThat(request.inputs().files()).containsExactly("-");
        assertThat(request.reading().format()).isEqualTo(InputFormat.LINE);
        assertThat(request.output().format()).isEqualTo(ReportFormat.TSV);
        assertThat(request.output().rounding()).isEqualTo(Rounding.RECORD);
        assertThat(request.output().port()).isNull();
        assertThat(request.output().names()).isTrue();
        assertThat(request.rib().cacheFolder()).isEqualTo(Path.of("/nonexistent/.cache/pyasn"));
    }

    @Test
    void countFollowsFiles() {
        assertThat(CommandLineRun.of("count", "--follow", "access.log").asked().inputs())
                .isEqualTo(new CountRequest.Inputs(List.of(), List.of("access.log"), false, true));
    }

    @Test
    void asncounterReadsAddressesBeforeTheInput() {
        assertThat(CommandLineRun.as("asncounter", "192.0.2.1").asked().inputs())
                .isEqualTo(new CountRequest.Inputs(List.of("192.0.2.1"), List.of(), false));
        assertThat(CommandLineRun.as("asncounter", "-i", "-", "192.0.2.1").asked().inputs())
                .isEqualTo(new CountRequest.Inputs(List.of("192.0.2.1"), List.of("-"), false));
    }

    @Test
    void asncounterTakesOptionsAsTheOldOneDid() {
        assertThat(CommandLineRun.as("asncounter", "--top=-1").asked().output().top())
                .isEqualTo(-1);
        assertThat(CommandLineRun.as("asncounter", "-t", "-1").asked().output().top())
                .isEqualTo(-1);
        assertThat(CommandLineRun.as("asncounter", "-t2").asked().output().top()).isEqualTo(2);
        assertThat(CommandLineRun.as("asncounter", "--output-f", "null").asked().output().format())
                .isEqualTo(ReportFormat.NULL);
        assertThat(CommandLineRun.as("asncounter", "-p").asked().output().port()).isEqualTo(8999);
        assertThat(CommandLineRun.as("asncounter", "--port", "0").asked().output().port()).isNull();
        assertThat(CommandLineRun.as("asncounter", "-p", "9000").asked().output().bind())
                .isEqualTo("0.0.0.0");
        assertThat(CommandLineRun.as("asncounter", "--no-asn").asked().output().names()).isFalse();
        assertThat(CommandLineRun.as("asncounter", "-O", "prometheus").asked().output().rounding())
                .isEqualTo(Rounding.DISPLAY);
    }
}
