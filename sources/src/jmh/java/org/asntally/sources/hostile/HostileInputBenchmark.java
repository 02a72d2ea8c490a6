package org.asntally.sources.hostile;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds to read 256 KB, one thread: hostile input, and beside it good input of the same
 * size. What counts is the ratio of the medians, which other work on the machine does not move; it
 * must not be above 2. Numbers: docs/4-why-sound.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HostileInputBenchmark {

    /** What is hostile about it. */
    @Param private Form form;

    private final Told told = new Told();
    private Input bad;
    private Input good;
    private Reading reading;

    /** Makes the inputs. */
    @Setup
    public void setUp() {
        bad = form.bad();
        good = form.good();
        reading = form.decoder().open();
    }

    /** Reads the hostile input. */
    @Benchmark
    public long bad() {
        reading.read(bad, told);
        return told.flows();
    }

    /** Reads the good input. */
    @Benchmark
    public long good() {
        reading.read(good, told);
        return told.flows();
    }
}
