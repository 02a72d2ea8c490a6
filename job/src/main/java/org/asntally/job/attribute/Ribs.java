package org.asntally.job.attribute;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    /** As {@link #open(RibVersion, TableBytes)}, of the version's own place only. */
    public static Rib open(RibVersion version) throws IOException {
        return open(version, TableBytes.NONE);
    }

    /**
     * The table of a version: the one that is open in this JVM, else from the file at its place,
     * else from the job's own file, else from the parts that were sent.
     *
     * @throws IOException when none of them is there, can be read and has the right content
     */
    static Rib open(RibVersion version, TableBytes bytes) throws IOException {
        Rib known = known(version.id());
        if (known != null) {
            return known;
        }
        // One at a time: two tasks need the same table at the same moment.
        synchronized (Ribs.class) {
            known = known(version.id());
            if (known != null) {
                return known;
            }
            Rib rib = find(version, bytes);
            OPEN.values().removeIf(reference -> reference.get() == null);
            OPEN.put(rib.id(), new WeakReference<>(rib));
            return rib;
        }
    }

    private static Rib find(RibVersion version, TableBytes bytes) throws IOException {
        IOException failure =
                new NoSuchFileException("table " + version.id() + " is not open in this JVM");
        if (!version.location().isEmpty()) {
            try {
                return open(Path.of(version.location()), version);
            } catch (IOException e) {
                failure = e;
            }
        }
        try {
            Path shipped = bytes.shipped(version.id());
            if (shipped != null) {
                return open(shipped, version);
            }
        } catch (IOException e) {
            failure = e;
        }
        Path sent = bytes.sent(version.id());
        if (sent == null) {
            throw failure;
        }
        try {
            return open(sent, version);
        } finally {
            // The mapping outlives the name, and no file outlives a process that is killed.
            Files.delete(sent);
        }
    }

    private static Rib open(Path file, RibVersion version) throws IOException {
        Rib rib = RibFile.open(file);
        if (!rib.id().equals(version.id())) {
            throw new IOException(file + " holds table " + rib.id() + ", not " + version.id());
        }
        return rib;
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
