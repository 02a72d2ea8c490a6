package org.asntally.sources.flink;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A socket that a reader is to open.
 *
 * @param number of all sockets of the source, those of one address one after the other
 */
public record UdpSplit(int number) implements SourceSplit {

    @Override
    public String splitId() {
        return "socket-" + number;
    }
}
