package org.asntally.job.run;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.EnumSet;
import java.util.Set;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Lets the heap of a job that runs for weeks grow with what it holds, not with what it may have.
 *
 * <p>The collector without pauses fills all the memory that it is given before it works; told a
 * size to stay below, it works without an end as soon as more than that is in use for good. So that
 * size follows what was left after each of its turns. Nothing is done with another collector, or
 * when somebody has set the size.
 */
final class SoftHeap {

    /** In bytes: what a job of some million flows a second turns over meanwhile finds room. */
    private static final long LEAST = 512L << 20;

    /** The JVM's option, which may be changed while it runs. */
    private static final String OPTION = "SoftMaxHeapSize";

    private static final Set<VMOption.Origin> NOT_GIVEN =
            EnumSet.of(VMOption.Origin.DEFAULT, VMOption.Origin.ERGONOMIC);

    private static final String TURN = "ZGC Cycles";
    private static final String HEAP = "ZHeap";

    private final HotSpotDiagnosticMXBean machine;
    private long size;

    private SoftHeap(HotSpotDiagnosticMXBean machine) {
        this.machine = machine;
        set(Math.min(LEAST, Runtime.getRuntime().maxMemory()));
    }

    /** Follows the heap of this process from now on. */
    static void follow() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector.getName().equals(TURN) && collector instanceof NotificationEmitter told) {
                HotSpotDiagnosticMXBean machine =
                        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
                if (NOT_GIVEN.contains(machine.getVMOption(OPTION).getOrigin())) {
                    SoftHeap heap = new SoftHeap(machine);
                    told.addNotificationListener((turn, unused) -> heap.after(turn), null, null);
                }
            }
        }
    }

    private synchronized void after(Notification turn) {
        if (turn.getUserData() instanceof CompositeData data) {
            MemoryUsage heap =
                    GarbageCollectionNotificationInfo.from(data)
                            .getGcInfo()
                            .getMemoryUsageAfterGc()
                            .get(HEAP);
            long wanted = heap == null ? size : next(size, LEAST, heap.getUsed(), heap.getMax());
            if (wanted != size) {
                set(wanted);
            }
        }
    }

    private void set(long wanted) {
        size = wanted;
        machine.setVMOption(OPTION, Long.toString(wanted));
    }

    /**
     * The size to stay below from now on, in bytes.
     *
     * @param size the one up to now
     * @param least no less than this, where there is so much
     * @param used what is in use after a turn
     * @param most what there is
     */
    static long next(long size, long least, long used, long most) {
        boolean isTight = used > size / 4 * 3;
        boolean isWide = used < size / 4;
        return isTight || isWide ? Math.min(most, Math.max(least, 2 * used)) : size;
    }
}
