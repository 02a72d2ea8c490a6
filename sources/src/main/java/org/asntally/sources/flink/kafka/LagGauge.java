package org.asntally.sources.flink.kafka;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * The lag, {@code pendingRecords}, of the reader that there is now. A name can be registered once
 * only: without this it would stay the one of the first reader for ever.
 */
final class LagGauge implements Gauge<Long> {

    private final SourceReaderContext context;
    private final SourceReaderMetricGroup group;
    private volatile @Nullable Gauge<?> current;
    private boolean registered;

    LagGauge(SourceReaderContext context) {
        this.context = context;
        this.group = context.metricGroup();
    }

    @Override
    public Long getValue() {
        Gauge<?> now = current;
        return now != null && now.getValue() instanceof Number lag ? lag.longValue() : 0L;
    }

    /** The context in which the gauge of a reader becomes the current one. */
    SourceReaderContext context() {
        SourceReaderMetricGroup metrics =
                proxy(
                        SourceReaderMetricGroup.class,
                        group,
                        "setPendingRecordsGauge",
                        gauge -> {
                            current = (Gauge<?>) gauge;
                            if (!registered) {
                                registered = true;
                                group.setPendingRecordsGauge(this);
                            }
                            return null;
                        });
        return proxy(SourceReaderContext.class, context, "metricGroup", none -> metrics);
    }

    private interface Answer {
        @Nullable Object to(@Nullable Object argument);
    }

    private static <T> T proxy(Class<T> type, T behind, String method, Answer answer) {
        InvocationHandler handler =
                (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.to(arguments == null ? null : arguments[0]);
                    }
                    try {
                        return called.invoke(behind, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
