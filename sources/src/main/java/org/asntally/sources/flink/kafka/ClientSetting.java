package org.asntally.sources.flink.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/**
 * The value of a setting of Kafka's client. What travels and what plans show is what stands for it;
 * secrets in it are had where they are used, at the moment of use.
 */
@FunctionalInterface
public interface ClientSetting extends Serializable {

    /**
     * The value, with its secrets.
     *
     * @param secrets hears of each secret in it, so that no message shows one
     * @throws IOException when one cannot be had; the message names no secret
     */
    String reveal(Consumer<String> secrets) throws IOException;
}
