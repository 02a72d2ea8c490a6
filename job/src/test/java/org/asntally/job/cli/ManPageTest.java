package org.asntally.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.asntally.job.local.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManPageTest {

    private static final Console CONSOLE =
            Console.of(
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    Map.of());

    private static final String PAGE = ManPage.of(CONSOLE);

    @TempDir private Path folder;

    @Test
    void hasEachCommandAndEachOption() {
        CommandLine program = new AsntallyCommand(CONSOLE, (request, where) -> 0).program();

        for (CommandLine command : ManPage.commands(program)) {
            String name = command.getCommandSpec().qualifiedName();
            assertThat(PAGE).contains(".SS \"" + name.replace("-", "\\-") + "\"\n");
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(PAGE).contains(option.longestName().replace("-", "\\-"));
            }
        }
    }

    @Test
    void noLineIsARequestByAccident() {
        assertThat(PAGE.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
                .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|RS|RE|B|br|nf|fi)( .*)?"));
        assertThat(PAGE).contains("journalctl \\-u sshd").doesNotContain("%n");
    }

    /** Each says nothing of a page that it can show. */
    @ParameterizedTest
    @ValueSource(strings = {"mandoc -Tlint -Werror", "man --warnings -E UTF-8 -l -Tutf8 -Z"})
    void programsThatShowItFindNothingWrong(String program) throws Exception {
        Path page = Files.writeString(folder.resolve("asntally.1"), PAGE);
        List<String> words = List.of(program.split(" "));
        assumeTrue(isThere(words.get(0)), words.get(0) + " is not installed");
        Process process =
                new ProcessBuilder("/bin/sh", "-c", program + " " + page + " 2>&1 >/dev/null")
                        .start();
        process.getOutputStream().close();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    private static boolean isThere(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", "command -v " + program).start().waitFor() == 0;
    }
}
