package org.asntally.sinks.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of a terminal. */
class WidthTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', 0",
        "plain, 5",
        "\u00d8re, 3",
        "E\u0301X, 2",
        "\u4f8b\u3048, 4",
        "\uff8e\uff7d\uff84, 3",
        "\ud83d\ude80, 2",
        "a\u200bb, 2",
        "\ud55c\uad6d, 4"
    })
    void wideTakesTwoAndCombiningNone(String text, int columns) {
        assertThat(Width.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "plain, 5, plain",
        "plain, 4, pla\u2026",
        "plain, 1, \u2026",
        "\u4f8b\u3048\u4f8b, 5, \u4f8b\u3048\u2026",
        "\u4f8b\u3048\u4f8b, 4, \u4f8b\u2026",
        "E\u0301XA, 2, E\u0301\u2026",
        "a\ud83d\ude80bc, 4, a\ud83d\ude80\u2026",
        "a\ud83d\ude80bc, 3, a\u2026"
    })
    void cutsBetweenCharacters(String text, int columns, String cut) {
        assertThat(Width.cut(text, columns)).isEqualTo(cut);
        assertThat(Width.of(cut)).isLessThanOrEqualTo(columns);
    }

    @Test
    void controlCharactersTakeNothingAndNeverGetHere() {
        assertThat(Width.of(SafeText.of("a\u001b\u0085\u202eb"))).isEqualTo(5);
    }
}
