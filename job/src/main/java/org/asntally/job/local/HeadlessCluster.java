package org.asntally.job.local;

import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A MiniCluster that nobody can reach from outside. */
final class HeadlessCluster extends MiniCluster {

    HeadlessCluster(MiniClusterConfiguration configuration) {
        super(configuration);
    }
}
