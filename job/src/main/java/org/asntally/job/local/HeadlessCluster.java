package org.asntally.job.local;

import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A MiniCluster without the REST server that no one-shot count needs: it opens no port, and starts
 * some hundred classes sooner.
 */
@SuppressWarnings("try") // of MiniCluster.close, which may be interrupted
final class HeadlessCluster extends MiniCluster {

    HeadlessCluster(MiniClusterConfiguration configuration) {
        super(configuration);
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory() {
        return new HeadlessComponents();
    }
}
