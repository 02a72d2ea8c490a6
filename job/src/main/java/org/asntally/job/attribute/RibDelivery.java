package org.asntally.job.attribute;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** How tables come to the tasks. */
public final class RibDelivery implements Serializable {

    private static final long serialVersionUID = 1;

    private final boolean byPath;
    private final boolean sent;
    private final HashSet<String> shipped;

    private RibDelivery(boolean byPath, boolean sent, Set<String> shipped) {
        this.byPath = byPath;
        this.sent = sent;
        this.shipped = new HashSet<>(shipped);
    }

    /** Each task opens the file of the archive. */
    public static RibDelivery byReference() {
        return new RibDelivery(true, false, Set.of());
    }

    /**
     * Tables go to the tasks: those that are known at submission as files of the job, later ones in
     * parts.
     *
     * @param shipped content hashes of the tables that are files of the job
     */
    public static RibDelivery byBroadcast(Set<String> shipped) {
        return new RibDelivery(false, true, shipped);
    }

    /** As {@link #byBroadcast}, but a task that can open the file of the archive does. */
    public static RibDelivery byEither(Set<String> shipped) {
        return new RibDelivery(true, true, shipped);
    }

    /** Whether a task may try the file of the archive. */
    boolean byPath() {
        return byPath;
    }

    /** Whether the bytes of this table are sent. */
    boolean sends(String id) {
        return sent && !shipped.contains(id);
    }

    boolean isShipped(String id) {
        return shipped.contains(id);
    }

    /** The version as tasks hear of it. */
    public RibVersion told(RibVersion version) {
        return byPath ? version : new RibVersion(version.id(), version.validFrom(), "");
    }
}
