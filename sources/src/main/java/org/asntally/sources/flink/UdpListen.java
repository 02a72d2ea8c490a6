package org.asntally.sources.flink;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.asntally.sources.FlowBatch;
import org.asntally.sources.FlowColumn;
import org.asntally.sources.sflow.SflowOptions;
import org.asntally.sources.udp.UdpAddress;

/**
 * Where a source of a job receives datagrams, and how. {@link #source} makes the source, which
 * tells its time itself: it wants {@code WatermarkStrategy.noWatermarks()}. What makes flows of the
 * datagrams, {@link #sflow}, is to be chained behind it.
 *
 * @param name the source's name, for messages
 * @param addresses where; each once
 * @param sockets how many sockets share each address: what one sender sends goes to one of them
 * @param receiveBuffer what the kernel is asked to hold for each socket, in bytes
 * @param ring what may wait to be decoded of each socket, in bytes
 * @param outOfOrder how far time runs behind the moment of receipt
 * @param idle how long without a datagram the source holds time; zero: for ever
 * @param required whether an address that cannot be had for ten seconds is a broken input, told as
 *     {@link org.asntally.sources.SkipReason#BROKEN_INPUT}; else it is only tried again
 */
public record UdpListen(
        String name,
        List<UdpAddress> addresses,
        int sockets,
        long receiveBuffer,
        long ring,
        Duration outOfOrder,
        Duration idle,
        boolean required)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** An unmodifiable copy. */
    public UdpListen {
        addresses = List.copyOf(addresses);
    }

    /** The source, whose records are {@link org.asntally.sources.udp.Datagrams}. */
    public Source<byte[], ?, ?> source() {
        return new UdpSource(this);
    }

    /**
     * Makes flows of sFlow datagrams.
     *
     * @param columns what is wanted of a flow
     */
    public OneInputStreamOperator<byte[], FlowBatch> sflow(
            SflowOptions options, Set<FlowColumn> columns) {
        return new SflowOperator(name, options, columns);
    }

    /** As many readers as can have a socket each. */
    public int most() {
        return addresses.size() * sockets;
    }

    UdpAddress address(UdpSplit split) {
        return addresses.get(split.number() / sockets);
    }
}
