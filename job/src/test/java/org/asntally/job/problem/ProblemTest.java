package org.asntally.job.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

    @Test
    void noTwoProblemsShareACode() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void isOneLineWithCodeMessageAndAdvice(Problem problem) {
        String line = problem.say("one", "two", "three", "four");

        assertThat(problem.code()).matches("AT-[A-Z]+-\\d{3}");
        assertThat(line).startsWith(problem.code() + ": ").contains("; ").doesNotContain("\n");
        assertThat(line.substring(problem.code().length() + 2))
                .doesNotContain("{")
                .doesNotContain("''");
    }

    @Test
    void saysThePlaceFirst() {
        assertThat(Problem.BAD_LINE.sayAt("access.log:7", "bad-address", "'x'"))
                .startsWith("AT-IN-008: access.log:7: ");
    }

    @Test
    void hostileTextIsMadeSafe() {
        assertThat(Problem.NO_SUCH_FILE.say("a\n\u001b[31mb\u2028c"))
                .isEqualTo("AT-IN-001: no such file: 'a  [31mb c'; check the name");
        assertThat(Problem.printable("x".repeat(10_000))).hasSize(203);
    }
}
