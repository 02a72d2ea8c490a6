package org.asntally.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asntally.deploy.Program.Result;
import org.asntally.deploy.Program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What shows only when it runs for long, or is killed often; docs/4-why-sound.md has results. */
@EnabledIfSystemProperty(named = "asntally.long", matches = "true")
class SoakE2E {

    private static final Pattern TOTAL = Pattern.compile("(?m)^total: (\\d+)$");

    @TempDir Path place;

    /** Ten minutes of a busy link by default; {@code -Dasntally.soak=SECONDS} sets another time. */
    @Test
    void aPipeThatGoesOnIsExactAndStaysSmall() throws Exception {
        long seconds = Long.getLong("asntally.soak", 600);
        Running running = Program.tool(place, "asncounter", "-I", "tcpdump").start();
        SplittableRandom random = new SplittableRandom(5);
        long lines = 0;
        long resident = 0;
        long atStart = System.nanoTime();
        try (BufferedWriter pipe =
                new BufferedWriter(
                        new OutputStreamWriter(
                                running.process().getOutputStream(), StandardCharsets.UTF_8))) {
            for (long second = 0; second < seconds; second++) {
                for (int i = 0; i < 5000; i++) {
                    pipe.write(
                            String.format(
                                    "12:00:%02d.%06d IP %d.%d.%d.%d.443 > 192.0.2.1.55555: Flags"
                                            + " [.], ack 1, win 1, length 0%n",
                                    second % 60,
                                    i,
                                    1 + random.nextInt(222),
                                    random.nextInt(256),
                                    random.nextInt(256),
                                    random.nextInt(256)));
                    lines++;
                }
                pipe.flush();
                if (second % 15 == 14) {
                    running.signal("HUP");
                }
                if (second == seconds / 4) {
                    resident = kilobytes(running);
                }
                long due = atStart + TimeUnit.SECONDS.toNanos(second + 1);
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            }
            long end = kilobytes(running);
            System.out.printf(
                    "soak: %d lines in %d s; resident %d MB after a quarter, %d MB at the end%n",
                    lines, seconds, resident >> 10, end >> 10);
            assertThat(end).isLessThan(resident * 5 / 4);
        }
        Result result = running.end().saysNoStackTrace();

        assertThat(result.status()).as(result.err()).isZero();
        long last = 0;
        Matcher totals = TOTAL.matcher(result.out());
        while (totals.find()) {
            long total = Long.parseLong(totals.group(1));
            assertThat(total).isGreaterThanOrEqualTo(last);
            last = total;
        }
        assertThat(last).isEqualTo(lines);
        assertThat(Program.names(Program.asntally(place).temporary())).isEmpty();
    }

    @Test
    void whatKilledRunsLeaveIsGoneAfterTheNext() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        for (int kill = 0; kill < 100; kill++) {
            Running running = Program.asntally(place, "count", "-I", "line").start();
            running.type("192.0.2.1\n");
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
            running.signal("KILL");
            running.process().waitFor();
        }

        Result result = Program.asntally(place, "count", "192.0.2.1").run();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(Program.names(Program.asntally(place).temporary())).isEmpty();
    }

    private static long kilobytes(Running running) throws Exception {
        Path status = Path.of("/proc/" + running.process().pid() + "/status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
