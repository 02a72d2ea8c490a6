package org.asntally.lookup.read.mrt;

import static org.asntally.lookup.read.mrt.DumpWriter.attribute;
import static org.asntally.lookup.read.mrt.DumpWriter.joined;
import static org.asntally.lookup.read.mrt.DumpWriter.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Small right dumps of every kind of record. */
public final class MrtSeeds {

    private MrtSeeds() {}

    /** All of them. */
    public static Stream<byte[]> all() {
        byte[] path = attribute(2, joined(segment(4, 2, 1, 64_496), segment(4, 1, 2, 3)));
        byte[] old = joined(attribute(2, segment(2, 2, 1, 23_456)), new byte[] {0x40, 1, 1, 0});
        byte[] four = attribute(17, segment(4, 2, 70_000));
        DumpWriter addPath = new DumpWriter().peers(1, 2).documentation(1);
        addPath.u16(0).u32(0).u32(9).u16(path.length).bytes(path).end(13, 8);
        DumpWriter generic = new DumpWriter().peers(1).u32(0).u16(2).u8(1);
        generic.u8(32, 0x20, 1, 0xd, 0xb8).u16(1).entry(0, path).end(13, 6);
        DumpWriter dump = new DumpWriter();
        byte[] attributes = joined(old, four);
        dump.u32(0).u32(0xc0000200L).u8(24, 1).u32(0).u32(0xc6336401L).u16(64_496);
        dump.u16(attributes.length).bytes(attributes).end(12, 1);
        return Stream.of(addPath.dump(), generic.dump(), dump.dump(), seeded());
    }

    private static byte[] seeded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new SeededDump(1, 3).write(out, 2, 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
