package org.asntally.deploy;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.pekko.PekkoRpcSystem;

/**
 * Loads Flink's RPC classes from the class path. The stock loader keeps them in a jar within its
 * jar, which it unpacks at each start (22 MB) and leaves in the temporary folder when the JVM is
 * halted or killed. Found through {@link java.util.ServiceLoader}.
 */
public final class DirectRpcSystemLoader implements RpcSystemLoader {

    @Override
    public int getLoadPriority() {
        return 0;
    }

    @Override
    public RpcSystem loadRpcSystem(Configuration configuration) {
        return new PekkoRpcSystem();
    }
}
