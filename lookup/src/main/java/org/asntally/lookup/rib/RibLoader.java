package org.asntally.lookup.rib;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.asntally.lookup.read.PyasnReader;
import org.asntally.lookup.read.TableFaults;

/**
 * Opens a table of any kind that asntally reads, told by its content: a RIB file, pyasn's format
 * (plain or gzip).
 */
public final class RibLoader {

    private static final int HEAD = 64;

    private final TableFaults faults;

    /**
     * @param faults is told of each line that cannot be read
     */
    public RibLoader(TableFaults faults) {
        this.faults = faults;
    }

    /**
     * Opens a table.
     *
     * @throws RibFormatException when there is no readable route in it
     * @throws IOException when it cannot be read
     */
    public Rib load(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD);
        }
        if (RibFile.begins(head, head.length)) {
            return RibFile.open(path);
        }
        RibBuilder builder = new RibBuilder();
        String name = String.valueOf(path.getFileName());
        builder.file(name);
        TableFaults counted =
                (file, line, fault, excerpt) -> {
                    builder.skippedLine();
                    faults.skipped(file, line, fault, excerpt);
                };
        try (InputStream in = open(path, head)) {
            new PyasnReader(builder).read(in, path.toString(), counted);
        }
        if (builder.added() == 0) {
            throw new RibFormatException(path, "has no readable route");
        }
        return builder.source(name).build();
    }

    private static InputStream open(Path path, byte[] head) throws IOException {
        InputStream in = Files.newInputStream(path);
        boolean gzip = head.length > 2 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(new BufferedInputStream(in, 1 << 16), 1 << 16) : in;
    }
}
