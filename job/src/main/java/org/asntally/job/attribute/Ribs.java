package org.asntally.job.attribute;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.asntally.lookup.rib.Rib;
import org.asntally.lookup.rib.RibFile;
import org.jspecify.annotations.Nullable;

/**
 * The routing tables of this JVM by content hash, shared by all its tasks: each is opened once, and
 * let go of when no task uses it any more.
 *
 * <p>On a cluster this is per job and task manager, since user code has a class loader of its own.
 */
public final class Ribs {

    private static final ConcurrentHashMap<String, Rib> SHARED = new ConcurrentHashMap<>();
    private static final ConcurrentHashMap<String, WeakReference<Rib>> OPEN =
            new ConcurrentHashMap<>();

    private Ribs() {}

    /** Shares a table that is open already, for as long as this JVM lives. */
    public static RibVersion share(Rib rib, long validFrom) {
        SHARED.putIfAbsent(rib.id(), rib);
        return new RibVersion(rib.id(), validFrom, "");
    }

    /**
     * The table of a version.
     *
     * @throws IOException when it is not open here and its file cannot be read or has other content
     */
    public static Rib open(RibVersion version) throws IOException {
        Rib known = known(version.id());
        if (known != null) {
            return known;
        }
        if (version.location().isEmpty()) {
            throw new IOException("table " + version.id() + " is not open in this JVM");
        }
        // One at a time: two tasks need the same table at the same moment.
        synchronized (Ribs.class) {
            known = known(version.id());
            if (known != null) {
                return known;
            }
            Rib rib = RibFile.open(Path.of(version.location()));
            if (!rib.id().equals(version.id())) {
                throw new IOException(
                        version.location() + " holds table " + rib.id() + ", not " + version.id());
            }
            OPEN.values().removeIf(reference -> reference.get() == null);
            OPEN.put(rib.id(), new WeakReference<>(rib));
            return rib;
        }
    }

    private static @Nullable Rib known(String id) {
        Rib shared = SHARED.get(id);
        if (shared != null) {
            return shared;
        }
        WeakReference<Rib> open = OPEN.get(id);
        return open == null ? null : open.get();
    }
}
