package org.asntally.sinks.blocklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.asntally.sinks.RibFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each format byte for byte, as {@code src/test/golden/blocklist} has it; {@code
 * -Dgolden.write=true} writes those files anew.
 */
class BlockListFormatTest {

    private static final Path FOLDER = Path.of("src/test/golden/blocklist");

    /** Words that would leave a comment, a quotation or a line, if they could. */
    private static final String HOSTILE =
            "a\nINPUT -j DROP\r\u2028'\"; } deny all; /* */ C{ \\u000a $(x) `y` %n \u001b[2J\u00e9\\";

    private static BlockList list(BlockListFormat format, String... networks) {
        return BlockList.unchecked(
                ListName.DEFAULT,
                format.isOfOneFamily() ? Families.V4 : Families.BOTH,
                Lists.prefixes(networks),
                Lists.header("asntally", "prefixes", "AS64496", "--format", format.label()));
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void isByteForByte(BlockListFormat format) throws IOException {
        assertGolden(
                "601-" + format.label(),
                Lists.text(
                        list(
                                format,
                                "192.0.2.0/24",
                                "192.0.2.128/25",
                                "198.51.100.7",
                                "2001:db8::/32",
                                "2001:db8::7"),
                        format));
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void nothingLeavesTheHeader(BlockListFormat format) throws IOException {
        BlockList hostile =
                BlockList.unchecked(
                        ListName.DEFAULT,
                        format.isOfOneFamily() ? Families.V4 : Families.BOTH,
                        Lists.prefixes("192.0.2.0/24", "2001:db8::/32"),
                        new ListHeader(
                                HOSTILE.repeat(30),
                                Lists.NOON,
                                new RibFacts(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
                                List.of("asntally", HOSTILE)));

        String text = Lists.text(hostile, format);
        String plain = Lists.text(list(format, "192.0.2.0/24", "2001:db8::/32"), format);

        assertThat(text).isASCII().doesNotContain("\r").doesNotContain("\u001b");
        assertThat(text.lines()).allMatch(line -> line.length() < 600);
        assertThat(text.lines().filter(line -> line.endsWith("\\"))).isEmpty();
        assertThat(withoutHeader(text, format)).isEqualTo(withoutHeader(plain, format));
    }

    private static String withoutHeader(String text, BlockListFormat format) {
        return text.lines()
                .filter(
                        line ->
                                !line.matches(
                                        "(?s)"
                                                + Pattern.quote(format.comment())
                                                + "(list|made|table|data|command)\"?: .*"))
                .reduce("", (a, b) -> a + b + "\n");
    }

    @Test
    void aCommandIsQuotedAsForAShell() {
        assertThat(CommentText.command(List.of("asntally", "prefixes", "a b", "it's", "", "x=1")))
                .isEqualTo("asntally prefixes 'a b' 'it'\\''s' '' x=1".replace("\\", "%5C"));
        assertThat(CommentText.of("a\\\n\u00e9%")).isEqualTo("a%5C%0A%C3%A9%");
        assertThat(CommentText.of("x".repeat(1000))).hasSize(CommentText.LONGEST + 3);
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void anUncheckedListIsForReadersOnly(BlockListFormat format) throws IOException {
        BlockList exact =
                BlockList.exact(
                        ListName.DEFAULT,
                        Families.V4,
                        Lists.prefixes("192.0.2.0/24"),
                        Lists.header("asntally"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (format.isEnforced()) {
            assertThatThrownBy(() -> format.write(exact, out))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(out.size()).isZero();
        } else {
            format.write(exact, out);
            assertThat(out.toString(StandardCharsets.US_ASCII)).contains("192.0.2.0/24");
        }
    }

    @Test
    void iptablesHoldsOneFamily() {
        BlockList both = Lists.list(Families.BOTH, "192.0.2.0/24");

        assertThatThrownBy(() -> Lists.text(both, BlockListFormat.IPTABLES_RESTORE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void oneFamilyNamesNothingOfTheOther(BlockListFormat format) throws IOException {
        String four = Lists.text(Lists.list(Families.V4, "192.0.2.0/24", "2001:db8::/32"), format);
        String six = Lists.text(Lists.list(Families.V6, "192.0.2.0/24", "2001:db8::/32"), format);

        assertThat(four).contains("192.0.2.0").doesNotContain("2001:db8").doesNotContain("inet6");
        assertThat(six).contains("2001:db8::").doesNotContain("192.0.2.0");
    }

    @ParameterizedTest
    @EnumSource(BlockListFormat.class)
    void theNameIsInFormatsThatHaveOne(BlockListFormat format) throws IOException {
        BlockList named =
                BlockList.unchecked(
                        Objects.requireNonNull(ListName.of("bots")),
                        Families.V4,
                        Lists.prefixes("192.0.2.0/24"),
                        Lists.header("x"));

        assertThat(Lists.text(named, format).contains("asntally_bots")).isEqualTo(format.isNamed());
    }

    @Test
    void namesCannotBeWordsOfALanguage() {
        assertThat(ListName.DEFAULT.text()).isEqualTo("asntally");
        for (String name : List.of("bots", "a", "x_1", "abcdefghij123456")) {
            ListName given = Objects.requireNonNull(ListName.of(name), name);
            assertThat(given.text()).isEqualTo("asntally_" + name).hasSizeLessThan(27);
        }
        for (String name :
                List.of(
                        "",
                        "1a",
                        "A",
                        "a-b",
                        "a b",
                        "a\n",
                        "a;b",
                        "_a",
                        "abcdefghij1234567",
                        "\u00e9")) {
            assertThat(ListName.of(name)).as(name).isNull();
        }
    }
}
