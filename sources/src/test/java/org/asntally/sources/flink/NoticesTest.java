package org.asntally.sources.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.asntally.sources.SkipReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticesTest {
    private final List<Notice> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        Notices.install(told::add);
    }

    @AfterEach
    void forget() {
        Notices.reset();
    }

    @Test
    void theFirstOfAKindIsToldAtOnceAndItsLikeNot() {
        for (int i = 0; i < 5; i++) {
            bad("a", SkipReason.BAD_SHAPE);
            bad("a", SkipReason.BAD_NUMBER);
            bad("b", SkipReason.BAD_SHAPE);
        }

        assertThat(told).extracting(Notice::input).containsExactly("a", "a", "b");
        assertThat(told).extracting(Notice::count).containsOnly(1L);
        assertThat(told).extracting(Notice::line).containsOnly(7L);
    }

    @Test
    void aSinkMayAskForEach() {
        Notices.install(
                new Notices.Sink() {
                    @Override
                    public void tell(Notice notice) {
                        told.add(notice);
                    }

                    @Override
                    public boolean wantsEveryLine() {
                        return true;
                    }
                });
        bad("a", SkipReason.BAD_SHAPE);
        bad("a", SkipReason.BAD_SHAPE);

        assertThat(told).hasSize(2);
    }

    @Test
    void thousandsOfBadInputsAreNotToldOneByOne() {
        for (int i = 0; i < 20_000; i++) {
            bad("file" + i, SkipReason.BAD_SHAPE);
        }
        assertThat(told).hasSizeLessThan(1_100);
    }

    @Test
    void aFailedInputIsToldOnceAndRemembered() {
        Notices.inputFailed("a", "cut\noff");
        Notices.inputFailed("a", "cut off");
        Notices.inputFailed("b", "denied");

        assertThat(told).extracting(Notice::kind).containsOnly(Notice.Kind.INPUT_FAILED);
        assertThat(told).extracting(Notice::text).containsExactly("cut\\x0aoff", "denied");
        assertThat(Notices.failedInputs()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "'\u001b[31mred\u0007', \\x1b[31mred\\x07",
        "a\tb\\c, a\\tb\\\\c",
        "\u202eevil, \\u{202e}evil",
        "Zürich 東京, Zürich 東京",
    })
    void quotesShowNoControlCharacters(String text, String shown) {
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(Notices.quote(bytes, 0, bytes.length, 80)).isEqualTo(shown);
    }

    @Test
    void quotesAreCut() {
        byte[] bytes = "x".repeat(1_000_000).getBytes(UTF_8);
        assertThat(Notices.quote(bytes, 0, bytes.length, 80)).isEqualTo("x".repeat(80) + "…");
        assertThat(Notices.quote(bytes, 0, 80, 80)).isEqualTo("x".repeat(80));
        byte[] bad = {(byte) 0xff, 'a', (byte) 0xc3};
        assertThat(Notices.quote(bad, 0, 3, 80)).isEqualTo("\ufffda\ufffd");
    }

    private static void bad(String input, SkipReason reason) {
        byte[] text = "junk".getBytes(UTF_8);
        Notices.badLine(Notices.told(input, reason), input, reason, text, 0, 4, () -> 7);
    }
}
