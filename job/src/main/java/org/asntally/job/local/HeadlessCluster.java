package org.asntally.job.local;

import java.io.IOException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;

/**
 * A MiniCluster without the REST server that no one-shot count needs: it opens no port, and starts
 * some hundred classes sooner.
 */
@SuppressWarnings("try") // of MiniCluster.close, which may be interrupted
public final class HeadlessCluster extends MiniCluster {

    private final HeadlessComponents components = new HeadlessComponents();

    private HeadlessCluster(MiniClusterConfiguration configuration) {
        super(configuration);
    }

    /** Starts one with a task manager of so many slots. */
    public static HeadlessCluster start(Configuration configuration, int slots) throws Exception {
        HeadlessCluster cluster =
                new HeadlessCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                                .build());
        cluster.start();
        return cluster;
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory() {
        return components;
    }

    /** Closes the one socket that the cluster listens on; it can run no further job. */
    void stopListening() throws IOException {
        BlobServer files = components.files();
        if (files != null) {
            files.close();
        }
    }
}
