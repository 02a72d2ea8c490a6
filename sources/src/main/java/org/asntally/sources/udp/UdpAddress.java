package org.asntally.sources.udp;

import java.io.Serializable;

/**
 * Where datagrams are received.
 *
 * @param host an address without brackets, or a name
 * @param port 0 to 65535; 0 is any that is free
 */
public record UdpAddress(String host, int port) implements Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
