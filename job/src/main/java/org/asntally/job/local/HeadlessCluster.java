package org.asntally.job.local;

import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A MiniCluster that nobody can reach from outside. */
@SuppressWarnings("try") // of MiniCluster.close, which may be interrupted
final class HeadlessCluster extends MiniCluster {

    HeadlessCluster(MiniClusterConfiguration configuration) {
        super(configuration);
    }
}
