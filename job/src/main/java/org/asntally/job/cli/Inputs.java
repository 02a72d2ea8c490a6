package org.asntally.job.cli;

import java.nio.charset.StandardCharsets;
import org.asntally.lookup.Address;

/** Tells what is meant by an argument. */
final class Inputs {

    private Inputs() {}

    /** Whether it is an IP address, to be counted itself. */
    static boolean isAddress(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Address().parse(bytes, 0, bytes.length) != 0;
    }
}
