package org.asntally.job.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.asntally.job.problem.Fault;
import org.asntally.job.problem.Problem;
import org.asntally.lookup.read.Reasons;
import org.asntally.sinks.ReportOutcome;
import org.asntally.sinks.prometheus.MetricsServer;
import org.jspecify.annotations.Nullable;

/**
 * The counts so far for Prometheus. Each request has the windows looked at, at most once a second;
 * a look that takes long is answered with the one before.
 */
final class LiveMetrics implements AutoCloseable {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_SECONDS = 5;

    private final LocalCluster cluster;
    private final JobID job;
    private @Nullable MetricsServer server;
    private long looked = System.nanoTime() - FRESH_NANOS;

    private LiveMetrics(LocalCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** Begins to serve if the request has a port. */
    static LiveMetrics serve(CountRequest request, LocalCluster cluster, JobID job, Console console)
            throws Fault {
        LiveMetrics metrics = new LiveMetrics(cluster, job);
        Integer port = request.output().port();
        if (port != null) {
            String bind = request.output().bind();
            InetSocketAddress address = new InetSocketAddress(bind, port);
            if (address.isUnresolved()) {
                throw new Fault(Problem.PORT, port, "no such address: " + bind);
            }
            try {
                metrics.server = new MetricsServer(address, metrics::text);
            } catch (IOException e) {
                throw Fault.because(e, Problem.PORT, port, Reasons.of(e));
            }
            if (!request.run().quiet()) {
                console.info(
                        "Prometheus metrics exposed on port "
                                + port
                                + (address.getAddress().isAnyLocalAddress()
                                        ? ", on all interfaces; --bind 127.0.0.1 keeps it local"
                                        : " of " + bind));
            }
        }
        return metrics;
    }

    private synchronized byte[] text() {
        long now = System.nanoTime();
        if (now - looked >= FRESH_NANOS) {
            looked = now;
            try {
                cluster.look(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                // The look before is shown: this one takes long, or the job is about to end.
            }
        }
        byte[] text = ReportOutcome.exposition();
        return text == null ? new byte[0] : text;
    }

    @Override
    public void close() {
        MetricsServer running = server;
        if (running != null) {
            running.close();
        }
    }
}
