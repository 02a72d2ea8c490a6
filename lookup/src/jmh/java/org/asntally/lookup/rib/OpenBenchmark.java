package org.asntally.lookup.rib;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening a RIB file as the first thing that a JVM does with one: a JVM for each shot, nothing
 * warmed up, the file in the page cache. {@code -p file=table.rib}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class OpenBenchmark {

    @Param("table.rib")
    private String file;

    /** Its frame: what the program does with the table that it ships. */
    @Benchmark
    public Rib frame() throws IOException {
        return RibFile.openShipped(Path.of(file));
    }

    /** All checksums: what it does with tables that it has written. */
    @Benchmark
    public Rib checksums() throws IOException {
        return RibFile.openKnown(Path.of(file));
    }

    /** Also whether all of it makes sense: what it does with a file from anywhere. */
    @Benchmark
    public Rib everything() throws IOException {
        return RibFile.open(Path.of(file));
    }
}
