package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;

/** Tables as they come to tasks that can read no archive. */
public final class TestParts {

    private TestParts() {}

    /** The parts of a table, and then its version; nothing stays in the folder. */
    public static List<RibMessage> of(Rib rib, long validFrom, Path folder) throws IOException {
        Path file = folder.resolve(rib.id() + ".rib");
        RibFile.write(rib, file);
        RibVersion version = new RibVersion(rib.id(), validFrom, file.toString());
        List<RibMessage> messages = new ArrayList<>();
        RibChunk.of(version, file).forEach(chunk -> messages.add(RibMessage.chunk(chunk)));
        messages.add(RibMessage.version(new RibVersion(rib.id(), validFrom, "")));
        Files.delete(file);
        return messages;
    }
}
