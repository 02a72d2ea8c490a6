package org.asntally.job.cli;

import picocli.CommandLine.Option;

/** How addresses are taken. */
final class AddressOptions {

    @Option(
            names = "--no-map-v4",
            description =
                    "Look ::ffff:192.0.2.1 up as IPv6, not as the IPv4 address that it carries.")
    private boolean noMapV4;

    boolean mapV4() {
        return !noMapV4;
    }
}
