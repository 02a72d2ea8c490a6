package org.asntally.job.local;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.failure.FailureEnricher;
import org.apache.flink.runtime.blob.BlobServer;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.dispatcher.ArchivedApplicationStore;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.DispatcherId;
import org.apache.flink.runtime.dispatcher.DispatcherOperationCaches;
import org.apache.flink.runtime.dispatcher.PartialDispatcherServices;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.VoidHistoryServerArchivist;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.dispatcher.runner.DispatcherRunner;
import org.apache.flink.runtime.entrypoint.ClusterInformation;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponent;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.heartbeat.HeartbeatServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.jobmanager.HaServicesPersistenceComponentFactory;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.metrics.MetricRegistry;
import org.apache.flink.runtime.metrics.groups.JobManagerMetricGroup;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerId;
import org.apache.flink.runtime.resourcemanager.ResourceManagerService;
import org.apache.flink.runtime.resourcemanager.ResourceManagerServiceImpl;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rest.RestService;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcUtils;
import org.apache.flink.runtime.security.token.DelegationTokenManager;
import org.apache.flink.runtime.webmonitor.retriever.MetricQueryServiceRetriever;
import org.apache.flink.runtime.webmonitor.retriever.impl.RpcGatewayRetriever;
import org.apache.flink.util.concurrent.ExponentialBackoffRetryStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Dispatcher and resource manager, wired as Flink's default factory wires them, but without a REST
 * endpoint beside them.
 */
final class HeadlessComponents implements DispatcherResourceManagerComponentFactory {

    private volatile @Nullable BlobServer files;

    /** The server that tasks fetch files from; null before there is one. */
    @Nullable BlobServer files() {
        return files;
    }

    @Override
    public DispatcherResourceManagerComponent create(
            Configuration configuration,
            ResourceID resourceId,
            Executor ioExecutor,
            RpcService rpcService,
            HighAvailabilityServices availability,
            BlobServer blobServer,
            HeartbeatServices heartbeats,
            DelegationTokenManager tokens,
            MetricRegistry metrics,
            ArchivedApplicationStore archive,
            MetricQueryServiceRetriever metricQueries,
            Collection<FailureEnricher> enrichers,
            FatalErrorHandler fatal)
            throws Exception {
        files = blobServer;
        LeaderRetrievalService dispatcherLeader = availability.getDispatcherLeaderRetriever();
        LeaderRetrievalService managerLeader = availability.getResourceManagerLeaderRetriever();
        RpcGatewayRetriever<DispatcherId, DispatcherGateway> dispatchers =
                new RpcGatewayRetriever<>(
                        rpcService, DispatcherGateway.class, DispatcherId::fromUuid, retries());
        RpcGatewayRetriever<ResourceManagerId, ResourceManagerGateway> managers =
                new RpcGatewayRetriever<>(
                        rpcService,
                        ResourceManagerGateway.class,
                        ResourceManagerId::fromUuid,
                        retries());
        String host = RpcUtils.getHostname(rpcService);
        ResourceManagerService manager =
                ResourceManagerServiceImpl.create(
                        StandaloneResourceManagerFactory.getInstance(),
                        configuration,
                        resourceId,
                        rpcService,
                        availability,
                        heartbeats,
                        tokens,
                        fatal,
                        new ClusterInformation(host, blobServer.getPort()),
                        null,
                        metrics,
                        host,
                        ioExecutor);
        DispatcherOperationCaches caches =
                new DispatcherOperationCaches(
                        configuration.get(RestOptions.ASYNC_OPERATION_STORE_DURATION));
        DispatcherRunner dispatcher =
                DefaultDispatcherRunnerFactory.createSessionRunner(
                                SessionDispatcherFactory.INSTANCE)
                        .createDispatcherRunner(
                                availability.getDispatcherLeaderElection(),
                                fatal,
                                new HaServicesPersistenceComponentFactory(availability),
                                ioExecutor,
                                rpcService,
                                new PartialDispatcherServices(
                                        configuration,
                                        availability,
                                        managers,
                                        blobServer,
                                        heartbeats,
                                        () ->
                                                JobManagerMetricGroup.createJobManagerMetricGroup(
                                                        metrics, host),
                                        archive,
                                        fatal,
                                        VoidHistoryServerArchivist.INSTANCE,
                                        metrics.getMetricQueryServiceGatewayRpcAddress(),
                                        ioExecutor,
                                        caches,
                                        enrichers));
        manager.start();
        managerLeader.start(managers);
        dispatcherLeader.start(dispatchers);
        return component(dispatcher, manager, dispatcherLeader, managerLeader, fatal, caches);
    }

    private static ExponentialBackoffRetryStrategy retries() {
        return new ExponentialBackoffRetryStrategy(
                12, Duration.ofMillis(10), Duration.ofMillis(50));
    }

    /** The constructor is the package's own, although the factory interface is public. */
    private static DispatcherResourceManagerComponent component(
            DispatcherRunner dispatcher,
            ResourceManagerService manager,
            LeaderRetrievalService dispatcherLeader,
            LeaderRetrievalService managerLeader,
            FatalErrorHandler fatal,
            DispatcherOperationCaches caches)
            throws ReflectiveOperationException {
        Constructor<DispatcherResourceManagerComponent> constructor =
                DispatcherResourceManagerComponent.class.getDeclaredConstructor(
                        DispatcherRunner.class,
                        ResourceManagerService.class,
                        LeaderRetrievalService.class,
                        LeaderRetrievalService.class,
                        RestService.class,
                        FatalErrorHandler.class,
                        DispatcherOperationCaches.class);
        constructor.setAccessible(true);
        return constructor.newInstance(
                dispatcher, manager, dispatcherLeader, managerLeader, new NoRest(), fatal, caches);
    }

    /** Where a REST server would be. */
    @SuppressWarnings("try") // of AutoCloseableAsync.close, which may be interrupted
    private static final class NoRest implements RestService {
        @Override
        public int getRestPort() {
            return -1;
        }

        @Override
        public CompletableFuture<Void> closeAsync() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
