package org.asntally.job.local;

import java.io.IOException;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A MiniCluster without the REST server that no one-shot count needs: it opens no port, and starts
 * some hundred classes sooner.
 */
@SuppressWarnings("try") // of MiniCluster.close, which may be interrupted
public final class HeadlessCluster extends MiniCluster {

    private final HeadlessComponents components = new HeadlessComponents();

    /** Not started yet. */
    public HeadlessCluster(MiniClusterConfiguration configuration) {
        super(configuration);
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
