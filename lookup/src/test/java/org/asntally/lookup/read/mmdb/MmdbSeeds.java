package org.asntally.lookup.read.mmdb;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small right files of each record size. */
public final class MmdbSeeds {

    private MmdbSeeds() {}

    /** All of them. */
    public static Stream<byte[]> all() {
        return IntStream.of(24, 28, 32).mapToObj(bits -> TestMmdb.random(bits, 4).file(bits));
    }
}
