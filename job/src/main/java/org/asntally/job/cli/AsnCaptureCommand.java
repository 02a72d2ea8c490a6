package org.asntally.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.asntally.job.config.Finding;
import org.asntally.job.config.JobFile;
import org.asntally.job.config.JobFileReading;
import org.asntally.job.config.JobFiles;
import org.asntally.job.local.Console;
import org.asntally.job.local.DataFolder;
import org.asntally.job.local.LiveInputs;
import org.asntally.job.local.TemporaryFolder;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.job.run.CaptureJob;
import org.asntally.job.run.RunRequest;
import org.asntally.lookup.read.Reasons;
import org.asntally.lookup.rib.RibArchive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asn_capture}: stores where traffic goes, as the old program of that name. */
@Command(
        name = "asn_capture",
        header = "Capture packets and store which networks they go to, as asn_capture does.",
        synopsisHeading = "Usage: ",
        abbreviateSynopsis = true,
        description = {
            "",
            "Counts packets and bytes to public addresses, by AS, prefix and host, a minute at a time,"
                    + " and stores them as files. Packets to private, reserved and multicast addresses"
                    + " and to your own networks (--own) are left out.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "Input:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  asn_capture --interface eth0 --own 192.0.2.0/24,2001:db8::/32",
            "  asn_capture 'tcp port 443'",
            "  asn_capture --read traffic.pcap --output results",
            "",
            "SIGINT and SIGTERM end the capture; what was counted by then is stored."
        })
final class AsnCaptureCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILTER",
            arity = "0..1",
            description =
                    "Packets that count, in tcpdump's words; empty for all (default: ip, so IPv4"
                            + " only; both families: 'ip or ip6').")
    private String filter = "ip";

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IF",
            description =
                    "Capture from this interface (default: the first one); needs libpcap and the"
                            + " right to capture.")
    private @Nullable String live;

    @Option(
            names = {"-r", "--read"},
            paramLabel = "FILE",
            description =
                    "Read this capture, pcap or pcapng, in place of an interface; filters other than"
                            + " ip need libpcap.")
    private @Nullable String file;

    @Option(
            names = "--own",
            paramLabel = "NETWORK[,NETWORK...]",
            hideParamSyntax = true,
            split = ",",
            description = "Your own networks, prefixes or ASes: packets to them are left out.")
    private List<String> own = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where files are stored (default: asn_capture in the data folder).")
    private @Nullable String output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "json or csv (default: json).")
    private String format = "json";

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            description = "What one row is about, in time (default: 1m).")
    private String window = "1m";

    @Option(
            names = "--rib",
            paramLabel = "FILE|DIR",
            description =
                    "A routing table, or an archive of them (default: the archive in the data folder,"
                            + " else the starter table).")
    private @Nullable String rib;

    @Option(names = "--no-progress", description = "No status line on a terminal.")
    private boolean noProgress;

    @Mixin private CommonOptions common = new CommonOptions();

    private final Console console;
    private final RunCommand.Runner runner;

    AsnCaptureCommand(Console console, RunCommand.Runner runner) {
        this.console = console;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Fault {
        if (file != null && live != null) {
            throw new Fault(Problem.CONTRADICTION, "--read", "--interface");
        }
        DataFolder data = DataFolder.of(common.dataDir, console);
        Path folder = CountCommand.path("--output", output);
        JobFile job =
                job(
                        new CaptureJob.Order(
                                CountCommand.path("--read", file),
                                file != null ? "" : live != null ? live : LiveInputs.first(),
                                filter,
                                own,
                                table(data),
                                window,
                                folder == null ? data.path().resolve(CaptureJob.NAME) : folder,
                                format));
        if (job == null) {
            return ExitStatus.USAGE.code();
        }
        try (TemporaryFolder place = TemporaryFolder.make()) {
            return runner.run(
                    new RunRequest(
                            job,
                            place.path(),
                            data.archive(),
                            false,
                            Set.of(),
                            null,
                            null,
                            common.quiet,
                            !noProgress,
                            true),
                    console);
        }
    }

    private @Nullable Path table(DataFolder data) throws Fault {
        Path given = CountCommand.path("--rib", rib);
        if (given != null) {
            return given;
        }
        try {
            return new RibArchive(data.archive()).files().isEmpty() ? null : data.archive();
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable JobFile job(CaptureJob.Order order) throws Fault {
        JobFileReading reading;
        try {
            reading =
                    JobFiles.read(
                            new ByteArrayInputStream(CaptureJob.text(order).getBytes(UTF_8)),
                            CaptureJob.NAME,
                            console::variable);
        } catch (IOException e) {
            throw Fault.because(e, Problem.JOB_FAILED, Reasons.of(e));
        }
        for (Finding finding : reading.findings()) {
            console.err().println(finding.line());
        }
        return reading.file();
    }

    static final class Formats extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Formats() {
            super(List.of("json", "csv"));
        }
    }
}
