package org.asntally.job.attribute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;

/**
 * The routing tables of this JVM by content hash, shared by all its tasks: each is opened once.
 *
 * <p>On a cluster this is per job and task manager, since user code has a class loader of its own.
 */
public final class Ribs {

    private static final ConcurrentHashMap<String, Rib> OPEN = new ConcurrentHashMap<>();

    private Ribs() {}

    /** Shares a table that is open already. Gives the version that names it. */
    public static RibVersion share(Rib rib, long validFrom) {
        OPEN.putIfAbsent(rib.id(), rib);
        return new RibVersion(rib.id(), validFrom, "");
    }

    /**
     * The table of a version.
     *
     * @throws IOException when it is not open here and its file cannot be read or has other content
     */
    public static Rib open(RibVersion version) throws IOException {
        Rib known = OPEN.get(version.id());
        if (known != null) {
            return known;
        }
        if (version.location().isEmpty()) {
            throw new IOException("table " + version.id() + " is not open in this JVM");
        }
        Rib rib = RibFile.open(Path.of(version.location()));
        if (!rib.id().equals(version.id())) {
            throw new IOException(
                    version.location() + " holds table " + rib.id() + ", not " + version.id());
        }
        Rib other = OPEN.putIfAbsent(rib.id(), rib);
        return other == null ? rib : other;
    }
}
