package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asntally.deploy.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Block lists from the packaged program: pipes, options in any place, exit statuses. */
class ListsE2E {

    @TempDir private Path place;

    private static List<String> networks(Result result) {
        return result.out().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void theStarterTableAnswersToo() throws Exception {
        Result all = Program.asntally(place, "prefixes", "AS3333").run().saysNoStackTrace();
        Result few = Program.asntally(place, "prefixes", "--aggregate", "3333").run();

        assertThat(all.status()).as(all.err()).isZero();
        assertThat(networks(few)).isNotEmpty().isSubsetOf(networks(all));
        assertThat(all.out())
                .contains("# table: ranges, valid from ", "# command: asntally prefixes AS3333\n");
        assertThat(all.err()).contains("table: starter table, ");
    }

    @Test
    void aReportOfCountIsReadFromAPipe() throws Exception {
        Path report = place.resolve("report.json");
        Path log = Program.ROOT.resolve("examples/access.log");
        assertThat(
                        Program.asntally(place, "count", "-O", "json", "-o", report.toString())
                                .with(log.toString())
                                .run()
                                .status())
                .isZero();

        Result seen =
                Program.asntally(place, "prefixes", "--seen-in", "-", "AS15169")
                        .reading(report)
                        .run()
                        .saysNoStackTrace();

        assertThat(seen.status()).as(seen.err()).isZero();
        assertThat(networks(seen)).contains("8.8.8.0/24", "66.249.64.0/19");
        Result routes = Program.asntally(place, "prefixes", "15169").run();
        assertThat(networks(routes)).containsAll(networks(seen));
    }

    @Test
    void aggregateReadsAPipe() throws Exception {
        Result result =
                Program.asntally(place, "aggregate", "--quiet")
                        .reading("193.0.0.0/25\n193.0.0.128-193.0.0.255\nx\n")
                        .run()
                        .saysNoStackTrace();

        assertThat(result.status()).isEqualTo(1);
        assertThat(networks(result)).containsExactly("193.0.0.0/24");
        assertThat(result.err()).startsWith("AT-LIST-006: <stdin>:3: 'x': ").hasLineCount(1);
    }

    @Test
    void aFileIsReplacedWhenThereIsAnotherListOnly() throws Exception {
        Path file = place.resolve("list.nft");
        Result first = written(file, "3333");
        byte[] list = Files.readAllBytes(file);
        Result second = written(file, "3333");
        Result none = written(file, "4199999999");

        assertThat(first.err()).startsWith("wrote ");
        assertThat(second.err()).startsWith(file + " is unchanged: ");
        assertThat(none.status()).isEqualTo(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(list);
        assertThat(Program.names(place)).noneMatch(name -> name.endsWith(".tmp"));
    }

    private Result written(Path file, String as) throws IOException, InterruptedException {
        return Program.asntally(place, "prefixes", as, "--format", "nft", "-o", file.toString())
                .run()
                .saysNoStackTrace();
    }

    @Test
    void aReaderThatGoesAwayIsNoFault() throws Exception {
        Result result =
                new Program(place, "/bin/sh", "-c")
                        .with(
                                Program.DISTRIBUTION.resolve("bin/asntally")
                                        + " prefixes 16509 | head -n 1")
                        .run()
                        .saysNoStackTrace();

        assertThat(result.out()).startsWith("# list: ");
        assertThat(result.err()).doesNotContain("AT-");
    }
}
