package org.asntally.sources.udp;

import com.sun.jna.Memory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks Linux to let the thread that receives run as soon as it is woken.
 *
 * <p>The default receive buffer holds some six milliseconds of 30,000 datagrams a second, and
 * another thread may keep a processor for longer. Where it is allowed (CAP_SYS_NICE, or an
 * RLIMIT_RTPRIO of 1) the thread gets the lowest of the real-time priorities: it only copies, and
 * rests when it has nothing to do. Elsewhere it asks for shorter turns, for which no right is
 * needed: since Linux 6.12 the runtime of a normal thread is the length of its turns, and who takes
 * short ones is let in sooner; an older kernel takes the number and does nothing with it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
final class PromptTurns {

    /** The shortest turn that Linux gives. */
    static final long NANOS = 100_000;

    /** sched_setattr, then sched_getattr, by architecture. */
    private static final Map<String, long[]> NUMBERS =
            Map.of(
                    "amd64", new long[] {314, 315},
                    "aarch64", new long[] {274, 275},
                    "riscv64", new long[] {274, 275},
                    "ppc64le", new long[] {355, 356},
                    "s390x", new long[] {345, 346});

    // struct sched_attr in its first size.
    private static final int SIZE = 48;
    static final int POLICY = 4;
    private static final int FLAGS = 8;
    private static final int PRIORITY = 20;
    static final int RUNTIME = 24;

    static final int NORMAL = 0;
    static final int ROUND_ROBIN = 2;

    /** What such a thread starts has the usual turns. */
    private static final int RESET_ON_FORK = 1;

    private PromptTurns() {}

    /** For the thread that calls; what can't be had is gone without. */
    static void take() {
        long[] numbers = numbers();
        // On one processor it would go before those who make room for what it takes.
        boolean isAlone = Runtime.getRuntime().availableProcessors() == 1;
        if (numbers != null && (isAlone || !takeRealTime(numbers[0]))) {
            takeShort(numbers[0]);
        }
    }

    private static boolean takeRealTime(long call) {
        Memory attributes = noAttributes();
        attributes.setInt(0, SIZE);
        attributes.setInt(POLICY, ROUND_ROBIN);
        attributes.setLong(FLAGS, RESET_ON_FORK);
        attributes.setInt(PRIORITY, 1);
        return LinuxCalls.syscall(call, 0, attributes, 0, 0) == 0;
    }

    /** Beside the turns all stays as it is, as niceness. */
    private static void takeShort(long call) {
        Memory attributes = attributes();
        if (attributes != null && attributes.getInt(POLICY) == NORMAL) {
            attributes.setLong(RUNTIME, NANOS);
            LinuxCalls.syscall(call, 0, attributes, 0, 0);
        }
    }

    /** What the thread that calls has, as a sched_attr; null where that cannot be told. */
    static @Nullable Memory attributes() {
        long[] numbers = numbers();
        Memory attributes = noAttributes();
        return numbers != null && LinuxCalls.syscall(numbers[1], 0, attributes, SIZE, 0) == 0
                ? attributes
                : null;
    }

    private static long @Nullable [] numbers() {
        return LinuxCalls.areThere() ? NUMBERS.get(System.getProperty("os.arch", "")) : null;
    }

    private static Memory noAttributes() {
        Memory attributes = new Memory(SIZE);
        attributes.clear();
        return attributes;
    }
}
