package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.asntally.deploy.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a plain message and the documented exit status; what can be read is counted. */
class BadInputE2E {

    private static final String TWO = "192.0.2.1\n198.51.100.7\n";

    @TempDir private Path place;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(place.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private Result count(String... arguments) throws Exception {
        return Program.asntally(place, "count").with(arguments).run().saysNoStackTrace();
    }

    private static void refused(Result result, int status, String... said) {
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.err()).containsPattern("AT-[A-Z]+-\\d{3}: ");
        for (String text : said) {
            assertThat(result.err()).contains(text);
        }
    }

    @Test
    void aMissingFile() throws Exception {
        refused(count(place.resolve("nowhere.log").toString()), 4, "nowhere.log");
    }

    @Test
    void aDirectory() throws Exception {
        Result result = count(place.toString());

        assertThat(result.status()).isIn(2, 4);
        assertThat(result.err()).contains("--recursive").containsPattern("AT-[A-Z]+-\\d{3}: ");
    }

    @Test
    void oneBadFileAmongGood() throws Exception {
        String good = file("good", TWO).toString();
        Result result = count("-I", "line", good, place.resolve("nowhere").toString(), good);

        refused(result, 4, "nowhere");
        assertThat(result.out()).contains("total: 4\n");
    }

    @Test
    void randomBytes() throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(place.resolve("random"), bytes);

        assertThat(count("-I", "line", file.toString()).status()).isIn(0, 4);
        assertThat(count(file.toString()).status()).isIn(0, 4);
    }

    @Test
    void aGzipThatWasCutOff() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 100_000; i++) {
                gzip.write(
                        ("198.51.100." + (i * 7919 % 251) + "\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
        byte[] whole = bytes.toByteArray();
        Path file =
                Files.write(
                        place.resolve("cut.gz"),
                        Arrays.copyOf(whole, whole.length - whole.length / 4));
        Result result = count("-I", "line", file.toString());

        refused(result, 4, "cut.gz");
        assertThat(result.out()).doesNotContain("total: 0\n").contains("total: ");
    }

    @Test
    void aLineOf50Megabytes() throws Exception {
        Path file = place.resolve("long");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("192.0.2.1\n".getBytes(StandardCharsets.US_ASCII));
            byte[] part = new byte[1 << 20];
            Arrays.fill(part, (byte) 'x');
            for (int i = 0; i < 50; i++) {
                out.write(part);
            }
            out.write("\n198.51.100.7\n".getBytes(StandardCharsets.US_ASCII));
        }
        Result result = count("-I", "line", file.toString());

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("total: 2\n");
        assertThat(result.err()).contains("skipped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1\r\n198.51.100.7\r\n",
                "192.0.2.1\n\u0000\u0000\n198.51.100.7",
                "192.0.2.1\n\u00ff\u00fe\u00c3\n198.51.100.7\n",
                "\n\n192.0.2.1\n\n\n198.51.100.7\n\n",
                "# a comment\n192.0.2.1\n999.1.1.1\n198.51.100.7 # another\n"
            })
    void linesThatAreOdd(String text) throws Exception {
        Result result = count("-I", "line", file("odd", text).toString());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("total: 2\n");
    }

    @Test
    void nothingAtAll() throws Exception {
        Result result = count("-I", "line", file("empty", "").toString());

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("total: 0\n");
    }

    @Test
    void aTableThatIsRubbish() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(2).nextBytes(bytes);
        Path table = Files.write(place.resolve("rubbish.dat"), bytes);

        refused(count("--rib", table.toString(), "-I", "line", file("two", TWO).toString()), 3);
        refused(count("--rib", table.toString(), "-I", "line", file("none", "").toString()), 3);
    }

    @Test
    void unknownOptionsAndWords() throws Exception {
        refused(count("--no-such-option"), 2, "no-such-option");
        Result address = count("999.1.1.1");
        assertThat(address.status()).isIn(2, 4);
        assertThat(address.err()).contains("999.1.1.1");
    }

    @Test
    void strictStopsAtTheFirstBadLine() throws Exception {
        Result result = count("--strict", "-I", "line", file("odd", "192.0.2.1\nbad\n").toString());

        refused(result, 1, "bad");
    }

    @Test
    void aFullDiskUnderTheOutput() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        Result result = count("-I", "line", "-o", "/dev/full", file("two", TWO).toString());

        refused(result, 4, "/dev/full");
    }

    @Test
    void aFullDiskUnderStandardOutput() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        Result result =
                new Program(
                                place,
                                "/bin/sh",
                                "-c",
                                "\"$1\" count -I line \"$2\" >/dev/full",
                                "sh",
                                Program.DISTRIBUTION.resolve("bin/asntally").toString(),
                                file("two", TWO).toString())
                        .run()
                        .saysNoStackTrace();

        refused(result, 4);
    }

    @Test
    void anOutputThatCannotBeWrittenIsToldBeforeReading() throws Exception {
        Result result =
                Program.asntally(place, "count", "-I", "line", "-o")
                        .with(place.resolve("nowhere/report").toString())
                        .reading(Path.of("/dev/zero"))
                        .run()
                        .saysNoStackTrace();

        refused(result, 4, "nowhere/report");
    }

    @Test
    void namesInTheTableAreHostileText() throws Exception {
        Path table = file("table.dat", "192.0.2.0/24\t64496\n");
        Path names =
                file("names.json", "{\"64496\": \"EVIL\\tNET\\n\\u001b[31mred\\u0007, ZZ\"}\n");
        Path rib = place.resolve("evil.rib");
        Result built =
                Program.asntally(place, "rib", "build", "--names", names.toString())
                        .with("-o", rib.toString(), table.toString())
                        .run()
                        .saysNoStackTrace();
        assertThat(built.status()).as(built.err()).isZero();

        Result result =
                count(
                        "-O",
                        "tsv",
                        "--rib",
                        rib.toString(),
                        "-I",
                        "line",
                        file("two", TWO).toString());
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("\t64496\tEVIL NET ")
                .doesNotContain("\u001b")
                .doesNotContain("\u0007");
        assertThat(result.err()).doesNotContain("\u001b");
    }
}
